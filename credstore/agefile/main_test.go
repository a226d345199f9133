package agefile_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/storetest"
)

// What makes this test binary a process that works in a store: what it does, and where it is killed.
const (
	doVariable    = "AGEFILE_TEST_DO"
	pointVariable = "AGEFILE_TEST_POINT"
)

func TestMain(m *testing.M) {
	if do := os.Getenv(doVariable); do != "" {
		if err := work(do, os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// work does what another process is made for.
func work(do, dir string) error {
	points, err := storetest.NewPoints(os.Getenv(pointVariable), "")
	if err != nil {
		return err
	}
	passphrase := "old"
	if do == "write" {
		passphrase = "the first"
	}
	store := agefile.New(dir, agefile.Options{
		WorkFactor: lowFactor, Files: points.Files(credstore.OSFiles{}),
		Ask: func(_ context.Context, q agefile.Question) (secret.Value, error) {
			switch {
			case q.Wrong:
				return secret.Value{}, errors.New("wrong")
			case q.New && q.Change:
				return secret.New("new"), nil
			}
			return secret.New(passphrase), nil
		},
	})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	switch do {
	case "write":
		return store.Set(ctx, "acme", []byte("item"))
	case "change":
		return store.ChangePassphrase(ctx)
	}
	return errors.New("there is nothing to do")
}

// child runs work in a process of its own; false when it was killed.
func child(t *testing.T, do, dir, point string) bool {
	t.Helper()
	return !storetest.Killed(t, []string{doVariable + "=" + do, pointVariable + "=" + point}, dir)
}

// TestKilledWhileMade: whoever is killed while a store is made leaves none, or one that the passphrase opens.
func TestKilledWhileMade(t *testing.T) {
	t.Parallel()
	points := 0
	for n := 1; ; n++ {
		dir := t.TempDir()
		if child(t, "write", dir, fmt.Sprintf("kill:file:%d", n)) {
			break
		}
		points++
		if !child(t, "write", dir, "") {
			t.Fatal("killed without a point")
		}
		if got, err := opened(dir, "the first").Get(t.Context(), "acme"); err != nil || string(got) != "item" {
			t.Fatalf("after point %d: %q, %v", n, got, err)
		}
	}
	if points != 2 { // the key and the item
		t.Errorf("killed at %d points", points)
	}
}

// TestMadeByManyAtOnce: processes that find no store, and choose the same passphrase, make one between them, and each writes its item.
func TestMadeByManyAtOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "credentials")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if !child(t, "write", dir, "") {
				t.Error("killed without a point")
			}
		})
	}
	group.Wait()
	if got, err := opened(dir, "the first").Get(t.Context(), "acme"); err != nil || string(got) != "item" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestKilledWhilePassphraseChanges: one of the two passphrases opens the store, wherever the change of it is killed, and the other
// does not.
func TestKilledWhilePassphraseChanges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := opened(dir, "old").Set(t.Context(), "acme", []byte("item")); err != nil {
		t.Fatal(err)
	}
	opens := func(passphrase string) bool {
		got, err := opened(dir, passphrase).Get(t.Context(), "acme")
		if err != nil && credstore.KindOf(err) != credstore.WrongPassphrase {
			t.Fatal(err)
		}
		return err == nil && string(got) == "item"
	}
	change := func(from, to string) {
		t.Helper()
		ask := func(_ context.Context, q agefile.Question) (secret.Value, error) {
			if q.New {
				return secret.New(to), nil
			}
			return secret.New(from), nil
		}
		if err := agefile.New(dir, agefile.Options{Ask: ask, WorkFactor: lowFactor}).ChangePassphrase(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if child(t, "change", dir, "kill:file:1") || opens("old") || !opens("new") {
		t.Fatal("killed right after the write, which has happened")
	}
	change("new", "old")

	// And at any moment: the time at which it is killed goes from nothing to all that a change lasts.
	begin := time.Now()
	child(t, "change", dir, "")
	whole := time.Since(begin)
	change("new", "old")
	killed, done := 0, 0
	for n := range 40 {
		ctx, cancel := context.WithTimeout(t.Context(), whole*time.Duration(n)/30)
		cmd := exec.CommandContext(ctx, os.Args[0], dir) // which is killed when its time is over
		cmd.Env = append(os.Environ(), doVariable+"=change", pointVariable+"=")
		err := cmd.Run()
		cancel()
		if err == nil {
			done++
		} else {
			killed++
		}
		old, changed := opens("old"), opens("new")
		if old == changed {
			t.Fatalf("after %d: the old passphrase opens %v, the new one %v", n, old, changed)
		}
		if changed {
			change("new", "old")
		}
	}
	t.Logf("counted: killed %d times at any moment, ended %d times", killed, done)
	change("old", "old")
	for name := range files(t, dir) {
		if strings.HasPrefix(name, ".store.json") {
			t.Errorf("a write that was killed left %s", name)
		}
	}
}
