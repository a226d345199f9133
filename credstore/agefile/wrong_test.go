package agefile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
)

// sealed is an age file of a text for the recipient of a store.
func sealed(t *testing.T, dir, text string) string {
	t.Helper()
	r, err := age.ParseX25519Recipient(keyFile(t, dir).Recipient)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

type keys struct {
	Schema    int    `json:"schema"`
	Recipient string `json:"recipient"`
	Key       []byte `json:"key"`
}

func keyFile(t *testing.T, dir string) (k keys) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "store.json"))
	if err == nil {
		err = json.Unmarshal(text, &k)
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// TestFilesThatCannotBeRead: each has its own kind and sentence, and stays as it is whatever is tried.
func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	const item, store = "item-acme.age", "store.json"
	for _, test := range []struct {
		name, file string
		text       func(t *testing.T, dir, whole string) string
		kind       credstore.Kind
		says       string
	}{
		{"empty", item, func(*testing.T, string, string) string { return "" }, credstore.Damaged, "empty"},
		{"cut in the first line", item, func(_ *testing.T, _, s string) string { return s[:9] }, credstore.Damaged, "cut off"},
		{"cut in the header", item, func(_ *testing.T, _, s string) string { return s[:40] }, credstore.Damaged, "damaged"},
		{"cut in the content", item, func(_ *testing.T, _, s string) string { return s[:len(s)-5] }, credstore.Damaged, "cut off"},
		{"cut after the header", item, func(_ *testing.T, _, s string) string { return s[:len(s)-100] }, credstore.Damaged, "damaged"},
		{"one bit of the content", item, func(_ *testing.T, _, s string) string { return s[:len(s)-1] + string(s[len(s)-1]^1) }, credstore.Damaged, "damaged"},
		{"one letter of the header", item, func(_ *testing.T, _, s string) string { return strings.Replace(s, "-> X25519 ", "-> X25518 ", 1) }, credstore.Foreign, "another key"},
		{"more behind it", item, func(_ *testing.T, _, s string) string { return s + "x" }, credstore.Damaged, "damaged"},
		{"no file of age", item, func(*testing.T, string, string) string { return "client_secret=abc\n" }, credstore.Foreign, "not a file of age"},
		{"a later age", item, func(*testing.T, string, string) string { return "age-encryption.org/v2\n" }, credstore.Damaged, "newer age"},
		{"another recipient", item, func(t *testing.T, _, _ string) string {
			other := t.TempDir()
			if err := opened(other, "x").Set(t.Context(), "acme", []byte("item")); err != nil {
				t.Fatal(err)
			}
			return files(t, other)[item]
		}, credstore.Foreign, "another key"},
		{"a file of somebody else for this key", item, func(t *testing.T, dir, _ string) string { return sealed(t, dir, "my diary") }, credstore.Foreign, "not written by mimecred"},
		{"another profile's file", item, func(t *testing.T, dir, _ string) string {
			return sealed(t, dir, `{"schema":1,"name":"other","item":""}`)
		}, credstore.Foreign, "file of other"},
		{"a later mimecred", item, func(t *testing.T, dir, _ string) string {
			return sealed(t, dir, `{"schema":2,"name":"acme","item":""}`)
		}, credstore.Damaged, "newer mimecred"},
		{"the key is damaged", store, func(*testing.T, string, string) string { return `{"schema":` }, credstore.Damaged, "damaged"},
		{"the key is empty", store, func(*testing.T, string, string) string { return "" }, credstore.Damaged, "damaged"},
		{"the key of a later mimecred", store, func(*testing.T, string, string) string { return `{"schema":2}` }, credstore.Damaged, "newer mimecred"},
		{"the key names no recipient", store, func(*testing.T, string, string) string { return `{"schema":1,"recipient":"age1"}` }, credstore.Damaged, "no recipient"},
		{"the key is that of another recipient", store, func(t *testing.T, dir, _ string) string {
			other := t.TempDir()
			if err := opened(other, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
				t.Fatal(err)
			}
			k := keyFile(t, other)
			k.Recipient = keyFile(t, dir).Recipient
			text, _ := json.Marshal(k)
			return string(text)
		}, credstore.Damaged, "not that of its recipient"},
		{"the key is cut off", store, func(t *testing.T, dir, _ string) string {
			k := keyFile(t, dir)
			k.Key = k.Key[:len(k.Key)-5]
			text, _ := json.Marshal(k)
			return string(text)
		}, credstore.Damaged, "cut off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, test.file), []byte(test.text(t, dir, files(t, dir)[test.file])), 0o600); err != nil {
				t.Fatal(err)
			}
			before := files(t, dir)
			_, err := opened(dir, "correct horse").Get(t.Context(), "acme")
			sentence, fix := credstore.Explain(err)
			t.Log(sentence, fix)
			if credstore.KindOf(err) != test.kind || !strings.Contains(sentence, test.says) || fix == "" {
				t.Errorf("kind %s, %q (%q), want %s with %q", credstore.KindOf(err), sentence, fix, test.kind, test.says)
			}
			if err := opened(dir, "correct horse").CompareAndSet(t.Context(), "acme", []byte("item"), []byte("new")); credstore.KindOf(err) != test.kind {
				t.Errorf("comparing: %v", err)
			}
			same(t, before, files(t, dir))
		})
	}
}

// TestNoKey: items whose key is missing are not joined by those of another one.
func TestNoKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "store.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := opened(dir, "correct horse").Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.Locked {
		t.Error(err)
	}
	if err := opened(dir, "correct horse").Set(t.Context(), "new", []byte("item")); credstore.KindOf(err) != credstore.Locked {
		t.Error(err)
	}
}

// TestIdentityFiles: the right one opens a store, also one with a passphrase; any other one says why not.
func TestIdentityFiles(t *testing.T) {
	t.Parallel()
	key := identity(t)
	dir := t.TempDir()
	if err := withIdentity(dir, key).Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	reads := func(s *agefile.Store, kind credstore.Kind, says string) {
		t.Helper()
		got, err := s.Get(t.Context(), "acme")
		if credstore.KindOf(err) != kind || err != nil && !strings.Contains(err.Error(), says) || err == nil && string(got) != "item" {
			t.Errorf("got %q, %v; want kind %q with %q", got, err, kind, says)
		}
	}
	both := func(a, b secret.Value) secret.Value { return secret.New(a.Reveal() + b.Reveal()) }
	reads(withIdentity(dir, key), "", "")
	reads(withIdentity(dir, both(identity(t), key)), "", "")
	reads(withIdentity(dir, identity(t)), credstore.Foreign, "not in the identity file")
	reads(withIdentity(dir, secret.New("AGE-SECRET-KEY-1XYZ\n")), credstore.Locked, "AGE-SECRET-KEY-1")
	reads(withIdentity(dir, secret.New("age-encryption.org/v1\n")), credstore.Locked, "itself encrypted")
	reads(opened(dir, "correct horse"), credstore.Locked, "identity file, and none was named")
	if err := withIdentity(dir, key).ChangePassphrase(t.Context()); credstore.KindOf(err) != credstore.Unavailable {
		t.Error(err)
	}

	dir = t.TempDir()
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	i, err := age.NewScryptIdentity("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(keyFile(t, dir).Key), i)
	if err != nil {
		t.Fatal(err)
	}
	own, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	reads(withIdentity(dir, secret.New(string(own))), "", "")
	reads(withIdentity(dir, key), credstore.Foreign, "not in the identity file")
}

// TestDeadline: neither a person who does not answer, nor a lock of somebody else, holds an operation beyond its deadline.
func TestDeadline(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	silent := agefile.New(dir, agefile.Options{Ask: func(ctx context.Context, _ agefile.Question) (secret.Value, error) {
		<-ctx.Done()
		return secret.Value{}, ctx.Err()
	}})
	release, err := credstore.NewFolder(dir).Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	for _, do := range []func(ctx context.Context) error{
		func(ctx context.Context) error { _, err := silent.Get(ctx, "acme"); return err },
		func(ctx context.Context) error { return silent.Set(ctx, "acme", []byte("x")) },
		func(ctx context.Context) error { return opened(dir, "correct horse").Set(ctx, "acme", []byte("x")) },
		func(ctx context.Context) error { return opened(dir, "correct horse").Delete(ctx, "acme") },
	} {
		for name, end := range map[string]func() (context.Context, context.CancelFunc){
			"deadline": func() (context.Context, context.CancelFunc) {
				return context.WithTimeout(t.Context(), 20*time.Millisecond)
			},
			"cancelled": func() (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(20*time.Millisecond, cancel)
				return ctx, cancel
			},
		} {
			ctx, cancel := end()
			err := do(ctx)
			cancel()
			if k := credstore.KindOf(err); k != credstore.TimedOut && k != credstore.Canceled && k != credstore.Conflict {
				t.Errorf("%s: %v (kind %s)", name, err, k)
			}
		}
	}
}
