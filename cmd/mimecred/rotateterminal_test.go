package main

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/creack/pty"

	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

// TestRetireAsks: on a terminal retire asks before it ends a key at Mimecast, and only a yes does.
func TestRetireAsks(t *testing.T) {
	t.Parallel()
	session := keyringtest.New(t)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	running := startedSimulator(t)
	from := readyNamed(t, running, "legacy-ok").From
	id, _ := from["application_id"].(string)
	b := running.Server.Bind(id, withoutCode, time.Time{})
	fresh := map[string]any{"access_key": b.AccessKey, "secret_key": b.SecretKey}
	for _, step := range [][]string{{asJSON(t, from), "setup", "--from", "-", "-q"}, {asJSON(t, fresh), "rotate", "legacy-ok", "--from", "-", "-q"}} {
		if got := p.run(t, step[0], step[1:]...); got.code != exitDone {
			t.Fatalf("%v: exit %d\n%s%s", step[1:], got.code, got.out, got.err)
		}
	}
	keys := running.Server.Keys(withCode)
	for _, test := range []struct {
		answer, said string
		left         int
	}{
		{"\n", "nothing was changed", keys},
		{"y\n", "the previous access key is logged out at Mimecast", keys - 1},
	} {
		cmd := p.command(t, "retire", "legacy-ok")
		tty, err := pty.Start(cmd)
		if err != nil {
			t.Fatal(err)
		}
		out := bufio.NewReader(tty)
		asked, err := out.ReadString(']')
		if err != nil || !strings.Contains(asked, "Log the previous access key of legacy-ok out at Mimecast? Whatever still uses it stops. [y/N]") {
			t.Errorf("it asks %q (%v)", asked, err)
		}
		if _, err := io.WriteString(tty, test.answer); err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(out) // Linux ends the reading of a terminal with an error
		_ = tty.Close()
		if code := exitOf(t, cmd.Wait()); code != exitDone || !strings.Contains(string(rest), test.said) {
			t.Errorf("answer %q: exit %d, it says %q, want %q", test.answer, code, rest, test.said)
		}
		if n := running.Server.Keys(withCode); n != test.left {
			t.Errorf("answer %q leaves %d keys, want %d", test.answer, n, test.left)
		}
	}
}

// TestKilledForReal: a process that is killed while Mimecast creates keys, and one that is killed while they are tested, leave
// what the next process needs: the first a note that keys may be left, the second the keys themselves.
func TestKilledForReal(t *testing.T) {
	t.Parallel()
	for path, resumed := range map[string]struct {
		code int
		said string
	}{
		signInPath:                 {exitStore, "A sign-in as " + withoutCode + " for the application "},
		"/api/account/get-account": {exitDone, "a live call confirmed it"},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			session := keyringtest.New(t)
			p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
			sim := simulator.New()
			victim := make(chan *exec.Cmd, 1)
			var creating, struck atomic.Bool
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				creating.CompareAndSwap(false, r.URL.Path == signInPath)
				if creating.Load() && r.URL.Path == path && struck.CompareAndSwap(false, true) {
					sim.ServeHTTP(httptest.NewRecorder(), r)
					if err := (<-victim).Process.Kill(); err != nil {
						t.Error(err)
					}
					panic(http.ErrAbortHandler)
				}
				sim.ServeHTTP(w, r)
			}))
			t.Cleanup(server.Close)
			if got := p.run(t, asJSON(t, readyFrom(t, sim, server.URL, "legacy-ok")), "setup", "--from", "-", "-q"); got.code != exitDone {
				t.Fatalf("setup: exit %d\n%s%s", got.code, got.out, got.err)
			}
			create, _ := readyFrom(t, sim, server.URL, "legacy-no-otp")["create_keys"].(map[string]any)
			cmd := p.command(t, "rotate", "legacy-ok", "--from", "-")
			cmd.Stdin = strings.NewReader(asJSON(t, map[string]any{"create_keys": create}))
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			victim <- cmd
			if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
				t.Fatalf("it was not killed: %v", err)
			}
			if got := p.run(t, "", "check", "--all", "-q"); got.code != exitDone {
				t.Errorf("the current version: exit %d\n%s", got.code, got.err)
			}
			if got := p.run(t, "", "list"); !strings.Contains(got.err, "legacy-ok is not finished (") {
				t.Errorf("the list says %q", got.err)
			}
			got := p.run(t, "", "rotate", "legacy-ok", "--resume")
			if got.code != resumed.code || !strings.Contains(got.err, resumed.said) {
				t.Errorf("resumed with exit %d, want %d\n%s%s", got.code, resumed.code, got.out, got.err)
			}
			if got := p.run(t, "", "check", "legacy-ok", "-q"); got.code != exitDone {
				t.Errorf("at the end: exit %d\n%s", got.code, got.err)
			}
		})
	}
}

// TestPlainHome: on a terminal mimecred --plain opens the list of profiles to work with; through a pipe it prints it.
func TestPlainHome(t *testing.T) {
	t.Parallel()
	session := keyringtest.New(t)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	running := startedSimulator(t)
	if got := p.run(t, asJSON(t, readyNamed(t, running, "oauth-ok").From), "setup", "--from", "-", "-q"); got.code != exitDone {
		t.Fatalf("setup: exit %d\n%s%s", got.code, got.out, got.err)
	}
	cmd := p.command(t, "--plain")
	tty, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tty.Close() }()
	// A terminal takes what is typed ahead.
	if _, err := io.WriteString(tty, "oauth-ok\ntest\noauth-ok\nrotate\n<\nquit\n"); err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(tty) // Linux ends the reading of a terminal with an error
	if code := exitOf(t, cmd.Wait()); code != exitDone {
		t.Errorf("exit %d", code)
	}
	rest := string(said)
	for _, want := range []string{
		"1) oauth-ok. ", "What to do with oauth-ok", "ok: Credentials", "Which profile", "Step 1 of", ": Rotate", "Which profile", "Chosen: Quit.",
	} {
		_, after, ok := strings.Cut(rest, want)
		if !ok {
			t.Fatalf("no %q (in this order) in\n%s", want, said)
		}
		rest = after
	}
	if got := p.run(t, "", "--plain"); got.code != exitDone || !strings.Contains(got.out, "oauth-ok") || strings.Contains(got.out, "Which profile") {
		t.Errorf("through a pipe: exit %d\n%s%s", got.code, got.out, got.err)
	}
}
