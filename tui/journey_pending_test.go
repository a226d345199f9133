package tui

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// waiting is a wizard that finds keys of the simulator under the name acme, stored by an earlier run and never put in
// force.
func waiting(t *testing.T, source credstore.Source) *wizard {
	t.Helper()
	index, store := credstore.NewMemoryIndex(), credstore.NewMemory()
	w := start(t, setting{store: store, answers: flow.Answers{Change: lifecycle.Change{Name: "acme"}}, change: func(env *screen.Env) {
		env.Vault = credstore.NewVault(index, newClock().Now, store)
	}})
	d := w.sim.Demo()
	earlier := credstore.NewVault(index, newClock().Now, store)
	defer earlier.Close()
	keys := client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(d.AccessKey), SecretKey: secret.New(d.SecretKey),
	}
	p := credstore.Profile{Name: "acme", API: client.API10, Region: "us", Endpoint: client.Endpoint{BaseURL: w.url}, ServiceUser: d.Email, SignIn: "cloud"}
	if _, err := earlier.Stage(t.Context(), "memory", p, keys, source); err != nil {
		t.Fatal(err)
	}
	w.toAPI("2.0").At(flow.Profile).See("saved earlier and never activated").See("Continue with it")
	return w
}

// TestJourneyGoesOnWithWhatWaits tests keys of an earlier run and activates them, without a word typed.
func TestJourneyGoesOnWithWhatWaits(t *testing.T) {
	t.Parallel()
	w := waiting(t, credstore.Created)
	w.Press("enter", "enter").At(flow.Check).See("Is this your tenant?")
	if a := w.Answers(); a.KeysCreatedAt.IsZero() || a.Email != w.sim.Demo().Email {
		t.Errorf("created %v, for %q", a.KeysCreatedAt, a.Email)
	}
	w.Press("enter").Saved()
	if n := w.calls(loginPath); n != 0 {
		t.Errorf("%d sign-ins for keys that exist", n)
	}
	r, err := w.app.env.Vault.Load(t.Context(), "acme")
	if err != nil || r.Current == nil || r.Pending != nil || r.Current.Source != credstore.Created {
		t.Errorf("stored %+v, %v", r, err)
	}
}

// TestJourneyDoesNotReplaceCreatedKeys: keys that nobody else has are given up by name only; pasted ones can be replaced.
func TestJourneyDoesNotReplaceCreatedKeys(t *testing.T) {
	t.Parallel()
	w := waiting(t, credstore.Created)
	w.Press("enter", "down", "enter").See("nobody else has them").See("mimecred delete acme --pending").At(flow.Profile)
	w.Press("up", "enter").At(flow.Check)

	w = waiting(t, credstore.Pasted)
	w.Press("enter", "down", "enter").At(flow.Console)
}

// passingStores are those of a machine without a keyring.
func passingStores() []step.StoreChoice {
	return []step.StoreChoice{
		{Kind: "keyring", Title: "OS keyring", Problem: "There is no session bus.", Fix: "Log in at a desktop."},
		{Kind: "memory", Title: "This session only", Passing: true},
	}
}

// TestJourneyWithoutAKeyring: nothing is kept by accident. The person reads what is wrong and what helps, and keeps the
// credential in this session only after having gone there.
func TestJourneyWithoutAKeyring(t *testing.T) {
	t.Parallel()
	w := start(t, setting{stores: passingStores()})
	w.toAPI("2.0").At(flow.Profile).See("There is no session bus.").See("Log in at a desktop.").See("It is gone when mimecred ends")
	w.Press("tab", "enter").See("cannot be used now").At(flow.Profile)
	if got := w.Answers().Store; got != "" {
		t.Fatalf("the store %q was chosen by nobody", got)
	}
	w.Press("down", "enter").At(flow.Console)
	if got := w.Answers().Store; got != "memory" {
		t.Fatalf("store %q", got)
	}
	a := flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: client.API20, Activated: true}}
	text := Summary(Outcome{Answers: a}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot)
	if strings.Contains(text, "mimecred check acme") || !strings.Contains(text, "mimecred setup acme") {
		t.Errorf("the summary names commands that cannot work:\n%s", text)
	}
	for _, words := range []string{step.SavedWords(w.app.env.Env, a), step.DoneWords(w.app.env.Env, a)} {
		if !strings.Contains(words, "this session") {
			t.Errorf("it is not said that nothing is kept: %s", words)
		}
	}
}
