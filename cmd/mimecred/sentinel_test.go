package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

// TestNoCommandShowsASecret drives every command, in every way it can end, and looks for the secrets of all credentials,
// raw and encoded, wherever something could be seen: both streams, the log, the folder of settings, and, at every call
// that reaches Mimecast, the command lines of all processes. Only get may print one, and only on standard output.
func TestNoCommandShowsASecret(t *testing.T) {
	t.Parallel()
	session := keyringtest.New(t)
	sim := simulator.New()
	watch := &watcher{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		watch.look(t)
		sim.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)

	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	all := append(sim.Credentials(server.URL), sim.IntegrationCredentials(server.URL)...)
	forms := map[string]string{}
	for _, r := range all {
		for what, form := range secretForms(secretsIn(r.From)) {
			forms[r.Name+"'s "+what] = form
		}
	}
	watch.want(forms)
	s := sentinel{t: t, p: p, forms: forms, log: filepath.Join(p.home, "log")}

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
	forms map[string]string
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
	for what, form := range s.forms {
		if strings.Contains(text, form) {
			s.t.Errorf("%s shows %s", where, what)
		}
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

// watcher looks at the command lines of all processes.
type watcher struct {
	mu    sync.Mutex
	forms map[string]string
	n     int
}

func (w *watcher) want(forms map[string]string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forms = forms
}

func (w *watcher) looked() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n
}

func (w *watcher) look(t *testing.T) {
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Error(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, path := range lines {
		// A process may end while it is looked at.
		line, _ := os.ReadFile(path)
		w.n++
		for what, form := range w.forms {
			if strings.Contains(string(line), form) {
				t.Errorf("the command line of a process shows %s", what)
			}
		}
	}
}
