package plain

import (
	"context"
	"testing"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/storetest"
	"mimecred/tui/step"
)

// TestPassphrase: line mode asks for the passphrase of an encrypted file when that is needed, twice where it is chosen, and shows
// none of it. Going back changes nothing.
func TestPassphrase(t *testing.T) {
	const passphrase = "correct horse battery"
	st := newStage(t)
	asks := &step.Passphrases{}
	store := agefile.New(t.TempDir(), agefile.Options{WorkFactor: 4, Ask: func(ctx context.Context, q agefile.Question) (secret.Value, error) {
		return asks.Asker()(ctx, step.PassphraseQuestion(q))
	}})
	st.vault = credstore.NewVault(credstore.NewMemoryIndex(), st.env.Now, store)
	st.env.Vault, st.env.Passphrases = st.vault, asks
	st.env.Stores = []step.StoreChoice{{Kind: agefile.Kind, Title: "Encrypted file", About: step.FileWords}}
	st.secrets = append(st.secrets, passphrase)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to20(), d.ClientID, hidden(d.ClientSecret),
		"?", "<", "1", // back from the passphrase, and on
		hidden(passphrase), hidden("something else"), hidden(passphrase), hidden(passphrase), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	st.wantActive(t, st.oauth())
	has(t, c, "Choose a passphrase for it.", "New passphrase (hidden)", "Without it nobody can open the files", "no passphrase was typed",
		"The same once more (hidden)", "The two lines are not the same.")
}

// TestCreatedKeysGoElsewhere: line mode offers every other store that works when one does not take keys that Mimecast created.
func TestCreatedKeysGoElsewhere(t *testing.T) {
	st := newStage(t)
	first := storetest.NewFaulty(st.store)
	other := renamed{credstore.NewMemory(), "file"}
	st.vault = credstore.NewVault(credstore.NewMemoryIndex(), st.env.Now, first, other)
	st.env.Vault = st.vault
	st.env.Stores = []step.StoreChoice{{Kind: credstore.MemoryKind, Title: "OS keyring"}, {Kind: "file", Title: "Encrypted file"}}
	d := st.sim.Demo()
	code := func() string {
		first.On(storetest.Set, 0, storetest.Fail(credstore.TimedOut))
		return st.sim.Code(d.Email)
	}
	a := acme()
	a.Store = credstore.MemoryKind
	c, after, err := st.run(t, a, script(st.to10(), "1", d.Email, "cloud", hidden(d.Password), code, "2", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "Mimecast created the keys.", "did not answer in time", "What now?", "2) Save them elsewhere: Encrypted file", "saved on trial")
	if r := st.stored(t); r.Current == nil || after.Store != "file" || st.signIns() != 2 {
		t.Errorf("current %v, in %q, %d sign-ins", r.Current != nil, after.Store, st.signIns())
	}
}
