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

// TestNoCommandShowsASecret drives every command, in every way it can end, and looks for the secrets of all credentials,
// of the tokens and keys that Mimecast gives and of the codes it sends, raw and encoded, wherever something could be seen:
// both streams, the log, the folder of settings, and, at every call that reaches Mimecast, the command lines of all
// processes and the environments of its own. Only get may print one, and only on standard output.
func TestNoCommandShowsASecret(t *testing.T) {
	t.Parallel()
	session := keyringtest.New(t)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	watch := &watcher{home: p.home}
	sim, url := watch.simulator(t)
	all := append(sim.Credentials(url), sim.IntegrationCredentials(url)...)
	for _, r := range all {
		watch.add(r.Name, secretsIn(r.From))
	}
	s := sentinel{t: t, p: p, watch: watch, log: filepath.Join(p.home, "log")}

	for _, r := range all {
		from := asJSON(t, r.From)
		s.run(r.Exit, from, "check", "--from", "-")
		s.run(r.Exit, from, "check", "--from", "-", "-o", "json")
		s.run(r.Exit, from, "setup", "--from", "-")
		s.run(exitUsage, strings.Replace(from, `"api"`, `"apy"`, 1), "check", "--from", "-")
		s.run(exitUsage, strings.TrimSuffix(from, "}"), "setup", "--from", "-")
		s.run(exitUsage, "["+from+"]", "setup", "--from", "-")
		s.run(-1, swapped(t, r), "check", "--from", "-")
	}
	s.withCode(sim, readyFrom(t, sim, url, "legacy-otp"))
	s.rotating(sim)
	s.rotatingKeys(sim)
	s.run(exitDone, "", "list")
	s.run(exitDone, "", "list", "-o", "json")
	s.run(exitDone, "", "show", "oauth-ok", "-o", "json")
	s.run(exitDone, "", "check", "--all")
	s.run(exitDone, "", "check", "--all", "-o", "json")
	s.run(exitDone, "", "get", "oauth-ok", "client_id")
	if got := s.p.run(t, "", "get", "oauth-ok", "client_secret", "--log", s.log); got.err != "" || got.code != exitDone {
		t.Errorf("get says %q beside the secret, exit %d", got.err, got.code)
	}
	s.run(exitUsage, "", "delete", "oauth-ok")
	s.run(exitDone, "", "delete", "oauth-ok", "--yes")
	if err := session.Remove(); err != nil {
		t.Fatal(err)
	}
	s.run(exitStore, asJSON(t, all[0].From), "setup", "--from", "-")
	s.run(exitStore, "", "check", "--all", "-o", "json")
	s.run(exitStore, "", "get", "legacy-ok", "secret_key")

	s.files()
	if n := watch.looked(); runtime.GOOS == "linux" && n == 0 {
		t.Error("no command line was ever looked at")
	}
	if watch.knows("a call") == 0 || watch.knows("an answer") == 0 || len(watch.codes) < 3 {
		t.Error("no token, created key or one-time code ever came up")
	}
}

// withCode creates keys with a one-time code: for a check, with a wrong one, and for a profile that is used afterwards.
func (s sentinel) withCode(sim *simulator.Server, from map[string]any) {
	s.t.Helper()
	create, _ := from["create_keys"].(map[string]any)
	email, _ := create["email"].(string)
	with := func(code string) string {
		create["otp"] = code
		return asJSON(s.t, from)
	}
	s.run(exitDone, with(sim.Code(email)), "check", "--from", "-", "-o", "json")
	s.watch.addCode(email, "918273")
	s.run(exitRefused, with("918273"), "setup", "--from", "-")
	delete(create, "otp")
	s.run(exitRefused, asJSON(s.t, from), "setup", "--from", "-")
	s.run(exitDone, with(sim.Code(email)), "setup", "--from", "-")
	s.run(exitDone, "", "check", "legacy-otp", "-o", "json")
	s.run(exitDone, "", "show", "legacy-otp", "-o", "json")
	s.run(exitDone, "", "handoff", "legacy-otp", "-o", "json")
}

// swapped is a set of credentials in which two values changed places, so that secrets stand where none is expected.
func swapped(t *testing.T, r simulator.Ready) string {
	t.Helper()
	from := map[string]any{}
	for key, value := range r.From {
		from[key] = value
	}
	for _, pair := range [][2]string{{"client_id", "client_secret"}, {"application_id", "application_key"}} {
		if from[pair[1]] != nil {
			from[pair[0]], from[pair[1]] = from[pair[1]], from[pair[0]]
		}
	}
	return asJSON(t, from)
}

// sentinel runs commands and looks at what they leave.
type sentinel struct {
	t     *testing.T
	p     program
	watch *watcher
	log   string
}

// run runs a command with --log; want is its exit code, -1 for any. Where two values were swapped, the one that took the
// place of an identifier may be shown; that is why those runs look at the log and the error stream alone.
func (s sentinel) run(want int, in string, args ...string) {
	s.t.Helper()
	got := s.p.run(s.t, in, append(args, "--log", s.log)...)
	if want >= 0 && got.code != want {
		s.t.Errorf("%v: exit %d, want %d\n%s%s", args, got.code, want, got.out, got.err)
	}
	if want >= 0 {
		s.look(strings.Join(args, " ")+": standard output", got.out)
	}
	s.look(strings.Join(args, " ")+": standard error", got.err)
}

func (s sentinel) look(where, text string) {
	s.t.Helper()
	for _, what := range s.watch.shown(text) {
		s.t.Errorf("%s shows %s", where, what)
	}
}

// files looks at everything that the commands wrote, and makes sure that the log is not empty.
func (s sentinel) files() {
	s.t.Helper()
	seen := map[string]int{}
	err := filepath.WalkDir(s.p.home, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		seen[filepath.Base(path)] = len(text)
		s.look(path, string(text))
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if seen["log"] == 0 || seen["index.json"] == 0 {
		s.t.Errorf("the log or the index is missing or empty: %v", seen)
	}
}
