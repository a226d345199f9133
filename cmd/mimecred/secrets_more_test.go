package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

// TestOnlyWhatWasAskedForShowsASecret drives the commands that give secrets to other programs. A secret that was asked
// for is where it was asked to be, and neither it nor any other is in the error stream, the log, the settings, or the
// command line of a process; a token is nowhere but on the standard output of token.
func TestOnlyWhatWasAskedForShowsASecret(t *testing.T) {
	t.Parallel()
	session := keyringtest.New(t)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	watch := &watcher{home: p.home}
	sim, url := watch.simulator(t)
	for _, name := range []string{"oauth-ok", "legacy-ok"} {
		from := readyFrom(t, sim, url, name)
		watch.add(name, secretsIn(from))
		if got := p.run(t, asJSON(t, from), "setup", "--from", "-", "-q"); got.code != exitDone {
			t.Fatalf("setup: exit %d\n%s%s", got.code, got.out, got.err)
		}
	}
	s := sentinel{t: t, p: p, watch: watch, log: filepath.Join(p.home, "log")}
	s.asked()

	token := p.run(t, "", "token", "oauth-ok", "--log", s.log)
	if token.code != exitDone || token.out == "" || token.err != "" {
		t.Fatalf("token: exit %d, %d characters\n%s", token.code, len(token.out), token.err)
	}
	if len(watch.shown(token.out)) == 0 {
		t.Error("token prints another token than the one that Mimecast gave")
	}
	s.silent()
	s.files()
	if n := watch.looked(); runtime.GOOS == "linux" && n == 0 {
		t.Error("no command line was ever looked at")
	}
}

func readyFrom(t *testing.T, sim *simulator.Server, url, name string) map[string]any {
	t.Helper()
	for _, r := range sim.Credentials(url) {
		if r.Name == name {
			return r.From
		}
	}
	t.Fatalf("the simulator has no credential %q", name)
	return nil
}

// asked runs what prints secrets, and wants none beside standard output; what goes to a file is in that file alone.
func (s sentinel) asked() {
	for _, name := range []string{"oauth-ok", "legacy-ok"} {
		for _, format := range []string{"env", "dotenv", "json", "yaml", "tfvars", "k8s-secret", "form", "azure-keyvault"} {
			s.printed("export", name, "-f", format)
			file := filepath.Join(s.t.TempDir(), "file")
			s.run(exitDone, "", "export", name, "-f", format, "--file", file)
			s.run(exitUsage, "", "export", name, "-f", format, "--file", file)
			if text, err := os.ReadFile(file); err != nil || !s.holds(string(text)) {
				s.t.Errorf("the file of -f %s holds no secret (%v)", format, err)
			}
		}
		s.printed("exec", name, "--", "env")
		s.printed("exec", name, "--pristine", "--", "env")
	}
}

// silent runs what prints no secret, in every way it can end.
func (s sentinel) silent() {
	s.quiet(exitDone, "", "exec", "oauth-ok", "--", "true")
	s.quiet(3, "", "exec", "legacy-ok", "--pristine", "--", "sh", "-c", "exit 3")
	s.quiet(exitNotFound, "", "exec", "oauth-ok", "--", "no-such-program")
	s.quiet(exitUsage, "", "exec", "oauth-ok", "--prefix", "a b", "--", "env")
	s.quiet(exitUsage, "", "export", "oauth-ok", "-f", "k8s-secret", "--namespace", "a.b")
	s.quiet(exitUsage, "", "token", "legacy-ok")
	for _, name := range []string{"oauth-ok", "legacy-ok"} {
		s.quiet(exitDone, "", "api", name, "POST", "/api/account/get-account", "-i")
		s.quiet(exitDone, "", "api", name, "POST", "/api/user/get-internal-users", "--all-pages",
			"-d", `{"meta":{"pagination":{"pageSize":2}},"data":[{"domain":"example.com"}]}`)
		s.quiet(exitCheckFailed, "", "api", name, "POST", "/api/no/such-call")
		s.quiet(exitUsage, "", "api", name, "GET", "https://example.org/")
		s.quiet(exitUsage, "{", "api", name, "POST", "/x", "-d", "@-")
	}
}

// quiet is run with the flag for the log in front, since exec passes on what comes behind.
func (s sentinel) quiet(want int, in string, args ...string) {
	s.t.Helper()
	got := s.p.run(s.t, in, append([]string{"--log", s.log}, args...)...)
	if got.code != want {
		s.t.Errorf("%v: exit %d, want %d\n%s%s", args, got.code, want, got.out, got.err)
	}
	s.look(strings.Join(args, " ")+": standard output", got.out)
	s.look(strings.Join(args, " ")+": standard error", got.err)
}

// printed wants a command to print a secret on standard output, and nothing of one elsewhere.
func (s sentinel) printed(args ...string) {
	s.t.Helper()
	got := s.p.run(s.t, "", append([]string{"--log", s.log}, args...)...)
	if got.code != exitDone || !s.holds(got.out) {
		s.t.Errorf("%v: exit %d, and no secret is printed", args, got.code)
	}
	s.look(strings.Join(args, " ")+": standard error", got.err)
	// No other profile's, and no token.
	for _, what := range s.watch.shown(got.out) {
		if !strings.HasPrefix(what, args[1]+"'s ") {
			s.t.Errorf("%v prints %s", args, what)
		}
	}
}

func (s sentinel) holds(text string) bool { return len(s.watch.shown(text)) > 0 }
