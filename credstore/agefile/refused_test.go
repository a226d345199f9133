package agefile_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
)

// asking counts the questions that are answered with one text, or refused.
func asking(dir string, once bool, answer func() (secret.Value, error)) (*agefile.Store, *atomic.Int32) {
	asked := &atomic.Int32{}
	return agefile.New(dir, agefile.Options{
		WorkFactor: lowFactor, Once: func() bool { return once },
		Ask: func(context.Context, agefile.Question) (secret.Value, error) {
			asked.Add(1)
			return answer()
		},
	}), asked
}

// TestRefusedOnce: whatever waited while a passphrase was refused, or belongs to the same try, is refused without another question. A
// new try asks again where a person may have another answer.
func TestRefusedOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const profiles = 8
	for n := range profiles {
		if err := opened(dir, "correct horse").Set(t.Context(), fmt.Sprintf("acme-%d", n), []byte("item")); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name   string
		answer func() (secret.Value, error)
		kind   credstore.Kind
		want   int32 // questions of one try
	}{
		{"wrong", func() (secret.Value, error) { return secret.New("wrong"), nil }, credstore.WrongPassphrase, 3},
		{"refused", func() (secret.Value, error) { return secret.Value{}, errors.New("went back") }, credstore.Locked, 1},
		{"empty", func() (secret.Value, error) { return secret.Value{}, nil }, credstore.Locked, 1},
	} {
		for _, once := range []bool{false, true} {
			store, asked := asking(dir, once, test.answer)
			try := func(ctx context.Context) {
				for n := range profiles {
					name := fmt.Sprintf("acme-%d", n)
					if _, err := store.Get(ctx, name); credstore.KindOf(err) != test.kind {
						t.Errorf("%s: %v", test.name, err)
					}
					if err := store.Set(ctx, name, []byte("other")); credstore.KindOf(err) != test.kind {
						t.Errorf("%s: %v", test.name, err)
					}
				}
			}
			try(credstore.OneTry(t.Context(), time.Now()))
			if n := asked.Load(); n != test.want {
				t.Errorf("%s: one try asked %d times", test.name, n)
			}
			_, _ = store.Get(t.Context(), "acme-0")
			want := 2 * test.want
			if once {
				want = test.want
			}
			if n := asked.Load(); n != want {
				t.Errorf("%s, once %v: after another try it was asked %d times, not %d", test.name, once, n, want)
			}
		}
	}
}

// TestRefusedWhileOthersWait: operations that begin at the same time are one question, without being told so.
func TestRefusedWhileOthersWait(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	const readers = 8
	var waiting sync.WaitGroup
	waiting.Add(readers)
	store, asked := asking(dir, false, func() (secret.Value, error) {
		waiting.Wait() // each of them has begun
		return secret.Value{}, errors.New("went back")
	})
	var group sync.WaitGroup
	for range readers {
		group.Go(func() {
			ctx := &begins{Context: t.Context(), begun: sync.OnceFunc(waiting.Done)}
			if _, err := store.Get(ctx, "acme"); credstore.KindOf(err) != credstore.Locked {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// begins is a context that tells when an operation waits for its turn.
type begins struct {
	context.Context

	begun func()
}

func (b *begins) Done() <-chan struct{} {
	b.begun()
	return b.Context.Done()
}

// TestCancelledIsNoRefusal: who stops waiting refuses nothing to the others.
func TestCancelledIsNoRefusal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := opened(dir, "correct horse").Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	store := agefile.New(dir, agefile.Options{Once: func() bool { return true }, Ask: func(context.Context, agefile.Question) (secret.Value, error) {
		if ctx.Err() == nil {
			cancel()
			return secret.Value{}, ctx.Err()
		}
		return secret.New("correct horse"), nil
	}})
	if _, err := store.Get(ctx, "acme"); credstore.KindOf(err) != credstore.Canceled {
		t.Error(err)
	}
	if got, err := store.Get(t.Context(), "acme"); err != nil || string(got) != "item" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestIdentityWithoutKeyFile: with an identity file, a store whose store.json is missing is made anew only for a key that its items
// are encrypted for, wherever its folder lies.
func TestIdentityWithoutKeyFile(t *testing.T) {
	t.Parallel()
	own, other := identity(t), identity(t)
	for _, test := range []struct {
		name string
		key  secret.Value
		ok   bool
	}{
		{"its own", own, true},
		{"its own among others", secret.New(other.Reveal() + own.Reveal()), true},
		{"another", other, false},
	} {
		for _, folder := range []string{"plain", "[ab]"} {
			dir := filepath.Join(t.TempDir(), folder)
			if err := withIdentity(dir, own).Set(t.Context(), "acme", []byte("item")); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(dir, "store.json")); err != nil {
				t.Fatal(err)
			}
			before := files(t, dir)
			set := withIdentity(dir, test.key).Set(t.Context(), "new", []byte("item"))
			if !test.ok {
				same(t, before, files(t, dir))
			}
			_, get := withIdentity(dir, test.key).Get(t.Context(), "acme")
			for _, err := range []error{set, get} {
				if test.ok != (err == nil) || err != nil && credstore.KindOf(err) != credstore.Locked {
					t.Errorf("%s, %s: %v", test.name, folder, err)
				}
			}
			if err := opened(dir, "correct horse").Set(t.Context(), "another", []byte("item")); credstore.KindOf(err) != credstore.Locked {
				t.Errorf("%s, %s: a passphrase made a store over them: %v", test.name, folder, err)
			}
		}
	}
}

// endsAt is a context that ends when it has been looked at a number of times.
type endsAt struct {
	context.Context

	looks int
}

func (e *endsAt) Err() error {
	if e.looks--; e.looks < 0 {
		return context.Canceled
	}
	return e.Context.Err()
}

// TestDeletedOrTold: wherever the context of a deletion ends, no error means that the file is gone.
func TestDeletedOrTold(t *testing.T) {
	t.Parallel()
	dir, done := t.TempDir(), false
	for looks := 0; !done; looks++ {
		store := opened(dir, "correct horse")
		if err := store.Set(t.Context(), "acme", []byte("item")); err != nil {
			t.Fatal(err)
		}
		err := store.Delete(&endsAt{t.Context(), looks}, "acme")
		_, there := os.Stat(filepath.Join(dir, "item-acme.age"))
		switch {
		case err == nil && !errors.Is(there, os.ErrNotExist):
			t.Fatalf("ended after %d looks: no error, and the file is there", looks)
		case err != nil && credstore.KindOf(err) != credstore.Canceled:
			t.Fatal(err)
		}
		done = err == nil
	}
	if err := opened(dir, "x").Delete(t.Context(), "../x"); credstore.KindOf(err) != credstore.Broken {
		t.Errorf("a name that is none: %v", err)
	}
}
