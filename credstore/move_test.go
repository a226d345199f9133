package credstore_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/storetest"
)

const keyringKind = "keyring"

// mover makes this test binary a process that moves acme: "keyring:file", killed at a point.
const (
	moverVariable = "CREDSTORE_TEST_MOVER"
	pointVariable = "CREDSTORE_TEST_POINT"
)

// moverVault is a vault of a keyring and of encrypted files that outlive the process, both in dir, whose every write is a point.
func moverVault(dir, point string) (*credstore.Vault, error) {
	points, err := storetest.NewPoints(point, "")
	if err != nil {
		return nil, err
	}
	files := points.Files(credstore.OSFiles{})
	sealed := agefile.New(filepath.Join(dir, "credentials"), agefile.Options{Files: files, Identity: func(context.Context) (secret.Value, error) {
		text, err := os.ReadFile(filepath.Join(dir, "key"))
		return secret.New(string(text)), err
	}})
	ring := points.Store(storetest.NewDisk(dir, keyringKind))
	return credstore.NewVault(credstore.NewIndex(dir, credstore.WithFiles(files)), clock, ring, sealed), nil
}

// move is what the other process does.
func move(dir, way string) int {
	vault, err := moverVault(dir, os.Getenv(pointVariable))
	if err == nil {
		_, to, _ := strings.Cut(way, ":")
		_, err = vault.Transfer(context.Background(), credstore.Transfer{Name: "acme", To: to, Move: true})
		vault.Close()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// killedMove moves acme in another process; true when that was killed.
func killedMove(t *testing.T, dir, way, point string) bool {
	t.Helper()
	return storetest.Killed(t, []string{moverVariable + "=" + way, pointVariable + "=" + point}, dir)
}

// TestMoveKilledAnywhere kills a move with SIGKILL after every write of a store and of a file: acme is in the store that the list
// names, and the same move finishes it, with nothing left behind.
func TestMoveKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"keyring:file", "file:keyring"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			points := 0
			for _, place := range []storetest.Place{storetest.AtStore, storetest.AtFile} {
				for n := 1; ; n++ {
					from, to, _ := strings.Cut(way, ":")
					dir := newPlace(t, from)
					if !killedMove(t, dir, way, fmt.Sprintf("kill:%s:%d", place, n)) {
						break
					}
					points++
					afterKill(t, dir, to, fmt.Sprintf("%s %d", place, n))
				}
			}
			if t.Logf("counted: killed at %d points", points); points < 5 {
				t.Error("that is not all of a move")
			}
		})
	}
}

// newPlace is a folder whose acme is in a store.
func newPlace(t *testing.T, store string) string {
	t.Helper()
	dir := t.TempDir()
	key, err := age.GenerateX25519Identity()
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "key"), []byte(key.String()), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	v, err := moverVault(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if _, err := v.Stage(t.Context(), store, profile("acme"), oauth("one"), credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Activate(t.Context(), "acme", passed()); err != nil {
		t.Fatal(err)
	}
	if err := v.End(t.Context(), "acme", credstore.Finished); err != nil {
		t.Fatal(err)
	}
	return dir
}

// finished makes a version of acme the current one, with nothing left to do.
func finished(b bench, tag string) {
	b.Helper()
	b.setUp("acme", tag)
	if err := b.vault.End(b.Context(), "acme", credstore.Finished); err != nil {
		b.Fatal(err)
	}
}

// afterKill looks at what a killed move has left, and moves again.
func afterKill(t *testing.T, dir, to, point string) {
	t.Helper()
	v, err := moverVault(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	r, err := v.Load(t.Context(), "acme")
	if err != nil || tags(r) != "active=one" {
		t.Fatalf("%s: the list's store has %q, %v", point, tags(r), err)
	}
	if _, err := v.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: to, Move: true}); err != nil {
		t.Fatalf("%s: again: %v", point, err)
	}
	e, known, err := v.Lookup("acme")
	if err != nil || !known || e.Store != to || len(v.Moves()) > 0 {
		t.Errorf("%s: the list says %+v (%v), moves %v", point, e, err, v.Moves())
	}
	if r, err := v.Load(t.Context(), "acme"); err != nil || tags(r) != "active=one" {
		t.Errorf("%s: at the end %q, %v", point, tags(r), err)
	}
	items, _ := filepath.Glob(filepath.Join(dir, "item-*"))
	sealed, _ := filepath.Glob(filepath.Join(dir, "credentials", "item-*"))
	if (len(items) == 1) != (to == keyringKind) || (len(sealed) == 1) != (to == agefile.Kind) {
		t.Errorf("%s: left behind: %v, %v", point, items, sealed)
	}
}

// reaper ends two stores together before or after their n-th operation, as if the process had been killed there.
type reaper struct {
	n, at int
	after bool
	dead  bool
}

func (r *reaper) fault(_ context.Context, call storetest.Call, do func() ([]byte, error)) ([]byte, error) {
	gone := &credstore.Error{Kind: credstore.Broken, Op: string(call.Op), Err: errors.New("killed")}
	if r.n++; r.dead || r.n == r.at && !r.after {
		r.dead = true
		return nil, gone
	}
	item, err := do()
	if r.n == r.at {
		r.dead = true
		return nil, gone
	}
	return item, err
}

// TestMoveKilledAtEveryStoreOperation is the same for every pair of stores in one process, reads included, where a store may be one
// that no process outlives.
func TestMoveKilledAtEveryStoreOperation(t *testing.T) {
	t.Parallel()
	stores := map[string]func(t *testing.T) credstore.Store{
		credstore.MemoryKind: func(*testing.T) credstore.Store { return credstore.NewMemory() },
		keyringKind:          func(t *testing.T) credstore.Store { return storetest.NewDisk(t.TempDir(), keyringKind) },
		agefile.Kind:         encrypted,
	}
	for from, openFrom := range stores {
		for to, openTo := range stores {
			if from == to {
				continue
			}
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				points := 0
				for n := 1; ; n++ {
					if !moveKilledAt(t, openFrom(t), openTo(t), &reaper{at: n}) {
						break
					}
					moveKilledAt(t, openFrom(t), openTo(t), &reaper{at: n, after: true})
					points += 2
				}
				if t.Logf("counted: killed at %d points", points); points < 10 {
					t.Error("that is not all of a move")
				}
			})
		}
	}
}

func moveKilledAt(t *testing.T, from, to credstore.Store, r *reaper) (killed bool) {
	t.Helper()
	b := newBench(t, from)
	finished(b, "one")
	b.vault.Close()
	mortal := []credstore.Store{storetest.NewFaulty(from).On(storetest.Any, 0, r.fault), storetest.NewFaulty(to).On(storetest.Any, 0, r.fault)}
	doomed := credstore.NewVault(b.index, clock, mortal...)
	what := credstore.Transfer{Name: "acme", To: to.Kind(), Move: true}
	_, err := doomed.Transfer(t.Context(), what)
	doomed.Close()
	if !r.dead {
		if err != nil {
			t.Fatal(err)
		}
		return false
	}
	next := credstore.NewVault(b.index, clock, from, to)
	defer next.Close()
	got, err := next.Load(t.Context(), "acme")
	if err != nil || tags(got) != "active=one" {
		t.Fatalf("killed at %d: the list's store has %q, %v", r.at, tags(got), err)
	}
	if _, err := next.Transfer(t.Context(), what); err != nil {
		t.Fatalf("killed at %d, again: %v", r.at, err)
	}
	got, err = next.Load(t.Context(), "acme")
	if err != nil || tags(got) != "active=one" || len(next.Moves()) > 0 {
		t.Fatalf("killed at %d, at the end: %q, %v, %v", r.at, tags(got), err, next.Moves())
	}
	if _, err := from.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Fatalf("killed at %d: it is left where it was: %v", r.at, err)
	}
	return true
}

// TestTransfer: what is copied, what is refused, and what a dry run changes.
func TestTransfer(t *testing.T) {
	t.Parallel()
	ring, sealed := storetest.NewDisk(t.TempDir(), keyringKind), encrypted(t)
	b := newBench(t, ring)
	b.vault = credstore.NewVault(b.index, clock, ring, sealed)
	finished(b, "one")
	try := func(what credstore.Transfer, kind credstore.Kind, want credstore.Transferred) {
		t.Helper()
		what.Name = "acme"
		got, err := b.vault.Transfer(t.Context(), what)
		if credstore.KindOf(err) != kind || err == nil && got != want {
			t.Errorf("%+v: %+v, %v; want %+v, kind %q", what, got, err, want, kind)
		}
	}
	there := func(want ...string) {
		t.Helper()
		var have []string
		for _, s := range []credstore.Store{ring, sealed} {
			if _, err := s.Get(t.Context(), "acme"); err == nil {
				have = append(have, s.Kind())
			}
		}
		if e := b.entry("acme"); !slices.Equal(have, want) || !slices.Contains(want, e.Store) {
			t.Errorf("in %v, listed in %s, want %v", have, e.Store, want)
		}
	}
	try(credstore.Transfer{To: "openbao"}, credstore.Unavailable, credstore.Transferred{})
	try(credstore.Transfer{To: keyringKind, Move: true}, "", credstore.Transferred{From: keyringKind, To: keyringKind, There: true})
	try(credstore.Transfer{To: agefile.Kind, Move: true, DryRun: true}, "", credstore.Transferred{From: keyringKind, To: agefile.Kind})
	there(keyringKind)
	try(credstore.Transfer{To: agefile.Kind}, "", credstore.Transferred{From: keyringKind, To: agefile.Kind})
	there(keyringKind, agefile.Kind)
	finished(b, "two") // the copy does not follow
	try(credstore.Transfer{To: agefile.Kind, Move: true}, credstore.Conflict, credstore.Transferred{})
	try(credstore.Transfer{To: agefile.Kind, Replace: true}, "", credstore.Transferred{From: keyringKind, To: agefile.Kind})
	try(credstore.Transfer{To: agefile.Kind, Move: true}, "", credstore.Transferred{From: keyringKind, To: agefile.Kind, There: true, Removed: true})
	there(agefile.Kind)
	wantTags(t, b.load("acme"), "active=two previous=one")
	if _, err := b.vault.Begin(t.Context(), credstore.UnfinishedChange{Name: "acme", Kind: credstore.Rotation, Store: agefile.Kind}); err != nil {
		t.Fatal(err)
	}
	try(credstore.Transfer{To: keyringKind, Move: true}, credstore.Conflict, credstore.Transferred{})
	there(agefile.Kind)
}

// TestUnfinishedMove: while a move is not finished, the profile works, is not renamed, goes nowhere else, and is deleted everywhere.
func TestUnfinishedMove(t *testing.T) {
	t.Parallel()
	ring, sealed := storetest.NewDisk(t.TempDir(), keyringKind), encrypted(t)
	faulty := storetest.NewFaulty(ring)
	b := newBench(t, faulty)
	b.vault = credstore.NewVault(b.index, clock, faulty, sealed, credstore.NewMemory())
	finished(b, "one")
	faulty.On(storetest.Delete, 0, storetest.Fail(credstore.Locked))
	to := credstore.Transfer{Name: "acme", To: agefile.Kind, Move: true}
	_, err := b.vault.Transfer(t.Context(), to)
	wantKind(t, err, credstore.Locked)
	if m := b.vault.Moves(); len(m) != 1 || m[0].From != keyringKind || m[0].To != agefile.Kind {
		t.Fatalf("moves: %+v", m)
	}
	wantTags(t, b.load("acme"), "active=one")
	_, err = b.vault.Rename(t.Context(), "acme", "other")
	wantKind(t, err, credstore.Conflict)
	_, err = b.vault.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: credstore.MemoryKind, Move: true})
	wantKind(t, err, credstore.Conflict)
	wantKind(t, b.vault.Delete(t.Context(), "acme"), credstore.Locked)
	faulty.Clear()
	if err := b.vault.Delete(t.Context(), "acme"); err != nil || len(b.vault.Moves()) > 0 {
		t.Fatalf("%v, moves: %+v", err, b.vault.Moves())
	}
	for _, s := range []credstore.Store{ring, sealed} {
		if _, err := s.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
			t.Errorf("%s still has it: %v", s.Kind(), err)
		}
	}
}
