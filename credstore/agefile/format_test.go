package agefile_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// TestFormat holds what the package's comment says: age and JSON alone open what was written, and nothing of a secret shows.
func TestFormat(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("the item")); err != nil {
		t.Fatal(err)
	}
	for name, text := range files(t, dir) {
		for _, secret := range []string{"the item", "correct horse", "AGE-SECRET-KEY"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %q", name, secret)
			}
		}
	}
	k := keyFile(t, dir)
	if k.Schema != 1 || !strings.Contains(string(k.Key), "-> scrypt ") {
		t.Errorf("store.json has schema %d and a key that begins with %.60q", k.Schema, k.Key)
	}
	passphrase, err := age.NewScryptIdentity("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	key, err := age.ParseX25519Identity(string(decrypted(t, k.Key, passphrase)))
	if err != nil || key.Recipient().String() != k.Recipient {
		t.Fatalf("the key is for %s: %v", k.Recipient, err)
	}
	item, err := os.ReadFile(filepath.Join(dir, "item-acme.age"))
	if err != nil {
		t.Fatal(err)
	}
	var inside struct {
		Schema int    `json:"schema"`
		Name   string `json:"name"`
		Item   []byte `json:"item"`
	}
	if err := json.Unmarshal(decrypted(t, item, key), &inside); err != nil || inside.Schema != 1 || inside.Name != "acme" || string(inside.Item) != "the item" {
		t.Errorf("the item has %+v, %v", inside, err)
	}
}

func decrypted(t *testing.T, sealed []byte, with age.Identity) []byte {
	t.Helper()
	r, err := age.Decrypt(bytes.NewReader(sealed), with)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestOldStore: what an earlier mimecred wrote is read by every later one. The files were written by the first one.
func TestOldStore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range files(t, "testdata/first") {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := opened(dir, "correct horse").Get(t.Context(), "acme"); err != nil || string(got) != "the item" {
		t.Errorf("%q, %v", got, err)
	}
}
