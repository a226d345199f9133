package plain

import (
	"context"
	"testing"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
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
