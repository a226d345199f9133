package credstore_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// announced is what a rotation of a profile announces.
func announced(name string) credstore.UnfinishedChange {
	return credstore.UnfinishedChange{Name: name, Kind: credstore.Rotation, Store: "memory", Keep: 3 * credstore.Day}
}

func (b bench) begin(name string) {
	b.Helper()
	if _, err := b.vault.Begin(b.Context(), announced(name)); err != nil {
		b.Fatal(err)
	}
}

// resume is how far the change has come for another process; "" when nothing is unfinished.
func (b bench) resume(name string) credstore.UnfinishedChange {
	b.Helper()
	_, s, ok, err := b.vault.Resume(b.Context(), name)
	if err != nil {
		b.Fatalf("Resume: %v", err)
	}
	if !ok {
		return credstore.UnfinishedChange{}
	}
	return s
}

// at moves the clock of a vault.
func (b bench) at(later time.Duration) bench {
	b.vault = credstore.NewVault(b.index, func() time.Time { return morning.Add(later) }, b.store)
	b.Cleanup(b.vault.Close)
	return b
}

// TestJournalFollowsARotation: at every point another process finds out how far the rotation has come.
func TestJournalFollowsARotation(t *testing.T) {
	for _, memory := range []bool{false, true} {
		b := newBench(t, credstore.NewMemory())
		if memory {
			b = quickBench(t, credstore.NewMemory())
		}
		b.stageKeys("acme", "one")
		b.activate("acme")
		_ = b.vault.End(t.Context(), "acme", credstore.Left)
		phase := func(want credstore.Phase) {
			t.Helper()
			if s := b.again(b.store).resume("acme"); s.Phase != want {
				t.Fatalf("it stands at %q, want %q", s.Phase, want)
			}
			list, err := b.vault.Unfinished()
			if err != nil || (len(list) == 1) != (want != "") || len(list) == 1 && list[0].Phase != want {
				t.Fatalf("unfinished: %+v, %v", list, err)
			}
		}
		phase(credstore.Activated)
		confirm(t, b.vault, "acme", true, false)
		phase("")
		b.begin("acme")
		phase(credstore.Begun)
		b.stageKeys("acme", "two")
		phase(credstore.Staged)
		r := b.activate("acme")
		phase(credstore.Activated)
		if got := r.Previous.KeepUntil; !got.Equal(morning.Add(3 * 24 * time.Hour)) {
			t.Errorf("the previous version is kept until %v", got)
		}
		confirm(t, b.vault, "acme", false, true)
		phase(credstore.Activated)
		confirm(t, b.vault, "acme", true, true)
		phase(credstore.Confirmed)
		if err := logOut(t, b.vault, "acme"); err != nil {
			t.Fatal(err)
		}
		phase(credstore.LoggingOut)
		if _, err := b.vault.Retire(t.Context(), "acme", previousID(t, b.vault, "acme")); err != nil {
			t.Fatal(err)
		}
		phase("")
		wantTags(t, b.load("acme"), "active=app-two")
	}
}

func confirm(t *testing.T, v *credstore.Vault, name string, ok, retire bool) {
	t.Helper()
	if !ok {
		return // there is nothing to note
	}
	if err := v.Note(t.Context(), credstore.UnfinishedChange{Name: name, Phase: credstore.Confirmed, Retire: retire}); err != nil {
		t.Fatal(err)
	}
}

// TestJournalHoldsNoSecret looks at the file itself, and at who may read it.
func TestJournalHoldsNoSecret(t *testing.T) {
	dir := t.TempDir()
	v := credstore.NewVault(credstore.NewIndex(dir), clock, credstore.NewMemory())
	defer v.Close()
	if _, err := v.Stage(t.Context(), "memory", profile("acme"), oauth("one"), credstore.Created); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "swaps", "acme.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "SECRET") || strings.Contains(string(text), "id-one") || !strings.Contains(string(text), `"phase": "staged"`) {
		t.Errorf("the journal: %s", text)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	// A note that is no note is none, and nothing breaks.
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, s, ok, err := v.Resume(t.Context(), "acme"); err != nil || !ok || s.Phase != credstore.Staged || s.Kind != credstore.SetUp {
		t.Errorf("from a damaged note: %+v, %v, %v", s, ok, err)
	}
}

// TestKeysThatMayBeLostAreRemembered: a sign-in whose answer is not known, and keys that never reached a store.
func TestKeysThatMayBeLostAreRemembered(t *testing.T) {
	ctx := context.Background()
	creating := credstore.UnfinishedChange{Name: "acme", Phase: credstore.Creating, Store: "memory", Keep: credstore.DefaultKeep, User: "svc@example.com", Application: "app"}
	for name, tt := range map[string]struct {
		do      func(*testing.T, bench)
		lost    int
		certain bool
		phase   credstore.Phase
	}{
		"not known": {func(*testing.T, bench) {}, 1, false, credstore.Creating},
		"refused": {func(_ *testing.T, b bench) {
			_ = b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Begun})
		}, 0, false, credstore.Begun},
		"made": {func(_ *testing.T, b bench) {
			_ = b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.KeysCreated})
		}, 1, true, credstore.KeysCreated},
		"made and stored": {func(t *testing.T, b bench) {
			_ = b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.KeysCreated})
			if _, err := b.vault.Stage(ctx, "memory", profile("acme"), oauth("two"), credstore.Created); err != nil {
				t.Fatal(err)
			}
		}, 0, false, credstore.Staged},
		"others were pasted": {func(_ *testing.T, b bench) { b.stage("acme", "two") }, 1, false, credstore.Staged},
		"once more": {func(t *testing.T, b bench) {
			if err := b.vault.Note(ctx, creating); err != nil {
				t.Fatal(err)
			}
			_ = b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Begun})
		}, 1, false, credstore.Begun},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, credstore.NewMemory())
			b.setUp("acme", "one")
			confirm(t, b.vault, "acme", true, false)
			b.begin("acme")
			if err := b.vault.Note(ctx, creating); err != nil {
				t.Fatal(err)
			}
			tt.do(t, b)
			b.vault.Close()
			next := b.again(b.store)
			s := next.resume("acme")
			if lost := s.MayBeLost(); s.Phase != tt.phase || len(lost) != tt.lost || tt.lost > 0 && (lost[0].Certain != tt.certain || lost[0].User != "svc@example.com" || lost[0].Application != "app") {
				t.Fatalf("%+v, lost %+v", s, lost)
			}
			// Whoever begins anew is told the same.
			again, err := next.vault.Begin(ctx, announced("acme"))
			if err != nil || len(again.LostKeys) != tt.lost {
				t.Errorf("begun anew: %+v, %v", again, err)
			}
		})
	}
}

// TestKeysStoredWithoutANoteAreNotLost: the process ended after the write and before the note of it.
func TestKeysStoredWithoutANoteAreNotLost(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	confirm(t, b.vault, "acme", true, false)
	if err := b.vault.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "memory"}); err != nil {
		t.Fatal(err)
	}
	_ = b.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.KeysCreated})
	noted, _ := b.vault.Noted("acme")
	if _, err := b.vault.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Created); err != nil {
		t.Fatal(err)
	}
	b.vault.Close()
	// The journal as it was before the store was written.
	other := credstore.NewMemoryIndex()
	v := credstore.NewVault(other, clock, b.store)
	defer v.Close()
	if _, err := v.Load(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	if err := v.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "memory", User: noted.User}); err != nil {
		t.Fatal(err)
	}
	if _, s, ok, err := v.Resume(t.Context(), "acme"); err != nil || !ok || s.Phase != credstore.Creating {
		t.Errorf("keys that waited before the sign-in are not its own: %+v, %v", s, err)
	}
}

// TestNothingIsCreatedWithoutANote: what cannot be noted is not begun.
func TestNothingIsCreatedWithoutANote(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "swaps"), nil, 0o600); err != nil { // where the folder would be
		t.Fatal(err)
	}
	v := credstore.NewVault(credstore.NewIndex(dir), clock, credstore.NewMemory())
	defer v.Close()
	err := v.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "memory"})
	if err == nil {
		t.Fatal("it was noted")
	}
	if sentence, fix := credstore.Explain(err); sentence == "" || fix == "" {
		t.Errorf("%v explains itself as %q, %q", err, sentence, fix)
	}
	if _, err := v.Begin(t.Context(), announced("acme")); err == nil {
		t.Error("it was begun")
	}
	// A change that is under way goes on.
	if _, err := v.Stage(t.Context(), "memory", profile("acme"), oauth("one"), credstore.Pasted); err != nil {
		t.Error(err)
	}
	if _, err := v.Activate(t.Context(), "acme", passed()); err != nil {
		t.Error(err)
	}
}

// TestBegunLocksTheProfile: from Begin on nobody else can change it, until it is given up.
func TestBegunLocksTheProfile(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.begin("acme")
	other := b.again(b.store)
	if !other.vault.Busy("acme") || b.vault.Busy("acme") || other.vault.Busy("nobody") {
		t.Error("busy for the wrong one")
	}
	_, err := other.vault.Begin(t.Context(), announced("acme"))
	wantKind(t, err, credstore.Conflict)
	if !strings.Contains(err.Error(), "is changing it") {
		t.Errorf("%v", err)
	}
	_ = b.vault.End(t.Context(), "acme", credstore.Left)
	if other.vault.Busy("acme") {
		t.Error("still busy")
	}
	other.begin("acme")
	if err := other.vault.End(t.Context(), "acme", credstore.Finished); err != nil {
		t.Fatal(err)
	}
	if s, ok := other.vault.Noted("acme"); ok {
		t.Errorf("noted: %+v", s)
	}
}

func TestGiveUpForgetsWhatStoredNothing(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.begin("acme")
	_ = b.vault.End(t.Context(), "acme", credstore.Abandoned)
	if _, ok := b.vault.Noted("acme"); ok {
		t.Error("a change that stored nothing is still noted")
	}
	b.begin("acme")
	b.stage("acme", "two")
	_ = b.vault.End(t.Context(), "acme", credstore.Abandoned)
	if s := b.again(b.store).resume("acme"); s.Phase != credstore.Staged {
		t.Errorf("%+v", s)
	}
}

// TestSweep forgets the previous version when its time has passed, and not earlier.
func TestSweep(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.begin("acme")
	b.stage("acme", "two")
	b.activate("acme")
	b.vault.Close()
	early := b.at(71 * time.Hour)
	if old, err := early.vault.Sweep(t.Context(), "acme"); old != nil || err != nil {
		t.Errorf("too early: %v, %v", old, err)
	}
	if e := b.entry("acme"); !e.PreviousUntil.Equal(morning.Add(72 * time.Hour)) {
		t.Errorf("the list says %v", e.PreviousUntil)
	}
	late := b.at(72 * time.Hour)
	if old, err := late.vault.Sweep(t.Context(), "acme"); old != nil || err != nil {
		t.Errorf("before the new one is confirmed: %v, %v", old, err)
	}
	confirm(t, late.vault, "acme", true, true)
	old, err := late.vault.Sweep(t.Context(), "acme")
	if err != nil || old == nil || old.Credential.Identifier() != "id-one" {
		t.Fatalf("in time: %v, %v", old, err)
	}
	wantTags(t, late.load("acme"), "active=two")
	if s, ok := late.vault.Noted("acme"); ok {
		t.Errorf("it waited for nothing else, and is still noted: %+v", s)
	}
	if e := b.entry("acme"); e.Previous || !e.PreviousUntil.IsZero() {
		t.Errorf("the list says %+v", e)
	}
}

// TestRollbackTakesTheCheckedVersion: and keeps what it replaced.
func TestRollbackTakesTheCheckedVersion(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	r := b.setUp("acme", "two")
	sum := passed()
	sum.Version = "another"
	_, err := b.vault.Rollback(t.Context(), "acme", sum)
	wantKind(t, err, credstore.Conflict)
	sum.Version = r.Previous.ID
	r, err = b.vault.Rollback(t.Context(), "acme", sum)
	if err != nil {
		t.Fatal(err)
	}
	wantTags(t, r, "active=one previous=two")
	if r, err = b.vault.Rollback(t.Context(), "acme", sum); err != nil {
		t.Errorf("once more: %v", err)
	}
	wantTags(t, r, "active=one previous=two")
	if r.Previous.KeepUntil.IsZero() || !r.Current.KeepUntil.IsZero() || !r.Current.CheckedAt.Equal(sum.At) {
		t.Errorf("active %+v, previous %+v", r.Current, r.Previous)
	}
	if e := b.entry("acme"); e.LastCheck == nil || !e.LastCheck.At.Equal(sum.At) {
		t.Errorf("the list says %+v", e.LastCheck)
	}
}

// TestTheSameCredentialKeepsItsAge and the current version before it: only its surroundings change.
func TestTheSameCredentialKeepsItsAge(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.setUp("acme", "two")
	b.vault.Close()
	later := b.at(40 * 24 * time.Hour)
	moved := profile("acme")
	moved.Region, moved.RotateAfter = "uk", 30*credstore.Day
	if _, err := later.vault.Stage(t.Context(), "memory", moved, oauth("two"), credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	r := later.activate("acme")
	wantTags(t, r, "active=two previous=one")
	if !r.Current.CreatedAt.Equal(morning) || r.Profile.Region != "uk" || r.ProfileOf(r.Previous).Region != "us" {
		t.Errorf("%+v", r)
	}
	e := later.entry("acme")
	if !e.SecretSince.Equal(morning) || e.RotateAfter != 30*credstore.Day || !e.CurrentSince.Equal(morning.Add(40*24*time.Hour)) {
		t.Errorf("the list says %+v", e)
	}
}

func TestUpdateChangesTheReminderAlone(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	b.setUp("acme", "two")
	r, err := b.vault.Update(t.Context(), "acme", func(p *credstore.Profile) { p.RotateAfter = credstore.Never })
	if err != nil {
		t.Fatal(err)
	}
	wantTags(t, r, "active=two previous=one")
	if e := b.entry("acme"); e.RotateAfter != credstore.Never || r.Profile.RotateAfter != credstore.Never || r.Previous.Profile != nil {
		t.Errorf("%+v; the list says %v", r, e.RotateAfter)
	}
	if _, err := b.vault.Update(t.Context(), "acme", func(p *credstore.Profile) { p.Name = "beta" }); err == nil {
		t.Error("a name was changed")
	}
	wantTags(t, b.load("acme"), "active=two previous=one")
}

// TestRecordCheckConfirms: a test that passes later confirms what could not be confirmed at once.
func TestRecordCheckConfirms(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	sum := passed()
	sum.Version = "another"
	if err := b.vault.RecordCheck("acme", sum); err != nil {
		t.Fatal(err)
	}
	if _, ok := b.vault.Noted("acme"); !ok {
		t.Error("another version's test confirmed it")
	}
	sum.Version = b.load("acme").Current.ID
	if err := b.vault.RecordCheck("acme", sum); err != nil {
		t.Fatal(err)
	}
	if s, ok := b.vault.Noted("acme"); ok {
		t.Errorf("still noted: %+v", s)
	}
}

// TestAnotherProgramIsNotWrittenOver: where the store can tell, a change that others made with other locks is seen.
func TestAnotherProgramIsNotWrittenOver(t *testing.T) {
	store := credstore.NewMemory()
	b := newBench(t, store)
	b.setUp("acme", "one")
	faulty := &racing{Memory: store}
	mine := credstore.NewVault(b.index, clock, faulty)
	defer mine.Close()
	faulty.before = func() {
		other := credstore.NewVault(credstore.NewIndex(t.TempDir()), clock, store) // other locks, the same store
		defer other.Close()
		if _, err := other.Load(t.Context(), "acme"); err != nil {
			t.Error(err)
		}
		if _, err := other.Stage(t.Context(), "memory", profile("acme"), oauth("theirs"), credstore.Created); err != nil {
			t.Error(err)
		}
	}
	_, err := mine.Stage(t.Context(), "memory", profile("acme"), oauth("mine"), credstore.Pasted)
	wantKind(t, err, credstore.Conflict)
	wantTags(t, b.load("acme"), "active=one pending=theirs")
}

// racing is a store to which another program writes between the reading and the writing of this one.
type racing struct {
	*credstore.Memory
	before func()
}

func (r *racing) CompareAndSet(ctx context.Context, name string, old, item []byte) error {
	if r.before != nil {
		do := r.before
		r.before = nil
		do()
	}
	return r.Memory.CompareAndSet(ctx, name, old, item)
}

// TestTheLastAcceptedCheckIsKept: a credential that has stopped says nothing about what it could do before.
func TestTheLastAcceptedCheckIsKept(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	sum := func(minute int, state client.State) credstore.CheckSummary {
		return credstore.CheckSummary{At: morning.Add(time.Duration(minute) * time.Minute), Checks: []credstore.CheckState{{ID: client.CheckCredentials, State: state}}}
	}
	at := func(minute int) {
		t.Helper()
		if last := b.entry("acme").Baseline(); last == nil || !last.At.Equal(morning.Add(time.Duration(minute)*time.Minute)) {
			t.Fatalf("compared with %+v, want that of minute %d", last, minute)
		}
	}
	at(1)
	for _, tt := range []struct {
		minute int
		state  client.State
		want   int
	}{{2, client.Failed, 1}, {3, client.Failed, 1}, {4, client.Passed, 4}, {5, client.Skipped, 4}, {6, client.Passed, 6}} {
		if err := b.vault.RecordCheck("acme", sum(tt.minute, tt.state)); err != nil {
			t.Fatal(err)
		}
		at(tt.want)
	}
	later := credstore.NewVault(b.index, func() time.Time { return morning.Add(time.Hour) }, b.store)
	defer later.Close()
	b.vault.Close()
	if _, err := later.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Pasted); err != nil {
		t.Fatal(err)
	}
	if _, err := later.Activate(t.Context(), "acme", sum(60, client.Failed)); err != nil {
		t.Fatal(err)
	}
	at(60) // what another credential passed is no measure for this one
}
