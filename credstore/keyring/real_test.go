package keyring_test

import (
	"errors"
	"strings"
	"testing"

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
