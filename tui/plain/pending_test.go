package plain

import (
	"errors"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/tui/step"
)

// waits puts keys of the simulator into the store as an earlier run left them.
func (st *stage) waits(t *testing.T, source credstore.Source) {
	t.Helper()
	index := credstore.NewMemoryIndex()
	st.vault = credstore.NewVault(index, st.env.Now, st.store)
	st.env.Vault = st.vault
	earlier := credstore.NewVault(index, st.env.Now, st.store)
	defer earlier.Close()
	d := st.sim.Demo()
	keys := client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(d.AccessKey), SecretKey: secret.New(d.SecretKey),
	}
	p := credstore.Profile{Name: "acme", API: client.API10, Region: "us", Endpoint: client.Endpoint{BaseURL: st.url}}
	if _, err := earlier.Stage(t.Context(), "memory", p, keys, source); err != nil {
		t.Fatal(err)
	}
}

func TestGoOnWithWhatWaits(t *testing.T) {
	st := newStage(t)
	st.waits(t, credstore.Created)
	vault := &faulty{Vault: st.vault}
	st.env.Vault = vault
	c, a, err := st.run(t, acme(), script("", "1.0", "yes", st.url, "", "anew", "", "other", "acme", "", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "saved earlier and never activated", "nobody else has them", "mimecred delete acme --pending", "Is this your tenant", "The profile acme is ready.")
	if !a.Activated || st.signIns() != 0 {
		t.Errorf("activated %v after %d sign-ins", a.Activated, st.signIns())
	}
	if r := st.stored(t); r.Current == nil || r.Current.Source != credstore.Created {
		t.Errorf("stored %+v", r)
	}
}

func TestReplaceWhatWaits(t *testing.T) {
	st := newStage(t)
	st.waits(t, credstore.Pasted)
	c, _, err := st.run(t, acme(), script("", "1.0", "yes", st.url, "", "anew", "q"))
	if !errors.Is(err, ErrQuit) {
		t.Fatal(err)
	}
	has(t, c, "Set the profile up again", "In the console")
}

// TestWithoutAKeyring: "this session only" is never the answer of an empty line.
func TestWithoutAKeyring(t *testing.T) {
	st := newStage(t)
	st.env.Stores = []step.StoreChoice{
		{Kind: "keyring", Title: "OS keyring", Problem: "There is no session bus.", Fix: "Log in at a desktop."},
		{Kind: "memory", Title: "This session only", Passing: true},
	}
	d := st.sim.Demo()
	c, a, err := st.run(t, acme(), script("", "2.0", "", "", "1", "this session", "", d.ClientID, hidden(d.ClientSecret), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "It is gone when mimecred ends", "Type an answer", "cannot be used now", "Chosen: This session only", "kept in this session only", "mimecred setup acme")
	if a.Store != "memory" || strings.Contains(c.output.String(), "mimecred check acme:") {
		t.Errorf("store %q", a.Store)
	}
}
