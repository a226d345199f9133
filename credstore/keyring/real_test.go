package keyring_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/keyring"
	"mimecred/credstore/keyring/keyringtest"
	"mimecred/credstore/storetest"
)

func TestContract(t *testing.T) {
	keyringtest.Need(t)
	storetest.Contract(t, storetest.Subject{
		Open:       func(*testing.T) credstore.Store { return keyring.New(keyring.Options{}) },
		Persistent: true,
	})
}

func TestSecretToolSeesTheItem(t *testing.T) {
	keyringtest.Need(t)
	store := keyring.New(keyring.Options{})
	if err := store.Set(t.Context(), "seen", []byte(`{"from":"mimecred"}`)); err != nil {
		t.Fatal(err)
	}
	if got, err := session.Lookup("seen"); err != nil || got != `{"from":"mimecred"}` {
		t.Errorf("secret-tool lookup = %q, %v", got, err)
	}
	found, err := session.Search("seen")
	if err != nil || !strings.Contains(found, "Password for 'seen' on 'mimecred'") {
		t.Errorf("secret-tool search = %q, %v", found, err)
	}
	if err := store.Delete(t.Context(), "seen"); err != nil {
		t.Fatal(err)
	}
	if _, err := session.Lookup("seen"); !errors.Is(err, keyringtest.ErrNoItem) {
		t.Errorf("secret-tool lookup after Delete: %v", err)
	}
	if _, err := session.Search("seen"); !errors.Is(err, keyringtest.ErrNoItem) {
		t.Errorf("secret-tool search after Delete: %v", err)
	}
}

func TestLockedCollection(t *testing.T) {
	keyringtest.Need(t)
	store := keyring.New(keyring.Options{})
	set(t, store, "locked", "before")
	if err := session.Lock(); err != nil {
		t.Fatal(err)
	}
	unlock := sync.OnceFunc(func() {
		if err := session.Unlock(); err != nil {
			t.Error(err)
		}
	})
	defer unlock()
	if err := store.Available(t.Context()); err != nil {
		t.Errorf("Available() of a locked keyring = %v: it can be used once it is unlocked", err)
	}
	_, err := store.Get(t.Context(), "locked")
	wantKind(t, err, credstore.Locked)
	err = store.Set(t.Context(), "locked", []byte("after"))
	wantKind(t, err, credstore.Locked)
	if sentence, fix := credstore.Explain(err); !strings.Contains(sentence, "the keyring is locked") || !strings.Contains(fix, "Unlock it") {
		t.Errorf("Explain: %q, %q", sentence, fix)
	}
	wantKind(t, store.Delete(t.Context(), "locked"), credstore.Locked)

	vault := credstore.NewVault(credstore.NewMemoryIndex(), time.Now, store)
	p := credstore.Profile{Name: "locked-profile", API: client.API20}
	wantKind(t, vault.Preflight(t.Context(), keyring.Kind, p), credstore.Locked)
	unlock()
	if item, err := store.Get(t.Context(), "locked"); err != nil || string(item) != "before" {
		t.Errorf("once unlocked: %q, %v", item, err)
	}
	if err := vault.Preflight(t.Context(), keyring.Kind, p); err != nil {
		t.Errorf("Preflight once unlocked: %v", err)
	}
	if _, err := session.Lookup(".locked-profile"); !errors.Is(err, keyringtest.ErrNoItem) {
		t.Errorf("Preflight left its item behind: %v", err)
	}
}

func TestStoppedDaemon(t *testing.T) {
	keyringtest.Need(t)
	store := keyring.New(keyring.Options{Silent: 20 * time.Millisecond, Patience: 200 * time.Millisecond})
	set(t, store, "stopped", "before")
	if err := session.Stop(); err != nil {
		t.Fatal(err)
	}
	resume := sync.OnceFunc(func() {
		if err := session.Continue(); err != nil {
			t.Error(err)
		}
	})
	defer resume()

	told := make(chan credstore.Waiting, 10)
	ctx := credstore.OnWaiting(t.Context(), func(w credstore.Waiting) { told <- w })
	failed := store.Set(ctx, "stopped", []byte("late"))
	wantKind(t, failed, credstore.TimedOut)
	if n := len(told); n != 1 && n != 2 {
		t.Fatalf("told %d times of the wait, want once", n)
	}
	service := regexp.MustCompile(`the keyring service \(gnome-keyring-daemon, process [0-9]+\)`)
	w := <-told
	if len(told) == 1 && strings.HasPrefix(w.What, "the session bus") { // the first look was too short on a busy machine
		w = <-told
	}
	if !service.MatchString(w.What) || !strings.HasSuffix(w.What, " to answer") {
		t.Errorf("told to wait for %q, want for the service to answer", w.What)
	}
	for _, op := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := store.Get(ctx, "stopped"); return err },
		func(ctx context.Context) error { return store.Set(ctx, "other", []byte("x")) },
		func(ctx context.Context) error { return store.Delete(ctx, "other") },
		func(context.Context) error { return failed },
	} {
		short, end := context.WithTimeout(t.Context(), 150*time.Millisecond) // a caller's own deadline says the same
		err := op(short)
		end()
		wantKind(t, err, credstore.TimedOut)
		sentence, fix := credstore.Explain(err)
		if !service.MatchString(sentence) || !strings.Contains(sentence, "does not answer") || strings.Contains(sentence+fix, "nlock") {
			t.Errorf("Explain: %q, %q", sentence, fix)
		}
	}
	if err := store.Available(t.Context()); err != nil {
		t.Errorf("Available() while the daemon hangs = %v", err)
	}

	patient, cancel := context.WithCancel(t.Context())
	patient = credstore.OnWaiting(patient, func(credstore.Waiting) { cancel() })
	_, err := store.Get(patient, "stopped")
	wantKind(t, err, credstore.Canceled)

	resume()
	// The write that timed out still happens, and a read that is asked for after it sees it.
	var item []byte
	for range 100 { // on a busy machine it may take longer than this store's patience
		if item, err = store.Get(t.Context(), "stopped"); credstore.KindOf(err) != credstore.TimedOut {
			break
		}
	}
	if err != nil || string(item) != "late" {
		t.Errorf("after the daemon went on: %q, %v", item, err)
	}
}

func TestRestartedAndRemovedProvider(t *testing.T) {
	keyringtest.Need(t)
	store := keyring.New(keyring.Options{})
	set(t, store, "kept", "item")
	if err := session.Remove(); err != nil {
		t.Fatal(err)
	}
	wantKind(t, store.Available(t.Context()), credstore.Unavailable)
	_, err := store.Get(t.Context(), "kept")
	wantKind(t, err, credstore.Unavailable)
	if sentence, fix := credstore.Explain(err); !strings.Contains(sentence, "cannot be used here") || !strings.Contains(fix, "plain text") {
		t.Errorf("Explain: %q, %q", sentence, fix)
	}
	if err := session.Restart(); err != nil {
		t.Fatal(err)
	}
	if item, err := store.Get(t.Context(), "kept"); err != nil || string(item) != "item" {
		t.Errorf("after a restart: %q, %v", item, err)
	}
}

func TestWholeSwapInTheRealKeyring(t *testing.T) {
	keyringtest.Need(t)
	dir := t.TempDir()
	vault := credstore.NewVault(credstore.NewIndex(dir), time.Now, keyring.New(keyring.Options{}))
	defer vault.Close()
	p := credstore.Profile{Name: "swap", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
	for _, tag := range []string{"one", "two"} {
		c := client.OAuth{ClientID: tag, ClientSecret: secret.New("Grüße-" + tag)}
		if err := vault.Preflight(t.Context(), keyring.Kind, p); err != nil {
			t.Fatal(err)
		}
		staged, err := vault.Stage(t.Context(), keyring.Kind, p, c, credstore.Pasted)
		if err != nil || !client.Same(staged.Pending.Credential, c) {
			t.Fatalf("Stage: %v", err)
		}
		if _, err := vault.Activate(t.Context(), "swap", credstore.CheckSummary{At: time.Now(), OK: true}); err != nil {
			t.Fatal(err)
		}
	}
	item, err := session.Lookup("swap")
	if err != nil || !strings.Contains(item, "Grüße-one") || !strings.Contains(item, "Grüße-two") {
		t.Errorf("secret-tool lookup: %v", err)
	}
	if where := vault.Location(keyring.Kind, "swap"); !strings.Contains(where, "Password for 'swap' on 'mimecred'") {
		t.Errorf("Location = %q", where)
	}
	if err := vault.Delete(t.Context(), "swap"); err != nil {
		t.Fatal(err)
	}
	if _, err := session.Lookup("swap"); !errors.Is(err, keyringtest.ErrNoItem) {
		t.Errorf("after Delete: %v", err)
	}
}

func set(t *testing.T, store *keyring.Store, name, item string) {
	t.Helper()
	if err := store.Set(t.Context(), name, []byte(item)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Delete(context.Background(), name) })
}

func wantKind(t *testing.T, err error, want credstore.Kind) {
	t.Helper()
	if credstore.KindOf(err) != want {
		t.Fatalf("error %v, want one of kind %s", err, want)
	}
}
