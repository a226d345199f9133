//go:build unix

package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// screenOf collects what a terminal shows and lets a test wait for it.
type screenOf struct {
	mu   sync.Mutex
	text bytes.Buffer
	grew chan struct{}
}

func watch(t *testing.T, terminal *os.File) *screenOf {
	t.Helper()
	s := &screenOf{grew: make(chan struct{}, 1)}
	go func() {
		b := make([]byte, 4096)
		for {
			n, err := terminal.Read(b)
			s.mu.Lock()
			s.text.Write(b[:n])
			s.mu.Unlock()
			select {
			case s.grew <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return s
}

func (s *screenOf) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// wait waits until the screen ends with text.
func (s *screenOf) wait(t *testing.T, text string) {
	t.Helper()
	late := time.After(20 * time.Second)
	for !strings.HasSuffix(s.String(), text) {
		select {
		case <-s.grew:
		case <-late:
			t.Fatalf("the screen does not end with %q:\n%s", text, s)
		}
	}
}

func openTerminal(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ours.Close(); _ = theirs.Close() })
	return ours, theirs
}

// TestTerminal has the whole conversation on a real terminal: a secret that is pasted over several lines, the last without a
// line break, is one secret, is not shown, and answers no other question.
func TestTerminal(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	ours, theirs := openTerminal(t)
	before, err := term.GetState(theirs.Fd())
	if err != nil {
		t.Fatal(err)
	}
	shown := watch(t, ours)
	type end struct {
		a   flow.Answers
		err error
	}
	ended := make(chan end, 1)
	go func() {
		a, err := Run(t.Context(), Options{Env: st.env, Answers: acme(), In: theirs, Out: theirs})
		ended <- end{a, err}
	}()
	for _, step := range []struct{ at, answer string }{
		{"1. Answer [1]: ", "\n"},
		{"2. Answer [1]: ", "1\n"},
		{"goes on: ", "\n"},
		{"Client ID: ", d.ClientID + "\n"},
		{"Client Secret (hidden): ", d.ClientSecret[:20] + "\r" + d.ClientSecret[20:40] + "\r" + d.ClientSecret[40:]},
	} {
		shown.wait(t, step.at)
		if _, err := io.WriteString(ours, step.answer); err != nil {
			t.Fatal(err)
		}
	}
	// The paste has no line break at its end: the person presses return once it is in.
	if _, err := io.WriteString(ours, "\r"); err != nil {
		t.Fatal(err)
	}
	shown.wait(t, "Yes activates the credential. (yes or no) [yes]: ")
	if _, err := io.WriteString(ours, "yes\n"); err != nil {
		t.Fatal(err)
	}
	done := <-ended
	if done.err != nil {
		t.Fatalf("%v\n%s", done.err, shown)
	}
	st.wantActive(t, st.oauth())
	text := shown.String()
	if !strings.Contains(text, "64 characters, 2 line breaks removed.") {
		t.Fatalf("the length was not said:\n%s", text)
	}
	if strings.Contains(text, d.ClientSecret[:20]) || strings.Contains(text, d.ClientSecret[40:]) || strings.ContainsRune(text, '\x1b') {
		t.Fatal("the secret, or an escape sequence, is on the screen")
	}
	if after, err := term.GetState(theirs.Fd()); err != nil || *after != *before {
		t.Fatalf("the terminal is not as it was (%v)", err)
	}
}

// TestCancelledAtASecret ends the context while nothing is echoed: the echo is back afterwards.
func TestCancelledAtASecret(t *testing.T) {
	st := newStage(t)
	ours, theirs := openTerminal(t)
	before, err := term.GetState(theirs.Fd())
	if err != nil {
		t.Fatal(err)
	}
	shown := watch(t, ours)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	reading := make(chan struct{})
	read := TerminalSecret(theirs.Fd())
	go func() {
		_, err := Run(ctx, Options{
			Env: st.env, In: theirs, Out: theirs,
			Answers: flow.Answers{
				Change: lifecycle.Change{
					Name: "acme", Store: "memory", API: "2.0", BaseURL: st.url, ClientID: "made-up",
				},
				Given: map[flow.Step]bool{flow.Profile: true, flow.Integration: true, flow.API: true, flow.Region: true, flow.Connection: true, flow.Console: true},
			},
			ReadSecret: func(prompt string) (string, error) {
				close(reading)
				return read(prompt)
			},
		})
		ended <- err
	}()
	shown.wait(t, "Client ID [made-up]: ")
	if _, err := io.WriteString(ours, "\n"); err != nil {
		t.Fatal(err)
	}
	<-reading
	for state := *before; state == *before; {
		now, err := term.GetState(theirs.Fd())
		if err != nil {
			t.Fatal(err)
		}
		state = *now
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "nothing was stored") {
		t.Fatal(err)
	}
	if after, err := term.GetState(theirs.Fd()); err != nil || *after != *before {
		t.Fatalf("the terminal is not as it was (%v)", err)
	}
}

func TestTerminalSecretWithoutATerminal(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	if text, err := TerminalSecret(r.Fd())(""); err == nil || text != "" {
		t.Fatalf("%q, %v", text, err)
	}
	if ready(-1, 0) {
		t.Fatal("nothing can be read from no descriptor")
	}
}
