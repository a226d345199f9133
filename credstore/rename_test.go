package credstore_test

import (
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

func TestRename(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.setUp("acme", "two")
	confirm(t, b.vault, "acme", true, false)
	b.setUp("other", "three")
	confirm(t, b.vault, "other", true, false)
	for to, want := range map[string]credstore.Kind{"other": credstore.Conflict, "con": credstore.Conflict, "-x": credstore.Conflict, "OTHER": credstore.Conflict} {
		_, err := b.vault.Rename(t.Context(), "acme", to)
		wantKind(t, err, want)
	}
	_, err := b.vault.Rename(t.Context(), "nobody", "somebody")
	wantKind(t, err, credstore.NotFound)
	r, err := b.vault.Rename(t.Context(), "acme", "beta")
	if err != nil {
		t.Fatal(err)
	}
	wantTags(t, r, "active=two previous=one")
	wantTags(t, b.load("beta"), "active=two previous=one")
	if _, known, _ := b.vault.Lookup("acme"); known {
		t.Error("the old name is still listed")
	}
	if _, err := b.store.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("the old item is still there: %v", err)
	}
	if e := b.entry("beta"); e.Account == nil || e.LastCheck == nil || e.Name != "beta" {
		t.Errorf("the list says %+v", e)
	}
	b.stage("beta", "waits")
	_, err = b.vault.Rename(t.Context(), "beta", "gamma")
	wantKind(t, err, credstore.Conflict)
}

// TestRenamingIsFinishedByDoingItAgain: killed before and after each operation of the store.
func TestRenamingIsFinishedByDoingItAgain(t *testing.T) {
	points := 0
	for n := 1; ; n++ {
		ended := false
		for _, fault := range []func(*storetest.Faulty) storetest.Fault{(*storetest.Faulty).Kill, (*storetest.Faulty).KillAfter} {
			inner := credstore.NewMemory()
			b := newBench(t, inner)
			b.setUp("acme", "one")
			b.setUp("acme", "two")
			confirm(t, b.vault, "acme", true, false)
			b.vault.Close()
			faulty := storetest.NewFaulty(inner)
			doomed := b.again(faulty)
			faulty.On(storetest.Any, n, fault(faulty))
			if _, err := doomed.vault.Rename(t.Context(), "acme", "beta"); err == nil {
				ended = true
				break
			}
			points++
			doomed.vault.Close()
			next := b.again(inner)
			if list, err := next.vault.Unfinished(); err != nil {
				t.Fatalf("%+v, %v", list, err)
			}
			r, err := next.vault.Rename(t.Context(), "acme", "beta")
			if err != nil {
				t.Fatalf("killed at operation %d, then again: %v", n, err)
			}
			wantTags(t, r, "active=two previous=one")
			wantTags(t, next.load("beta"), "active=two previous=one")
			if entries, err := next.vault.Entries(); err != nil || len(entries) != 1 {
				t.Errorf("listed: %+v, %v", entries, err)
			}
			if s, ok := next.vault.Noted("acme"); ok {
				t.Errorf("still noted: %+v", s)
			}
		}
		if ended {
			break
		}
	}
	t.Logf("counted: killed at %d points of a renaming", points)
	if points < 6 {
		t.Errorf("only %d points", points)
	}
}
