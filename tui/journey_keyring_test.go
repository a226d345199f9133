package tui

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/keyring"
	"mimecred/credstore/keyring/keyringtest"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// The journeys with a real gnome-keyring. They are not parallel: there is one in this process.

// TestJourneyRealKeyringLocked: a locked keyring is said to be locked; once it is unlocked, r goes on and saves.
func TestJourneyRealKeyringLocked(t *testing.T) {
	keyringtest.Need(t)
	w := start(t, setting{store: keyring.New(keyring.Options{})})
	d := w.sim.Demo()
	if err := ring.Lock(); err != nil {
		t.Fatal(err)
	}
	unlock := sync.OnceFunc(func() {
		if err := ring.Unlock(); err != nil {
			t.Error(err)
		}
	})
	defer unlock()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	w.At(flow.Check).See("is locked").See("Unlock it").See("Not stored")
	if n := w.calls(tokenPath); n != 0 {
		t.Errorf("%d calls to Mimecast before anything was stored", n)
	}
	unlock()
	if _, err := ring.Lookup("mimecast"); !errors.Is(err, keyringtest.ErrNoItem) {
		t.Errorf("a locked keyring took something: %v", err)
	}
	w.Press("r")
	w.finish()
	item, err := ring.Lookup("mimecast")
	if err != nil || !strings.Contains(item, d.ClientSecret) {
		t.Errorf("secret-tool does not find the credential: %v", err)
	}
	if err := w.vault.Delete(t.Context(), "mimecast"); err != nil {
		t.Error(err)
	}
}

// TestJourneyNoRealKeyring: without anybody who provides a keyring the first screen says so and what helps, and nothing is
// saved unless the person goes to "this session only".
func TestJourneyNoRealKeyring(t *testing.T) {
	keyringtest.Need(t)
	store := keyring.New(keyring.Options{})
	if err := ring.Remove(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := ring.Restart(); err != nil {
			t.Error(err)
		}
	}()
	err := store.Available(t.Context())
	if credstore.KindOf(err) != credstore.Unavailable {
		t.Fatalf("without a provider: %v", err)
	}
	row := step.StoreChoice{Kind: keyring.Kind, Title: "OS keyring"}
	row.Problem, row.Fix = credstore.Explain(err)
	w := start(t, setting{
		store: store, others: []credstore.Store{credstore.NewMemory()},
		stores: []step.StoreChoice{row, {Kind: "memory", Title: "This session only", Passing: true}},
	})
	w.Resize(80, 32).toAPI("2.0").At(flow.Profile).See("OS keyring").See("This session only").Press("tab", "enter").See("cannot be used now").At(flow.Profile)
	w.Press("ctrl+c").Left()
	if text := Summary(Outcome{Answers: w.Answers(), Quit: true}, w.app.env.Env, w.app.env.Theme.Glyphs.Dot); text != "Nothing was saved.\n" {
		t.Errorf("summary: %s", text)
	}
	if entries, err := w.vault.Entries(); err != nil || len(entries) != 0 {
		t.Errorf("profiles: %+v, %v", entries, err)
	}
}
