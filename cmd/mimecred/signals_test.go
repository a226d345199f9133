//go:build unix

package main

import (
	"math/rand/v2"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// How often each signal is sent on each kind of screen, and how long the program may take to be gone.
const (
	signalTries = 20
	signalCrowd = 5
	goneWithin  = 2 * time.Second
)

// kindOfScreen is what a signal meets: the words that are seen, then keys and the words that follow.
type kindOfScreen struct{ name, first, keys, then string }

func kindsOfScreen() []kindOfScreen {
	return []kindOfScreen{
		{"first page", "Which product?", "", ""},
		{"list", "acme", "", ""},
		{"check", "acme", "t", "Testing"},
		{"sign-in", "Password", "\r", "Signing in at Mimecast"},
		{"dialog", "Password", "\x03", "Leave now?"},
	}
}

func (k kindOfScreen) start(t testing.TB, p program) *job {
	cmd := exec.CommandContext(t.Context(), "mimecred-at")
	cmd.Dir, cmd.Env = p.home, append([]string{kindVariable + "=" + k.name}, p.env...)
	j := onPty(t, cmd)
	j.see(k.first)
	if k.keys != "" {
		j.send(k.keys).see(k.then)
	}
	return j
}

// TestSignalsOnEveryScreen sends each signal at random moments on every kind of screen of a real terminal: the program is
// gone soon, ends with the code of an interruption, and the terminal is as it was.
func TestSignalsOnEveryScreen(t *testing.T) {
	t.Parallel()
	var sent atomic.Int64
	t.Run("all", func(t *testing.T) {
		for _, kind := range kindsOfScreen() {
			for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
				t.Run(kind.name+" "+unix.SignalName(s), func(t *testing.T) {
					t.Parallel()
					for range signalTries / signalCrowd {
						signalOn(t, kind, s)
						sent.Add(signalCrowd)
					}
				})
			}
		}
	})
	t.Logf("counted: %d signals on %d kinds of screen ended the program in time and put the terminal back", sent.Load(), len(kindsOfScreen()))
}

// signalOn sends a signal to a few programs that run beside each other.
func signalOn(t *testing.T, kind kindOfScreen, s syscall.Signal) {
	t.Helper()
	var jobs [signalCrowd]*job
	for i := range jobs {
		jobs[i] = kind.start(t, newProgram(t))
	}
	var at [signalCrowd]time.Time
	for i, j := range jobs {
		<-time.After(rand.N(50 * time.Millisecond)) // a moment that nobody chose
		at[i] = time.Now()
		if err := j.cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
	}
	for i, j := range jobs {
		late := time.NewTimer(30 * time.Second)
		select {
		case <-j.ended:
			late.Stop()
		case <-late.C:
			t.Fatalf("it does not end:\n%s", j.text())
		}
		if took := j.gone.Sub(at[i]); took > goneWithin {
			t.Errorf("it took %v", took)
		}
		wasInterrupted(t, kind, j)
	}
}

func wasInterrupted(t *testing.T, kind kindOfScreen, j *job) {
	t.Helper()
	if code := j.cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit %d:\n%s", code, j.text())
	}
	if problem := j.wasPutBack(); problem != "" {
		t.Error(problem)
	}
	if kind.name == "sign-in" && !strings.Contains(j.text(), "svc@example.com") {
		t.Errorf("nothing is said about the keys that the sign-in may have created:\n%s", j.text())
	}
}
