package credstore_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

func TestExplain(t *testing.T) {
	kinds := []credstore.Kind{
		credstore.NotFound, credstore.Unavailable, credstore.Locked, credstore.NoCollection, credstore.TimedOut, credstore.TooBig,
		credstore.Mismatch, credstore.Damaged, credstore.Conflict, credstore.PendingKeys, credstore.Denied, credstore.Canceled, credstore.Broken, "something new",
	}
	seen := map[string]credstore.Kind{}
	for _, kind := range kinds {
		for _, store := range []string{"keyring", "memory", "file", "openbao", "", "custom", credstore.IndexStore} {
			err := fmt.Errorf("setup: %w", &credstore.Error{Kind: kind, Store: store, Op: "write acme", Err: errors.New("the reason")})
			sentence, fix := credstore.Explain(err)
			if sentence == "" || fix == "" || !strings.HasSuffix(sentence, ".") || !strings.HasSuffix(fix, ".") {
				t.Errorf("%s of %s: %q, %q", kind, store, sentence, fix)
			}
			for _, text := range []string{sentence, fix} {
				low := strings.ToLower(text)
				if strings.Contains(low, "invalid") || strings.Contains(low, "wrong") || strings.Contains(text, "!") || strings.Contains(text, "%") {
					t.Errorf("%s of %s: %q", kind, store, text)
				}
			}
			reasonOnly := kind == credstore.NotFound || kind == credstore.Conflict || kind == credstore.Broken || kind == "something new"
			if store == "keyring" && !reasonOnly {
				if other, ok := seen[sentence]; ok {
					t.Errorf("%s and %s are told in the same words: %q", kind, other, sentence)
				}
				seen[sentence] = kind
			}
		}
	}
}

// TestExplainSaysItOnce: a sentence that says itself what cannot be used is not led in by the same words.
func TestExplainSaysItOnce(t *testing.T) {
	for store, op := range map[string]string{"keyring": "use the keyring", "file": "use the encrypted files"} {
		for _, kind := range []credstore.Kind{credstore.Unavailable, credstore.Locked, credstore.TimedOut, credstore.Denied} {
			sentence, _ := credstore.Explain(&credstore.Error{Kind: kind, Store: store, Op: op, Err: errors.New("the reason")})
			noun := strings.TrimSuffix(strings.TrimPrefix(op, "use "), "s")
			if n := strings.Count(strings.ToLower(sentence), noun); n > 1 && kind != credstore.Denied {
				t.Errorf("%s of %s: %q", kind, store, sentence)
			}
		}
	}
}

func TestExplainWithoutKind(t *testing.T) {
	if sentence, fix := credstore.Explain(nil); sentence != "" || fix != "" {
		t.Errorf("Explain(nil) = %q, %q", sentence, fix)
	}
	for _, test := range []struct {
		err  error
		says string
	}{
		{errors.New("the disk is full"), "the disk is full"},
		{context.Canceled, "cancelled"},
		{context.DeadlineExceeded, "did not answer in time"},
		{&credstore.Error{Kind: credstore.Broken}, "Could not finish"},
		{&credstore.Error{Kind: credstore.NotFound, Op: "read the profile acme"}, "Could not read the profile acme: there is no such item"},
	} {
		sentence, fix := credstore.Explain(test.err)
		if !strings.Contains(sentence, test.says) || fix == "" {
			t.Errorf("Explain(%v) = %q, %q", test.err, sentence, fix)
		}
	}
	if got := credstore.KindOf(errors.New("x")); got != "" {
		t.Errorf("KindOf of another error = %q", got)
	}
	if got := (&credstore.Error{Kind: credstore.Locked}).Error(); got != "locked" {
		t.Errorf("Error() without more = %q", got)
	}
}

func TestValidName(t *testing.T) {
	for _, good := range []string{"a", "Acme", "acme-2.0_test", "0", strings.Repeat("x", 64), "con", "a."} {
		if err := credstore.ValidName(good); err != nil {
			t.Errorf("ValidName(%q) = %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "-a", ".a", "_a", "a b", "a/b", "a\\b", "a:b", "é", "a\n", "a\x00", "acme!", strings.Repeat("x", 65), "../x", "日本",
	} {
		if err := credstore.ValidName(bad); err == nil {
			t.Errorf("ValidName(%q) = nil", bad)
		}
	}
}

func TestNewName(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"acme", "console", "com", "com10", "lpt", "nul-1", "a.con", "com1x"} {
		if err := credstore.NewName(good); err != nil {
			t.Errorf("NewName(%q) = %v", good, err)
		}
	}
	for _, bad := range []string{"con", "NUL", "aux.txt", "Prn", "com1", "COM9.tar.gz", "lpt1", "lpt0.", ""} {
		if err := credstore.NewName(bad); err == nil {
			t.Errorf("NewName(%q) = nil", bad)
		}
	}
}

// TestRecaseInterrupted: a change of capital letters alone is finished by the same call wherever it stopped, also in a store
// that does not tell them apart.
func TestRecaseInterrupted(t *testing.T) {
	t.Parallel()
	for n := 1; ; n++ {
		store := storetest.NewFaulty(credstore.NewMemory())
		vault := credstore.NewVault(credstore.NewIndex(t.TempDir()), time.Now, store)
		p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
		c := client.OAuth{ClientID: "an-id", ClientSecret: secret.New("a-secret")}
		if _, err := vault.Stage(t.Context(), store.Kind(), p, c, credstore.Pasted); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Activate(t.Context(), "acme", credstore.CheckSummary{At: time.Now(), OK: true}); err != nil {
			t.Fatal(err)
		}
		if err := vault.End(t.Context(), "acme", credstore.Finished); err != nil {
			t.Fatal(err)
		}
		store.On(storetest.Any, store.Count(storetest.Any)+n, storetest.Fail(credstore.Broken))
		_, err := vault.Rename(t.Context(), "acme", "ACME")
		store.Clear()
		if err == nil {
			vault.Close()
			return // every point was tried
		}
		if _, err := vault.Rename(t.Context(), "acme", "ACME"); err != nil {
			t.Fatalf("point %d: %v", n, err)
		}
		r, err := vault.Load(t.Context(), "ACME")
		if err != nil || !client.Same(r.Current.Credential, c) {
			t.Fatalf("point %d: %v", n, err)
		}
		vault.Close()
	}
}

func TestOnWaiting(t *testing.T) {
	var got []credstore.Waiting
	ctx := credstore.OnWaiting(t.Context(), func(w credstore.Waiting) { got = append(got, w) })
	credstore.NotifyWaiting(ctx, credstore.Waiting{What: "the keyring to be unlocked", Until: morning})
	credstore.NotifyWaiting(t.Context(), credstore.Waiting{}) // nobody listens
	if len(got) != 1 || got[0].What != "the keyring to be unlocked" || !got[0].Until.Equal(morning) {
		t.Errorf("told %+v", got)
	}
}
