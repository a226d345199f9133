package agefile_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"filippo.io/age"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/storetest"
)

// lowFactor makes scrypt cheap enough for a test.
const lowFactor = 4

// always answers every question with one passphrase, and gives up after a wrong one.
func always(passphrase string) agefile.Ask {
	return func(_ context.Context, q agefile.Question) (secret.Value, error) {
		if q.Wrong {
			return secret.Value{}, &credstore.Error{Kind: credstore.WrongPassphrase, Store: agefile.Kind, Err: errors.New("the passphrase is wrong")}
		}
		return secret.New(passphrase), nil
	}
}

func opened(dir, passphrase string) *agefile.Store {
	return agefile.New(dir, agefile.Options{Ask: always(passphrase), WorkFactor: lowFactor})
}

func identity(t *testing.T) secret.Value {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return secret.New("# created: today\n# public key: " + key.Recipient().String() + "\n" + key.String() + "\n")
}

func withIdentity(dir string, key secret.Value) *agefile.Store {
	return agefile.New(dir, agefile.Options{Identity: func(context.Context) (secret.Value, error) { return key, nil }})
}

func TestContract(t *testing.T) {
	t.Parallel()
	dirs := map[*testing.T]string{}
	dir := func(t *testing.T) string {
		if dirs[t] == "" {
			dirs[t] = t.TempDir()
		}
		return dirs[t]
	}
	key := identity(t)
	for name, open := range map[string]func(t *testing.T) credstore.Store{
		"passphrase": func(t *testing.T) credstore.Store { return opened(dir(t), "correct horse") },
		"identity":   func(t *testing.T) credstore.Store { return withIdentity(dir(t), key) },
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Contract(t, storetest.Subject{Open: open, Persistent: true})
		})
	}
}

// TestAsksOnce: a run asks for the passphrase once, and not at all where there is nothing to open.
func TestAsksOnce(t *testing.T) {
	t.Parallel()
	dir, asked := filepath.Join(t.TempDir(), "credentials"), []agefile.Question{}
	ask := func(_ context.Context, q agefile.Question) (secret.Value, error) {
		asked = append(asked, q)
		return secret.New("correct horse"), nil
	}
	again := func() *agefile.Store { return agefile.New(dir, agefile.Options{Ask: ask, WorkFactor: lowFactor}) }
	store := again()
	if _, err := store.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Fatal(err)
	}
	if err := store.Delete(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Fatal(err)
	}
	if err := store.Available(t.Context()); err != nil || len(asked) > 0 {
		t.Fatalf("Available: %v, asked %v", err, asked)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("looking made %s: %v", dir, err)
	}
	for range 3 {
		if err := store.Set(t.Context(), "acme", []byte("item")); err != nil {
			t.Fatal(err)
		}
	}
	if len(asked) != 1 || !asked[0].New || asked[0].Folder != dir {
		t.Fatalf("the first writes asked %+v", asked)
	}
	store = again()
	for range 3 {
		if got, err := store.Get(t.Context(), "acme"); err != nil || string(got) != "item" {
			t.Fatal(got, err)
		}
	}
	if len(asked) != 2 || asked[1].New {
		t.Fatalf("another run asked %+v", asked[1:])
	}
	if err := again().Delete(t.Context(), "acme"); err != nil || len(asked) != 2 {
		t.Fatalf("deleting: %v, asked %v", err, asked)
	}
}

// TestWrongPassphrase is asked again three times at most, and changes nothing.
func TestWrongPassphrase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)
	n := 0
	ask := func(_ context.Context, q agefile.Question) (secret.Value, error) {
		if n++; q.Wrong != (n > 1) {
			t.Errorf("question %d: %+v", n, q)
		}
		return secret.New([]string{"a", "b", "c"}[n-1]), nil
	}
	store := agefile.New(dir, agefile.Options{Ask: ask, WorkFactor: lowFactor})
	if _, err := store.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.WrongPassphrase || n != 3 {
		t.Fatalf("after %d questions: %v", n, err)
	}
	n = 0
	ask2 := func(ctx context.Context, q agefile.Question) (secret.Value, error) {
		if q.Wrong {
			return secret.New("correct horse"), nil
		}
		return ask(ctx, q)
	}
	store = agefile.New(dir, agefile.Options{Ask: ask2, WorkFactor: lowFactor})
	if got, err := store.Get(t.Context(), "acme"); err != nil || string(got) != "item" {
		t.Fatal(got, err)
	}
	for _, err := range []error{
		opened(dir, "wrong").Set(t.Context(), "acme", []byte("other")),
		opened(dir, "wrong").Set(t.Context(), "new", []byte("other")),
		opened(dir, "wrong").CompareAndSet(t.Context(), "acme", []byte("item"), []byte("other")),
		opened(dir, "wrong").ChangePassphrase(t.Context()),
		opened(dir, "").ChangePassphrase(t.Context()),
		agefile.New(dir, agefile.Options{}).Set(t.Context(), "acme", []byte("other")),
		agefile.New(dir, agefile.Options{}).Available(t.Context()),
	} {
		sentence, fix := credstore.Explain(err)
		t.Log(sentence, fix)
		if k := credstore.KindOf(err); k != credstore.WrongPassphrase && k != credstore.Locked && k != credstore.Unavailable || sentence == "" || fix == "" {
			t.Errorf("%v: kind %s", err, k)
		}
	}
	same(t, before, files(t, dir))
}

// files are the files of a folder and what they have.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range list {
		if f.Type().IsRegular() {
			text, err := os.ReadFile(filepath.Join(dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			all[f.Name()] = string(text)
		}
	}
	return all
}

func same(t *testing.T, before, after map[string]string) {
	t.Helper()
	if len(before) != len(after) {
		t.Errorf("%d files before, %d after", len(before), len(after))
	}
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s was changed", name)
		}
	}
}

// TestClosed: the folder and its files are for their owner alone, also where they were not.
func TestClosed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the access list of the user's own folders decides there")
	}
	dir := filepath.Join(t.TempDir(), "credentials")
	store := opened(dir, "correct horse")
	for _, name := range []string{"acme", "other"} {
		if err := store.Set(t.Context(), name, []byte("item")); err != nil {
			t.Fatal(err)
		}
	}
	modes := func(when string) {
		t.Helper()
		for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, "item-acme.age"): 0o600, filepath.Join(dir, "store.json"): 0o600} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %s has %v, %v", when, path, info.Mode(), err)
			}
		}
	}
	modes("written")
	for _, path := range []string{dir, filepath.Join(dir, "item-acme.age"), filepath.Join(dir, "store.json")} {
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := opened(dir, "correct horse").Get(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	modes("read")
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("x")); credstore.KindOf(err) != credstore.Denied {
		t.Errorf("into a folder that everybody may write to: %v", err)
	}
}
