package main

import (
	"bufio"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"

	"mimecred/client/simulator"
	"mimecred/credstore/keyring/keyringtest"
)

// savedProfile is a program with one profile, oauth-ok, in a real keyring.
func savedProfile(t *testing.T) program {
	t.Helper()
	session := keyringtest.New(t)
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	from := firstReady(t, startedSimulator(t)).From
	if got := p.run(t, asJSON(t, from), "setup", "--from", "-", "-q"); got.code != exitDone {
		t.Fatalf("setup: exit %d\n%s%s", got.code, got.out, got.err)
	}
	return p
}

// TestDeleteAsks: on a terminal delete asks, and only a yes deletes.
func TestDeleteAsks(t *testing.T) {
	t.Parallel()
	p := savedProfile(t)
	for _, test := range []struct {
		answer, said string
		left         string
	}{
		{"\n", "nothing was deleted", "oauth-ok\n"},
		{"no\n", "nothing was deleted", "oauth-ok\n"},
		{"y\n", "stay valid", ""},
	} {
		cmd := p.command(t, "delete", "oauth-ok")
		tty, err := pty.Start(cmd)
		if err != nil {
			t.Fatal(err)
		}
		out := bufio.NewReader(tty)
		asked, err := out.ReadString(']')
		if err != nil || !strings.Contains(asked, "Delete oauth-ok, which is") || !strings.HasSuffix(asked, "[y/N]") {
			t.Errorf("it asks %q (%v)", asked, err)
		}
		if _, err := io.WriteString(tty, test.answer); err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(out) // Linux ends the reading of a terminal with an error
		_ = tty.Close()
		if code := exitOf(t, cmd.Wait()); code != exitDone {
			t.Errorf("answer %q: exit %d", test.answer, code)
		}
		if !strings.Contains(string(rest), test.said) {
			t.Errorf("answer %q: it says %q, want %q", test.answer, rest, test.said)
		}
		if got := p.run(t, "", "list", "-q"); got.out != test.left {
			t.Errorf("answer %q leaves %q, want %q", test.answer, got.out, test.left)
		}
	}
}

// TestGetOnTerminal: a value ends its line on a terminal, and only there.
func TestGetOnTerminal(t *testing.T) {
	t.Parallel()
	p := savedProfile(t)
	if out := onTerminal(t, p.command(t, "get", "oauth-ok", "api")); out != "2.0\r\n" {
		t.Errorf("on a terminal: %q", out)
	}
	if got := p.run(t, "", "get", "oauth-ok", "api"); got.out != "2.0" {
		t.Errorf("in a pipe: %q", got.out)
	}
}

// TestInterruptWhileKeysAreCreated: ctrl+c, or a closed window, while Mimecast creates keys does not lose them. They reach the keyring as
// pending, and a check activates them later.
func TestInterruptWhileKeysAreCreated(t *testing.T) {
	t.Parallel()
	for _, ending := range []syscall.Signal{syscall.SIGINT, syscall.SIGHUP} {
		t.Run(ending.String(), func(t *testing.T) {
			t.Parallel()
			endWhileKeysAreCreated(t, ending)
		})
	}
}

func endWhileKeysAreCreated(t *testing.T, ending syscall.Signal) {
	t.Helper()
	// Under nohup, hangups are ignored here and in every program that is started, unless somebody handles them.
	handled := make(chan os.Signal, 1)
	signal.Notify(handled, ending)
	defer signal.Stop(handled)
	session := keyringtest.New(t)
	sim := simulator.New()
	started := make(chan *exec.Cmd, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == signInPath {
			cmd := <-started
			if err := cmd.Process.Signal(ending); err != nil {
				t.Error(err)
			}
		}
		sim.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	var from map[string]any
	for _, r := range sim.Credentials(server.URL) {
		if r.Name == "legacy-no-otp" {
			from = r.From
		}
	}
	p := newProgram(t, "DBUS_SESSION_BUS_ADDRESS="+session.Address())
	cmd := p.command(t, "setup", "--from", "-")
	var errs strings.Builder
	cmd.Stdin, cmd.Stderr = strings.NewReader(asJSON(t, from)), &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started <- cmd
	if code := exitOf(t, cmd.Wait()); code != exitInterrupted || !strings.Contains(errs.String(), "are pending") {
		t.Errorf("exit %d\n%s", code, errs.String())
	}
	if got := p.run(t, "", "list"); !strings.Contains(got.err, "mimecred check legacy-no-otp goes on") {
		t.Errorf("the list says %q", got.out+got.err)
	}
	if got := p.run(t, "", "check", "legacy-no-otp"); got.code != exitDone || !strings.Contains(got.err, "now current") {
		t.Errorf("check: exit %d\n%s%s", got.code, got.out, got.err)
	}
}
