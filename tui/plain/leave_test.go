package plain

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// faulty is a vault whose operations fail as often as told.
type faulty struct {
	lifecycle.Vault

	preflight, stage, promote, discard, lookup int
	staged                                     func()
	wrongRead                                  bool
}

func (f *faulty) fails(n *int) error {
	if *n == 0 {
		return nil
	}
	*n--
	return &credstore.Error{Kind: credstore.Locked, Store: "memory", Op: "use the store"}
}

func (f *faulty) Lookup(name string) (credstore.Entry, bool, error) {
	if err := f.fails(&f.lookup); err != nil {
		return credstore.Entry{}, false, err
	}
	return f.Vault.Lookup(name)
}

func (f *faulty) Preflight(ctx context.Context, store string, p credstore.Profile) error {
	if err := f.fails(&f.preflight); err != nil {
		return err
	}
	return f.Vault.Preflight(ctx, store, p)
}

func (f *faulty) Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, s credstore.Source) (credstore.Record, error) {
	if f.staged != nil {
		f.staged()
	}
	if err := f.fails(&f.stage); err != nil {
		return credstore.Record{}, err
	}
	r, err := f.Vault.Stage(ctx, store, p, c, s)
	if f.wrongRead {
		f.wrongRead, r.Pending = false, nil
	}
	return r, err
}

func (f *faulty) Activate(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error) {
	if err := f.fails(&f.promote); err != nil {
		return credstore.Record{}, err
	}
	return f.Vault.Activate(ctx, name, sum)
}

func (f *faulty) End(ctx context.Context, name string, how credstore.Ending) error {
	if how == credstore.Discarded {
		if err := f.fails(&f.discard); err != nil {
			return err
		}
	}
	return f.Vault.End(ctx, name, how)
}

func TestQuitWithNothingToLose(t *testing.T) {
	st := newStage(t)
	c, _, err := st.run(t, flow.Answers{}, script("", "Q"))
	if !errors.Is(err, ErrQuit) {
		t.Fatal(err)
	}
	if strings.Contains(c.output.String(), "Leave now?") {
		t.Fatal("asked although nothing would be lost")
	}
	st.wantNothing(t)
}

func TestQuitWithSomethingTyped(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script("axonius-mimecast-v2", "", "", "", d.ClientID, hidden(d.ClientSecret),
		"q", "what", "", "q", "<", "q", "q"))
	if !errors.Is(err, ErrQuit) {
		t.Fatal(err)
	}
	has(t, c, "Not saved anywhere yet: the client secret.", "Leave now?", "That is none of them", "Go back", "Leave now?", "Leave now?")
	st.wantNothing(t)
}

func TestQuitAtTheCheck(t *testing.T) {
	for name, tt := range map[string]struct {
		answers []any
		pending bool
		faults  faulty
	}{
		"kept":    {answers: []any{"q", "q"}, pending: true},
		"removed": {answers: []any{"q", "remove"}},
		"removed after a failure": {
			answers: []any{"q", "remove", "q", "remove"}, faults: faulty{discard: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			d := st.sim.Demo()
			tt.faults.Vault = st.vault
			st.env.Vault = &tt.faults
			_, a, err := st.run(t, acme(), script(st.to20(), d.ClientID, hidden(d.ClientSecret), script(tt.answers...)))
			if !errors.Is(err, ErrQuit) || a.Staged != tt.pending {
				t.Fatalf("%v, staged %v", err, a.Staged)
			}
			if !tt.pending {
				st.wantNothing(t)
				return
			}
			if st.stored(t).Pending == nil {
				t.Fatal("nothing is pending")
			}
		})
	}
}

// TestCreatedKeysAreNeverLostUnasked quits while only this program has the keys.
func TestCreatedKeysAreNeverLostUnasked(t *testing.T) {
	for name, tt := range map[string]struct {
		answers []any
		fails   int
		pending bool
		said    []string
	}{
		"kept": {
			answers: []any{"quit", "q", "keep"}, fails: 1, pending: true,
			said: []string{"only this program has them", "Leave now?", "none of them", "Saved on trial"},
		},
		"kept after a failure": {answers: []any{"quit", "keep", "quit", "keep"}, fails: 2, pending: true},
		"given up":             {answers: []any{"quit", "leave and", "no", "quit", "leave and", "<", "quit", "leave and", "yes"}, fails: 1, said: []string{"Lose the keys?"}},
		"tried again":          {answers: []any{"again", "q", "remove", "no", "q", "leave it"}, fails: 1, pending: true},
		"another name":         {answers: []any{"change", "acme", "", "q", "leave it"}, fails: 1, pending: true, said: []string{"Mimecast created keys here at 10:00.", "Keep them?"}},
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			d := st.sim.Demo()
			st.env.Vault = &faulty{Vault: st.vault, stage: tt.fails}
			c, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password),
				func() string { return st.sim.Code(d.Email) }, script(tt.answers...)))
			if !errors.Is(err, ErrQuit) {
				t.Fatalf("%v\n%s", err, c.transcript.String())
			}
			has(t, c, tt.said...)
			if !tt.pending {
				st.wantNothing(t)
				return
			}
			if st.stored(t).Pending == nil {
				t.Fatal("nothing is pending")
			}
		})
	}
}

// TestCreatedKeysAtTheEnd ends the input while only this program has the keys: they are stored if that is possible.
func TestCreatedKeysAtTheEnd(t *testing.T) {
	for fails, want := range map[int]string{1: "saved on trial", 9: "are lost"} {
		st := newStage(t)
		d := st.sim.Demo()
		st.env.Vault = &faulty{Vault: st.vault, stage: fails}
		_, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password),
			func() string { return st.sim.Code(d.Email) }))
		if !errors.Is(err, io.ErrUnexpectedEOF) || !strings.Contains(err.Error(), want) {
			t.Fatalf("%d failures: %v", fails, err)
		}
	}
}

// TestCancelledWhileKeysAreCreated cancels during the call that creates keys: it is waited for, and they are stored.
func TestCancelledWhileKeysAreCreated(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	ctx, cancel := context.WithCancel(t.Context())
	dial := st.env.Dial
	st.env.Dial = func(e client.Endpoint) (lifecycle.Mimecast, error) {
		m, err := dial(e)
		return &cancelling{m, cancel}, err
	}
	c := &talk{lines: script(st.to10(), "create", d.Email, "cloud", hidden(d.Password), func() string { return st.sim.Code(d.Email) })}
	_, err := Run(ctx, Options{Env: st.env, Answers: acme(), In: c, Out: c})
	st.clean(t, c.output.String(), err)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "saved on trial") {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if st.stored(t).Pending == nil {
		t.Fatal("the keys are lost")
	}
}

// cancelling ends the run while Mimecast is creating keys.
type cancelling struct {
	lifecycle.Mimecast

	cancel func()
}

func (m *cancelling) SignIn(ctx context.Context, s client.SignIn) (client.Keys, error) {
	if !s.Code.IsZero() {
		m.cancel()
	}
	return m.Mimecast.SignIn(ctx, s)
}

// TestCancelledAtAQuestion cancels while a reader waits that never gives anything.
func TestCancelledAtAQuestion(t *testing.T) {
	st := newStage(t)
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	out := &tripwire{at: "Which product?", trip: cancel}
	_, err := Run(ctx, Options{Env: st.env, In: r, Out: out})
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, Options{Env: st.env, In: r, Out: io.Discard}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// tripwire does something when a text is written.
type tripwire struct {
	at   string
	trip func()
}

func (w *tripwire) Write(p []byte) (int, error) {
	if strings.Contains(string(p), w.at) {
		w.trip()
	}
	return len(p), nil
}

// TestCancelledDuringChecks cancels while the checks run.
func TestCancelledDuringChecks(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	ctx, cancel := context.WithCancel(t.Context())
	c := &talk{lines: script(st.to20(), d.ClientID, hidden(d.ClientSecret))}
	out := io.MultiWriter(c, &tripwire{at: "ok: Reach", trip: cancel})
	_, err := Run(ctx, Options{Env: st.env, In: c, Out: out})
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "saved on trial") {
		t.Fatal(err)
	}
}

func TestStoreFailures(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	st.env.Vault = &faulty{Vault: st.vault, lookup: 2, stage: 1, promote: 1, wrongRead: true}
	c, _, err := st.run(t, acme(), script("", "2.0", "", "", d.ClientID, hidden(d.ClientSecret), "again", "again", "yes", "again"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "The list of profiles cannot be read", "What now?", "What now?", "Saved on trial", "Yes activates the credential", "What now?", "The profile acme is ready.")
	st.wantActive(t, st.oauth())
}

func TestStoreThatDoesNotWorkCreatesNothing(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	st.env.Vault = &faulty{Vault: st.vault, preflight: 1}
	c, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud", hidden(d.Password), "quit", "leave"))
	if !errors.Is(err, ErrQuit) || st.signIns() != 0 {
		t.Fatalf("%v, %d sign-ins\n%s", err, st.signIns(), c.transcript.String())
	}
}

func TestNoStore(t *testing.T) {
	st := newStage(t)
	st.env.Stores = []step.StoreChoice{{Kind: "keyring", Title: "OS keyring", Problem: "There is no session bus.", Fix: "Log in at a desktop."}}
	c, _, err := st.run(t, acme(), script("", "2.0"))
	if credstore.KindOf(err) != credstore.Unavailable {
		t.Fatal(err)
	}
	has(t, c, "OS keyring: There is no session bus. Log in at a desktop.", "never falls back to plain text")
}

func TestBrokenOutput(t *testing.T) {
	st := newStage(t)
	if _, err := Run(t.Context(), Options{Env: st.env, In: strings.NewReader("1\n"), Out: brokenWriter{}}); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	a := flow.Answers{Change: lifecycle.Change{Activated: true}, Given: map[flow.Step]bool{}}
	for step := flow.Integration; step < flow.HandOff; step++ {
		a.Given[step] = true
	}
	if _, err := Run(t.Context(), Options{Env: st.env, Answers: a, In: strings.NewReader(""), Out: brokenWriter{}}); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestBrokenInput(t *testing.T) {
	st := newStage(t)
	in := io.MultiReader(strings.NewReader("1\n"), failing{})
	if _, err := Run(t.Context(), Options{Env: st.env, In: in, Out: io.Discard}); !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errBroken }
