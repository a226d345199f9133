package tui

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// sealed is a setting whose only store is one of encrypted files, which asks the wizard for its passphrase.
func sealed(dir string) setting {
	asks := &step.Passphrases{}
	store := agefile.New(dir, agefile.Options{WorkFactor: 4, Ask: func(ctx context.Context, q agefile.Question) (secret.Value, error) {
		by := asks.Asker()
		if by == nil {
			return secret.Value{}, errors.New("nobody is asked")
		}
		return by(ctx, step.PassphraseQuestion(q))
	}})
	return setting{
		store: store, stores: []step.StoreChoice{{Kind: agefile.Kind, Title: "Encrypted file", About: step.FileWords}},
		change: func(e *screen.Env) { e.Passphrases = asks },
	}
}

const passphrase = "correct horse battery"

// TestJourneyEncryptedFile sets a profile up in an encrypted file, and tests it in another run.
func TestJourneyEncryptedFile(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "credentials")
	w := start(t, sealed(dir))
	w.secrets = append(w.secrets, passphrase)
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	w.See("Choose a passphrase for it.").See("New passphrase").See("The same once more")
	if n := w.calls(tokenPath); n != 0 {
		t.Errorf("%d calls to Mimecast before the store was ready", n)
	}
	w.Press("f1").See("Without it nobody can open the files").Press("f1").See("New passphrase").Not("Without it nobody")
	w.Press("enter", "enter").See("Type a passphrase.")
	w.Paste(passphrase + "\n").Press("enter").Type("something else").Press("enter").See("The two lines are not the same.")
	if footer := w.footer(); !slices.Contains(footer, "f1") || !slices.Contains(footer, "esc") {
		t.Errorf("footer: %v", footer)
	}
	w.Press("ctrl+u").Type(passphrase).Press("enter")
	w.finish()
	if got := w.stored("mimecast"); got == nil || got.Current == nil {
		t.Fatalf("stored: %+v", got)
	}

	again := sealed(dir)
	again.answers = flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Rotating, Name: "mimecast"}}
	again.prepare = func(other *wizard) {
		entry, _, err := w.vault.Lookup("mimecast")
		if err == nil {
			err = other.index.Update("mimecast", func(e *credstore.Entry) { *e = entry })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w = start(t, again)
	w.secrets = append(w.secrets, passphrase)
	w.See("lies in an encrypted file.").Type("wrong").Press("enter").See("That passphrase is wrong.").Paste(passphrase).Press("enter")
	w.At(flow.Rotate).See("How do you get the new credential")
}

// TestJourneyNoPassphrase goes back instead of typing one, with esc and with ctrl+c: nothing is created or lost.
func TestJourneyNoPassphrase(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "credentials")
	w := start(t, sealed(dir))
	d := w.sim.Demo()
	w.toApplication("2.0").Paste(d.ClientID).Press("tab").Paste(d.ClientSecret).Press("enter")
	for _, key := range []string{"esc", "ctrl+c"} {
		w.See("New passphrase").Press(key).See("no passphrase was typed")
		w.Press("r")
	}
	w.See("New passphrase").Resize(40, 12).See("New passphrase").Resize(80, 24)
	w.Type(passphrase).Press("enter").Type(passphrase).Press("enter")
	w.finish()
	if got := w.stored("mimecast"); got == nil || got.Current == nil {
		t.Fatalf("stored: %+v", got)
	}
}

// TestJourneyCreatedKeysGoElsewhere: when the store does not take keys that Mimecast created, however it fails, the others that work
// are offered on the same screen, and one key saves them there.
func TestJourneyCreatedKeysGoElsewhere(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]storetest.Fault{
		"locked": storetest.Fail(credstore.Locked), "gone": storetest.Fail(credstore.Unavailable), "silent": storetest.Fail(credstore.TimedOut),
		"broken": storetest.Fail(credstore.Broken), "lies": storetest.Lie(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := sealed(filepath.Join(t.TempDir(), "credentials"))
			ring := storetest.NewFaulty(credstore.NewMemory())
			s.others, s.store = []credstore.Store{s.store}, ring
			s.stores = append([]step.StoreChoice{{Kind: credstore.MemoryKind, Title: "OS keyring"}}, s.stores...)
			w := start(t, s)
			w.secrets = append(w.secrets, passphrase)
			d := w.sim.Demo()
			w.toKeys().signIn(d.Email, d.Password).See("One-time code")
			ring.On(storetest.Set, 0, fault)
			w.Type(w.sim.Code(d.Email)).Press("enter").See("only this program has them").See("1 Save them elsewhere: Encrypted file")
			created := w.Answers()
			w.secrets = append(w.secrets, created.AccessKey.Reveal(), created.SecretKey.Reveal())
			w.Press("1").See("New passphrase").Paste(passphrase).Press("enter").Paste(passphrase).Press("enter")
			w.finish()
			got := w.stored(w.Answers().Name)
			if got == nil || got.Current == nil || w.Answers().Store != agefile.Kind {
				t.Fatalf("stored: %+v, in %q", got, w.Answers().Store)
			}
			if n := w.calls(loginPath); n != 2 {
				t.Errorf("%d sign-ins, want 2", n)
			}
		})
	}
}
