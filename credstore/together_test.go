package credstore_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// Changes of one profile by several processes, and by several parts of one.

// TestAChangeHoldsTheProfileToItsEnd: what comes after Activate is part of the change.
func TestAChangeHoldsTheProfileToItsEnd(t *testing.T) {
	for name, end := range map[string]func(*testing.T, bench){
		"confirmed, nothing to retire": func(t *testing.T, b bench) { confirm(t, b.vault, "acme", true, false) },
		"kept": func(t *testing.T, b bench) {
			confirm(t, b.vault, "acme", true, true)
			if err := b.vault.End(t.Context(), "acme", credstore.Finished); err != nil {
				t.Fatal(err)
			}
		},
		"retired": func(t *testing.T, b bench) {
			confirm(t, b.vault, "acme", true, true)
			if _, err := b.vault.Retire(t.Context(), "acme", previousID(t, b.vault, "acme")); err != nil {
				t.Fatal(err)
			}
		},
		"left": func(_ *testing.T, b bench) { _ = b.vault.End(t.Context(), "acme", credstore.Left) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // it waits for locks
			b := newBench(t, credstore.NewMemory())
			b.setUp("acme", "one")
			b.begin("acme")
			b.stage("acme", "two")
			b.activate("acme")
			other := b.again(b.store)
			if !other.vault.Busy("acme") {
				t.Fatal("it is free before its end")
			}
			_, err := other.vault.Begin(t.Context(), announced("acme"))
			wantKind(t, err, credstore.Conflict)
			end(t, b)
			if other.vault.Busy("acme") {
				t.Error("it is locked after its end")
			}
		})
	}
}

// TestAnothersNoteIsLeftAlone: a process that comes too late does not end what another has begun since.
func TestAnothersNoteIsLeftAlone(t *testing.T) {
	for name, late := range map[string]func(bench) error{
		"confirm": func(b bench) error {
			return b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Confirmed})
		},
		"finish": func(b bench) error { return b.vault.End(t.Context(), "acme", credstore.Finished) },
		"log out": func(b bench) error {
			err := b.vault.Note(context.Background(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.LoggingOut, Version: previousID(b.T, b.vault, "acme")})
			return err
		},
		"retire": func(b bench) error {
			_, err := b.vault.Retire(context.Background(), "acme", previousID(b.T, b.vault, "acme"))
			return err
		},
		"sweep": func(b bench) error {
			_, err := b.at(100*time.Hour).vault.Sweep(context.Background(), "acme")
			return err
		},
	} {
		for _, held := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				t.Parallel() // it waits for locks
				b := newBench(t, credstore.NewMemory())
				b.setUp("acme", "one")
				b.begin("acme")
				b.stage("acme", "two")
				b.activate("acme")
				_ = b.vault.End(t.Context(), "acme", credstore.Left)
				other := b.again(b.store)
				other.begin("acme")
				if err := other.vault.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", User: "svc", Store: "memory"}); err != nil {
					t.Fatal(err)
				}
				if !held {
					other.vault.Close() // it was killed
				}
				_ = late(b)
				if s, ok := other.vault.Noted("acme"); !ok || len(s.MayBeLost()) != 1 {
					t.Errorf("the sign-in of the other process is known to nobody: %+v", s)
				}
			})
		}
	}
}

// TestOnlyTheEndGivesTheProfileAway: other work of the same vault in the middle of a change does not.
func TestOnlyTheEndGivesTheProfileAway(t *testing.T) {
	t.Parallel() // it waits for locks
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.setUp("acme", "two")
	confirm(t, b.vault, "acme", true, true)
	b = b.at(8 * 24 * time.Hour)
	b.stage("acme", "three")
	if _, err := b.vault.Sweep(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.vault.Update(t.Context(), "acme", func(p *credstore.Profile) { p.RotateAfter = credstore.Never }); err != nil {
		t.Fatal(err)
	}
	_, err := b.again(b.store).vault.Stage(t.Context(), "memory", profile("acme"), oauth("theirs"), credstore.Pasted)
	wantKind(t, err, credstore.Conflict)
	wantTags(t, b.activate("acme"), "active=three previous=two")
}

// TestOnlyThePreviousVersionIsRetired: what was put back meanwhile is not logged out.
func TestOnlyThePreviousVersionIsRetired(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	old := b.setUp("acme", "two").Previous.ID
	if _, err := b.again(b.store).vault.Rollback(t.Context(), "acme", credstore.CheckSummary{}); err != nil {
		t.Fatal(err)
	}
	err := b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.LoggingOut, Version: old})
	wantKind(t, err, credstore.Conflict)
	_, err = b.vault.Retire(t.Context(), "acme", old)
	wantKind(t, err, credstore.Conflict)
	wantTags(t, b.load("acme"), "active=one previous=two")
}

// TestOnlyKeysAreLoggedOut: a pair of API 2.0, and a key that is current as well, have nothing to log out.
func TestOnlyKeysAreLoggedOut(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.setUp("acme", "two")
	wantKind(t, logOut(t, b.vault, "acme"), credstore.Conflict)
	b.stageKeys("beta", "one")
	b.activate("beta")
	again := legacy("one")
	again.ApplicationKey = legacy("another").ApplicationKey // the same access key, and another credential
	if _, err := b.vault.Stage(t.Context(), "memory", profile10("beta"), again, credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	b.activate("beta")
	wantKind(t, logOut(t, b.vault, "beta"), credstore.Conflict)
	if s, _ := b.vault.Noted("beta"); s.Phase == credstore.LoggingOut {
		t.Errorf("noted: %+v", s)
	}
}

// TestReplacedKeysAreRemembered: keys that were created, stored, and replaced by others exist at Mimecast.
func TestReplacedKeysAreRemembered(t *testing.T) {
	ctx := t.Context()
	b := newBench(t, credstore.NewMemory())
	if err := b.vault.Note(ctx, credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "memory", User: "svc"}); err != nil {
		t.Fatal(err)
	}
	_ = b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.KeysCreated})
	for _, tag := range []string{"k1", "k1", "k2"} { // the same ones again are no others
		source := credstore.Created
		if tag == "k2" {
			source = credstore.Pasted
		}
		if _, err := b.vault.Stage(ctx, "memory", profile10("acme"), legacy(tag), source); err != nil {
			t.Fatal(err)
		}
	}
	s, _ := b.vault.Noted("acme")
	if lost := s.MayBeLost(); len(lost) != 1 || !lost[0].Certain || lost[0].User != "svc" {
		t.Errorf("lost %+v", lost)
	}
	// That outlives the change, until a person says otherwise.
	b.activate("acme")
	confirm(t, b.vault, "acme", true, false)
	if s := b.resume("acme"); s.Phase != credstore.Begun || len(s.MayBeLost()) != 1 {
		t.Errorf("%+v", s)
	}
	if err := b.vault.End(t.Context(), "acme", credstore.Forgotten); err != nil {
		t.Fatal(err)
	}
	if s, ok := b.vault.Noted("acme"); ok {
		t.Errorf("still noted: %+v", s)
	}
}

// TestKeysInHandAreNotLost: beginning once more, before the keys were stored, is the same change.
func TestKeysInHandAreNotLost(t *testing.T) {
	ctx := t.Context()
	b := newBench(t, credstore.NewMemory())
	if err := b.vault.Note(ctx, credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "memory", User: "svc"}); err != nil {
		t.Fatal(err)
	}
	_ = b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.KeysCreated})
	b.begin("acme")
	if s, _ := b.vault.Noted("acme"); s.Phase != credstore.KeysCreated {
		t.Errorf("%+v", s)
	}
	if _, err := b.vault.Stage(ctx, "memory", profile10("acme"), legacy("k1"), credstore.Created); err != nil {
		t.Fatal(err)
	}
	if s, _ := b.vault.Noted("acme"); len(s.MayBeLost()) != 0 {
		t.Errorf("keys that are stored are called lost: %+v", s)
	}
}

// TestACheckOfAnotherVersionIsNotNoted: it says nothing of the one current.
func TestACheckOfAnotherVersionIsNotNoted(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	before := b.setUp("acme", "one").Current.ID
	b.setUp("acme", "two")
	sum := credstore.CheckSummary{At: morning.Add(time.Hour), Version: before, Failed: 1, Checks: []credstore.CheckState{{ID: client.CheckCredentials, State: client.Failed}}}
	if err := b.vault.RecordCheck("acme", sum); err != nil {
		t.Fatal(err)
	}
	if e := b.entry("acme"); e.LastCheck == nil || e.LastCheck.Failed > 0 {
		t.Errorf("the list says %+v", e.LastCheck)
	}
}

// TestNothingBeginsBeforeARenamingIsFinished: under either of its names.
func TestNothingBeginsBeforeARenamingIsFinished(t *testing.T) {
	store := storetest.NewFaulty(credstore.NewMemory())
	b := newBench(t, store)
	b.setUp("acme", "one")
	confirm(t, b.vault, "acme", true, false)
	store.On(storetest.Delete, 0, storetest.Fail(credstore.Locked))
	_, err := b.vault.Rename(t.Context(), "acme", "beta")
	wantKind(t, err, credstore.Locked)
	store.Clear()
	o := b.again(store)
	for _, name := range []string{"acme", "beta"} {
		_, err := o.vault.Begin(t.Context(), announced(name))
		wantKind(t, err, credstore.Conflict)
		wantKind(t, o.vault.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: name, Store: "memory"}), credstore.Conflict)
		_, err = o.vault.Stage(t.Context(), "memory", profile(name), oauth("two"), credstore.Pasted)
		wantKind(t, err, credstore.Conflict)
		_, err = o.vault.Update(t.Context(), name, func(*credstore.Profile) {})
		wantKind(t, err, credstore.Conflict)
	}
	if _, err := o.vault.Rename(t.Context(), "acme", "beta"); err != nil {
		t.Fatal(err)
	}
	wantTags(t, o.load("beta"), "active=one")
}

// TestRenamedOntoANotedName: what is noted of a name stays with it.
func TestRenamedOntoANotedName(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	if err := b.vault.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "beta", Store: "memory", User: "svc"}); err != nil {
		t.Fatal(err)
	}
	_ = b.vault.End(t.Context(), "beta", credstore.Left)
	b.setUp("acme", "one")
	confirm(t, b.vault, "acme", true, false)
	_, err := b.vault.Rename(t.Context(), "acme", "beta")
	wantKind(t, err, credstore.Conflict)
}

// shared is a store that another machine, with other locks, writes to as well.
type shared struct {
	*credstore.Memory
	after func()
}

func (s *shared) CompareAndSet(ctx context.Context, name string, old, item []byte) error {
	err := s.Memory.CompareAndSet(ctx, name, old, item)
	if f := s.after; f != nil {
		s.after = nil
		f()
	}
	return err
}

// TestAnothersChangeIsNotTakenBack: where the store compares, what is read back and differs was written by somebody else.
func TestAnothersChangeIsNotTakenBack(t *testing.T) {
	store := &shared{Memory: credstore.NewMemory()}
	b := newBench(t, store)
	b.setUp("acme", "one")
	other := newBench(t, store.Memory) // other locks, another index
	store.after = func() {
		other.stage("acme", "theirs")
		other.activate("acme")
	}
	_, err := b.vault.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Pasted)
	wantKind(t, err, credstore.Conflict)
	if r := b.load("acme"); r.Current.Credential.Identifier() != "id-theirs" {
		t.Errorf("current is %s", r.Current.Credential.Identifier())
	}
}

// TestANoteOfALaterVersionIsLeftAlone: it may tell of keys that nobody has.
func TestANoteOfALaterVersionIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	v := credstore.NewVault(credstore.NewIndex(dir), clock, credstore.NewMemory())
	defer v.Close()
	path := filepath.Join(dir, "swaps", "acme.json")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	text := []byte(`{"schema":2,"name":"acme"}`)
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := v.Begin(t.Context(), announced("acme"))
	wantKind(t, err, credstore.Damaged)
	wantKind(t, v.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "memory"}), credstore.Damaged)
	if got, err := os.ReadFile(path); err != nil || string(got) != string(text) {
		t.Errorf("%v: it says %s now", err, got)
	}
}

// TestUnfinishedLeavesTheNoticeToTheList: that a list was damaged is told once, to whoever asks for the list.
func TestUnfinishedLeavesTheNoticeToTheList(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.json"), []byte(`{"schema":1,"profiles":[`), 0o600); err != nil {
		t.Fatal(err)
	}
	v := credstore.NewVault(credstore.NewIndex(dir), clock, credstore.NewMemory())
	defer v.Close()
	if _, err := v.Unfinished(); err != nil {
		t.Error(err)
	}
	_, err := v.Entries()
	wantKind(t, err, credstore.Damaged)
}
