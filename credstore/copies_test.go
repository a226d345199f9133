package credstore_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/credstore/storetest"
)

// pair is a profile acme in a keyring that can be made to fail, beside encrypted files.
func pair(t *testing.T) (bench, *storetest.Faulty, credstore.Store) {
	t.Helper()
	ring, sealed := storetest.NewFaulty(storetest.NewDisk(t.TempDir(), keyringKind)), encrypted(t)
	b := newBench(t, ring)
	b.vault = credstore.NewVault(b.index, clock, ring, sealed)
	return b, ring, sealed
}

func has(t *testing.T, s credstore.Store, name string) bool {
	t.Helper()
	_, err := s.Get(t.Context(), name)
	if err != nil && credstore.KindOf(err) != credstore.NotFound {
		t.Fatal(err)
	}
	return err == nil
}

// noStore is a store that is not there: it answers everything as a machine without it does.
type noStore struct{ credstore.Store }

var errNoStore = &credstore.Error{Kind: credstore.Unavailable, Store: keyringKind, Op: "use it", Err: errors.New("there is no session bus")}

func (noStore) Available(context.Context) error             { return errNoStore }
func (noStore) Get(context.Context, string) ([]byte, error) { return nil, errNoStore }
func (noStore) Set(context.Context, string, []byte) error   { return errNoStore }
func (noStore) Delete(context.Context, string) error        { return errNoStore }

// TestCopiesAreDeletedToo: a copy is noted, told as old once the profile has another version or name, and deleted with the profile.
func TestCopiesAreDeletedToo(t *testing.T) {
	t.Parallel()
	for _, rename := range []bool{false, true} {
		b, ring, sealed := pair(t)
		finished(b, "one")
		if _, err := b.vault.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: agefile.Kind}); err != nil {
			t.Fatal(err)
		}
		e := b.entry("acme")
		if c := e.Copies.List(); len(c) != 1 || c[0] != (credstore.Copy{Store: agefile.Kind, Version: e.Version, Name: "acme"}) || len(e.OldCopies()) > 0 {
			t.Fatalf("copies %+v, old %+v", c, e.OldCopies())
		}
		name := "acme"
		if rename {
			name = "other"
			if _, err := b.vault.Rename(t.Context(), "acme", name); err != nil {
				t.Fatal(err)
			}
		} else {
			finished(b, "two")
		}
		e = b.entry(name)
		if old := e.OldCopies(); len(old) != 1 {
			t.Fatalf("old copies: %+v of %+v", old, e)
		} else if sentence, fix := e.CopyWords(old[0]); !strings.Contains(sentence, name) || !strings.Contains(fix, "mimecred store copy "+name) {
			t.Errorf("%q, %q", sentence, fix)
		}
		if err := b.vault.Delete(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		if has(t, ring, name) || has(t, sealed, "acme") || has(t, sealed, name) {
			t.Error("a copy is left")
		}
	}
}

// TestCopyKilledAnywhere ends a copy at every operation of a store: whatever the other store has then is noted.
func TestCopyKilledAnywhere(t *testing.T) {
	t.Parallel()
	points := 0
	for n := 1; ; n++ {
		for _, after := range []bool{false, true} {
			b, ring, sealed := pair(t)
			finished(b, "one")
			r := &reaper{at: n, after: after}
			doomed := credstore.NewVault(b.index, clock, storetest.NewFaulty(ring).On(storetest.Any, 0, r.fault), storetest.NewFaulty(sealed).On(storetest.Any, 0, r.fault))
			b.vault.Close()
			_, err := doomed.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: agefile.Kind})
			doomed.Close()
			if !r.dead {
				if t.Logf("counted: killed at %d points", points); err != nil || points < 6 {
					t.Fatalf("%d points, %v", points, err)
				}
				return
			}
			points++
			if noted := len(b.entry("acme").Copies.List()) > 0; has(t, sealed, "acme") && !noted {
				t.Fatalf("killed at %d: a copy that nobody knows of", n)
			}
			if err := credstore.NewVault(b.index, clock, ring, sealed).Delete(t.Context(), "acme"); err != nil || has(t, sealed, "acme") || has(t, ring, "acme") {
				t.Fatalf("killed at %d: deleted, %v, and there still", n, err)
			}
		}
	}
}

// TestNewestIsFound: with the list lost, the version that became current last counts, in whichever store it is.
func TestNewestIsFound(t *testing.T) {
	t.Parallel()
	for _, newer := range []string{keyringKind, agefile.Kind} {
		b, ring, sealed := pair(t)
		finished(b, "one")
		older := agefile.Kind
		if newer == agefile.Kind {
			older = keyringKind
			if _, err := b.vault.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: newer, Move: true}); err != nil {
				t.Fatal(err)
			}
			b.store = sealed
		}
		if _, err := b.vault.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: older}); err != nil {
			t.Fatal(err)
		}
		finished(b, "two")
		v := credstore.NewVault(credstore.NewMemoryIndex(), clock, ring, sealed)
		r, err := v.Load(t.Context(), "acme")
		e, _, _ := v.Lookup("acme")
		if err != nil || r.Current == nil || tags(r) != "active=two previous=one" || e.Store != newer || len(e.Copies.List()) != 1 {
			t.Errorf("newer in %s: %q, %+v, %v", newer, tags(r), e, err)
		}
		b.vault.Close()
	}
}

// TestMoveGivenUp: a note of a move whose other store is gone holds nothing up. A move to the store that counts ends it, or delete
// does; what may be left is told.
func TestMoveGivenUp(t *testing.T) {
	t.Parallel()
	for _, there := range []bool{false, true} {
		for _, way := range []string{"move", "delete", "move with the store back"} {
			b, ring, sealed := pair(t)
			finished(b, "one")
			move := func(v *credstore.Vault, to string) (credstore.Transferred, error) {
				return v.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: to, Move: true})
			}
			if _, err := move(b.vault, agefile.Kind); err != nil {
				t.Fatal(err)
			}
			b.vault.Close()
			// The way back ends before the list names the keyring: before the write there, or after it.
			dying := storetest.NewFaulty(ring)
			fault := dying.Kill()
			if there {
				fault = dying.KillAfter()
			}
			doomed := credstore.NewVault(b.index, clock, dying.On(storetest.Set, 1, fault), sealed)
			_, err := move(doomed, keyringKind)
			if err == nil || len(doomed.Moves()) != 1 || has(t, ring, "acme") != there {
				t.Fatalf("%v, moves %+v, in the keyring %t", err, doomed.Moves(), has(t, ring, "acme"))
			}
			doomed.Close()
			gone := credstore.NewVault(b.index, clock, noStore{ring}, sealed)
			if way == "move with the store back" {
				gone = credstore.NewVault(b.index, clock, ring, sealed)
			}
			_, err = gone.Rename(t.Context(), "acme", "other")
			wantKind(t, err, credstore.Conflict)
			if _, fix := credstore.Explain(err); !strings.Contains(fix, "mimecred store move acme --to file") || strings.Contains(fix, "other mimecred") {
				t.Errorf("the hint is %q", fix)
			}
			if way == "delete" {
				err = gone.Delete(t.Context(), "acme")
			} else {
				_, err = move(gone, agefile.Kind)
			}
			left := way != "move with the store back"
			if credstore.Unlisted(err) != left || !left && err != nil || len(gone.Moves()) > 0 {
				t.Fatalf("%s: %v, moves %+v", way, err, gone.Moves())
			}
			if sentence, fix := credstore.Explain(err); left && (!strings.Contains(sentence, "left in the keyring") || !strings.Contains(fix, "mimecred delete acme --store keyring")) {
				t.Errorf("%s: %q, %q", way, sentence, fix)
			}
			e, known, _ := gone.Lookup("acme")
			switch {
			case way == "delete" && (known || has(t, sealed, "acme")):
				t.Error("it is not deleted")
			case way != "delete" && (e.Store != agefile.Kind || len(e.Copies.List()) > 0 != left || !left && has(t, ring, "acme")):
				t.Errorf("%s: %+v", way, e)
			}
			if way == "move" {
				if _, err := gone.Rename(t.Context(), "acme", "other"); err != nil {
					t.Errorf("renamed: %v", err)
				}
			}
			gone.Close()
		}
	}
}

// TestDestinationFirst: nobody is asked to open where a profile is before it is known that it can go where it should.
func TestDestinationFirst(t *testing.T) {
	t.Parallel()
	b, ring, sealed := pair(t)
	finished(b, "one")
	if _, err := b.vault.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: agefile.Kind, Move: true}); err != nil {
		t.Fatal(err)
	}
	b.vault.Close()
	watched := storetest.NewFaulty(sealed)
	v := credstore.NewVault(b.index, clock, noStore{ring}, watched)
	_, err := v.Transfer(t.Context(), credstore.Transfer{Name: "acme", To: keyringKind, Move: true})
	wantKind(t, err, credstore.Unavailable)
	if n := watched.Count(storetest.Get); n != 0 {
		t.Errorf("read %d times", n)
	}
}

// TestCopiesReadBack: what is noted is read again, and what is no copy is passed over.
func TestCopiesReadBack(t *testing.T) {
	t.Parallel()
	for text, want := range map[credstore.Copies]int{"": 0, "file:v:acme": 1, "file::acme,keyring:v:acme": 2, "file:v": 0, "a:b:c:d,file:v:acme": 1, "file:v:../x": 0} {
		if got := text.List(); len(got) != want || slices.ContainsFunc(got, func(c credstore.Copy) bool { return c.Name != "acme" }) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
