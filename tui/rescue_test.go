//go:build unix

package tui

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// withKeys are answers with keys that Mimecast created and no store has.
func withKeys() flow.Answers {
	a := signingIn()
	a.AccessKey, a.SecretKey = secret.New("SECRET-access-key"), secret.New("SECRET-secret-key")
	a.KeysCreatedAt = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	return a
}

// signingIn are answers up to the password.
func signingIn() flow.Answers {
	a := flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", Store: "memory", API: client.API10, BaseURL: "http://127.0.0.1:1", ApplicationID: "the-application",
			ApplicationKey: secret.New("SECRET-application-key"), Email: "svc@example.com",
			SignIn: client.SignInCloud, Password: secret.New("SECRET-password"),
		},
		KeysWay: flow.CreateHere, Given: map[flow.Step]bool{},
	}
	for step := flow.Integration; step <= flow.Application; step++ {
		a.Given[step] = true
	}
	return a
}

// bench is a wizard on a pseudo-terminal, in this process.
type bench struct {
	t      *testing.T
	master *os.File
	tty    *os.File
	store  *storetest.Faulty
	vault  *credstore.Vault
	env    step.Env
	// drawn is closed when the first frame was drawn: the terminal is raw then.
	drawn chan struct{}
}

func newBench(t *testing.T) *bench {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	// Bubble Tea leaves its reader behind after a panic. Closing the master ends it; the other side stays its own, because
	// closing a file under a reader is a race.
	t.Cleanup(func() { _ = master.Close() })
	b := &bench{t: t, master: master, tty: tty, store: storetest.NewFaulty(credstore.NewMemory()), drawn: make(chan struct{})}
	b.vault = credstore.NewVault(credstore.NewMemoryIndex(), newClock().Now, b.store)
	b.env = step.Env{
		Service: lifecycle.Service{
			Now: time.Now, Vault: b.vault, Plan: lifecycle.PlanOf,
			Dial: func(client.Endpoint) (lifecycle.Mimecast, error) { return nil, errors.New("nothing is called here") },
		},
		Stores: []step.StoreChoice{{Kind: "memory", Title: "Memory"}},
	}
	go func() {
		buffer := make([]byte, 4096)
		var text []byte
		for drawn := false; ; {
			n, err := master.Read(buffer)
			if err != nil {
				return
			}
			text = append(text, buffer[:n]...)
			if !drawn && bytes.Contains(text, []byte("mimecred")) {
				close(b.drawn)
				drawn = true
			}
		}
	}()
	return b
}

// run runs the wizard to its end.
func (b *bench) run(ctx context.Context, a flow.Answers, build builder, extra ...tea.ProgramOption) (Outcome, error) {
	b.t.Helper()
	return Run(ctx, Options{Env: b.env, Answers: a, Input: b.tty, Output: b.tty, build: build, extra: extra})
}

func (b *bench) pending() *credstore.Version {
	r, err := b.vault.Load(context.Background(), "acme")
	if err != nil {
		return nil
	}
	return r.Pending
}

// holder is a screen with answers that panics at the first message when told.
type holder struct {
	bomb
	answers flow.Answers
	panics  bool
}

func (h *holder) Answers() flow.Answers { return h.answers }
func (h *holder) Busy() string          { return "" }
func (h *holder) Close()                {}
func (h *holder) Update(msg tea.Msg) (screen.Screen, tea.Cmd, screen.Intent) {
	if _, ok := msg.(tea.KeyPressMsg); ok && h.panics {
		panic("made by the test")
	}
	return h, nil, screen.Intent{}
}

func TestKeysSurviveAPanic(t *testing.T) {
	b := newBench(t)
	if _, err := b.master.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	outcome, err := b.run(t.Context(), withKeys(), func(_ flow.Step, _ screen.Env, a flow.Answers) screen.Screen {
		return &holder{answers: a, panics: true}
	})
	if !errors.Is(err, tea.ErrProgramPanic) {
		t.Fatalf("the end: %v", err)
	}
	if got := b.pending(); got == nil || got.Source != credstore.Created {
		t.Fatal("the keys are lost")
	}
	if text := Summary(outcome, b.env, "-"); !strings.Contains(text, "mimecred check acme") {
		t.Errorf("summary:\n%s", text)
	}
}

// TestLostKeysAreNotHushedUp: the store fails to the end, after a signal too.
func TestLostKeysAreNotHushedUp(t *testing.T) {
	for name, panics := range map[string]bool{"panic": true, "signal": false} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.store.On(storetest.Any, 0, storetest.Fail(credstore.Locked))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if panics {
				_, _ = b.master.WriteString("x")
			} else {
				cancel()
			}
			outcome, err := b.run(ctx, withKeys(), func(_ flow.Step, _ screen.Env, a flow.Answers) screen.Screen {
				return &holder{answers: a, panics: panics}
			})
			if err == nil {
				t.Fatal("it ended as if all was well")
			}
			text := Summary(outcome, b.env, "-")
			for _, words := range []string{"svc@example.com", "the-application", "stored nowhere", "Registered Applications"} {
				if !strings.Contains(text, words) {
					t.Errorf("the summary lacks %q:\n%s", words, text)
				}
			}
			if strings.Contains(text, "Nothing was saved") || strings.Contains(text, "SECRET") {
				t.Errorf("summary:\n%s", text)
			}
		})
	}
}

// slowSignIn is a Mimecast that creates keys when the test says so.
type slowSignIn struct {
	lifecycle.Mimecast
	asked chan struct{}
	goOn  chan struct{}
}

func (s slowSignIn) Close() {}

func (s slowSignIn) Check(context.Context, client.Credential, client.Plan) iter.Seq[client.Result] {
	return func(func(client.Result) bool) {}
}

func (s slowSignIn) SignIn(ctx context.Context, _ client.SignIn) (client.Keys, error) {
	close(s.asked)
	select {
	case <-s.goOn:
		return client.Keys{AccessKey: secret.New("SECRET-access-key"), SecretKey: secret.New("SECRET-secret-key")}, nil
	case <-ctx.Done():
		return client.Keys{}, ctx.Err()
	}
}

// TestKeysSurviveALostTerminal: the window is gone while Mimecast creates the keys.
func TestKeysSurviveALostTerminal(t *testing.T) {
	b := newBench(t)
	m := slowSignIn{asked: make(chan struct{}), goOn: make(chan struct{})}
	b.env.Dial = func(client.Endpoint) (lifecycle.Mimecast, error) { return m, nil }
	go func() {
		<-b.drawn
		_, _ = b.master.WriteString("\r")
		<-m.asked
		_, _ = b.master.WriteString("x")
		close(m.goOn)
	}()
	_, err := b.run(t.Context(), signingIn(), nil, tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
		if press, ok := msg.(tea.KeyPressMsg); ok && press.String() == "x" {
			return tea.Quit() // an end that the wizard did not decide on
		}
		return msg
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := b.pending(); got == nil || !client.Same(got.Credential, withKeys().Credential()) {
		t.Fatal("the keys are lost")
	}
}

// TestKeysGivenUpAreNotKept: who said twice that the keys may be lost is obeyed, and told what is left at Mimecast.
func TestKeysGivenUpAreNotKept(t *testing.T) {
	t.Parallel()
	w, store := unsavedKeys(t)
	w.Press("ctrl+c").See("Leave now?").Press("down", "down", "enter").See("Lose the keys?").Press("down", "enter").Left()
	store.Clear()
	w.app.saveKeys(t.Context(), &strings.Builder{})
	if w.stored("mimecast") != nil {
		t.Error("keys that were given up are in the store")
	}
	if text := Summary(Outcome{Answers: w.Answers(), Quit: true}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot); !strings.Contains(text, "stored nowhere") {
		t.Errorf("summary:\n%s", text)
	}
}
