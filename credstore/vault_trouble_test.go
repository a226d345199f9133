package credstore_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

func TestProfileLostFromTheIndexIsFoundByName(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	want := b.setUp("acme", "one")
	if err := b.index.Remove("acme"); err != nil {
		t.Fatal(err)
	}
	if r := b.load("acme"); r.Current.ID != want.Current.ID {
		t.Errorf("found another version")
	}
	if e := b.entry("acme"); e.Store != "memory" || !e.CurrentSince.Equal(morning) || e.Identifier != "id-one" {
		t.Errorf("the entry that came back: %+v", e)
	}
	if err := b.index.Remove("acme"); err != nil {
		t.Fatal(err)
	}
	if err := b.vault.Delete(t.Context(), "acme"); err != nil {
		t.Errorf("Delete of a profile that is not in the index: %v", err)
	}
}

func TestEntryWithoutItem(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	if err := b.store.Delete(t.Context(), "acme"); err != nil {
		t.Fatal(err)
	}
	_, err := b.vault.Load(t.Context(), "acme")
	wantKind(t, err, credstore.NotFound)
	b.entry("acme") // it stays: somebody deleted the item behind our back, and the person is to know
	if err := b.vault.Delete(t.Context(), "acme"); err != nil {
		t.Errorf("Delete: %v", err)
	}

	announced := func(e *credstore.Entry) { e.Store, e.Pending = "memory", true }
	if err := b.index.Update("never", announced); err != nil {
		t.Fatal(err)
	}
	_, err = b.vault.Load(t.Context(), "never")
	wantKind(t, err, credstore.NotFound)
	if _, known, _ := b.vault.Lookup("never"); known {
		t.Error("the entry of a version that was never written is still there")
	}
	if err := b.index.Update("never", announced); err != nil {
		t.Fatal(err)
	}
	if err := b.vault.End(t.Context(), "never", credstore.Discarded); err != nil {
		t.Fatal(err)
	}
	if _, known, _ := b.vault.Lookup("never"); known {
		t.Error("Discard left the entry of a version that was never written")
	}
}

func TestDamagedItem(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	if err := b.store.Set(t.Context(), "acme", []byte(`{"schema":9}`)); err != nil {
		t.Fatal(err)
	}
	_, err := b.vault.Load(t.Context(), "acme")
	wantKind(t, err, credstore.Damaged)
	if !strings.Contains(err.Error(), "newer mimecred") {
		t.Errorf("the error does not say why: %v", err)
	}
	_, err = b.vault.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Pasted)
	wantKind(t, err, credstore.Damaged) // never replaced: it may be readable for a newer version
	if err := b.vault.Delete(t.Context(), "acme"); err != nil {
		t.Errorf("Delete of a damaged item: %v", err)
	}
}

func TestStoreThatIgnoresCapitals(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	item, err := b.store.Get(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.store.Set(t.Context(), "Acme", item); err != nil { // as a keyring that gives acme's item for Acme
		t.Fatal(err)
	}
	_, err = b.vault.Load(t.Context(), "Acme")
	wantKind(t, err, credstore.Conflict)
}

func TestTwoProcessesOnOneProfile(t *testing.T) {
	t.Parallel() // it waits for locks
	store := credstore.NewMemory()
	b := newBench(t, store)
	b.setUp("acme", "one")
	b.stage("acme", "mine")
	other := b.again(store)
	_, err := other.vault.Stage(t.Context(), "memory", profile("acme"), oauth("theirs"), credstore.Pasted)
	wantKind(t, err, credstore.Conflict)
	if sentence, fix := credstore.Explain(err); !strings.Contains(sentence, "another mimecred") || fix == "" {
		t.Errorf("Explain: %q, %q", sentence, fix)
	}
	wantKind(t, other.vault.Delete(t.Context(), "acme"), credstore.Conflict)
	_, err = other.vault.Rollback(t.Context(), "acme", credstore.CheckSummary{})
	wantKind(t, err, credstore.Conflict)
	wantTags(t, other.load("acme"), "active=one pending=mine") // looking is free
	other.stage("beta", "b")                                   // and so are other profiles
	wantTags(t, b.activate("acme"), "active=mine previous=one")
	_, err = other.vault.Stage(t.Context(), "memory", profile("acme"), oauth("theirs"), credstore.Pasted) // it is not finished
	wantKind(t, err, credstore.Conflict)
	if err := b.vault.End(t.Context(), "acme", credstore.Finished); err != nil {
		t.Fatal(err)
	}
	theirs := other.stage("acme", "theirs")
	wantTags(t, theirs, "active=mine pending=theirs previous=one")
	_ = other.vault.End(t.Context(), "acme", credstore.Left)
	_, err = b.vault.Activate(t.Context(), "acme", passed()) // which version was checked, nobody says
	wantKind(t, err, credstore.Conflict)
	sum := passed()
	sum.Version = theirs.Pending.ID
	r, err := b.vault.Activate(t.Context(), "acme", sum)
	if err != nil {
		t.Fatal(err)
	}
	wantTags(t, r, "active=theirs previous=mine")
}

func TestPromoteOnlyWhatWasChecked(t *testing.T) {
	store := credstore.NewMemory()
	b := newBench(t, store)
	b.stage("acme", "mine")
	// Somebody with another configuration directory, and so another lock, on the same keyring.
	elsewhere := newBench(t, store)
	elsewhere.stage("acme", "theirs")
	_, err := b.vault.Activate(t.Context(), "acme", passed())
	wantKind(t, err, credstore.Conflict)
	wantTags(t, elsewhere.activate("acme"), "active=theirs")
}

func TestOneVaultAtOnce(t *testing.T) {
	b := newBench(t, credstore.NewMemory())
	b.setUp("acme", "one")
	done := make(chan error, 20)
	for range cap(done) {
		go func() {
			_, err := b.vault.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Pasted)
			done <- err
		}()
	}
	for range cap(done) {
		if err := <-done; err != nil {
			t.Errorf("Stage: %v", err)
		}
	}
	wantTags(t, b.activate("acme"), "active=two previous=one")
}

func TestMovingAPendingVersionToAnotherStore(t *testing.T) {
	first, second := credstore.NewMemory(), renamed{credstore.NewMemory(), "file"}
	v := credstore.NewVault(credstore.NewIndex(t.TempDir()), clock, first, second)
	t.Cleanup(v.Close)
	if _, err := v.Stage(t.Context(), "memory", profile("acme"), oauth("one"), credstore.Created); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Stage(t.Context(), "file", profile("acme"), oauth("one"), credstore.Created); err != nil {
		t.Fatal(err)
	}
	if _, err := first.Get(t.Context(), "acme"); credstore.KindOf(err) != credstore.NotFound {
		t.Errorf("the first store still has it: %v", err)
	}
	if _, err := v.Activate(t.Context(), "acme", passed()); err != nil {
		t.Fatal(err)
	}
	_, err := v.Stage(t.Context(), "memory", profile("acme"), oauth("two"), credstore.Created)
	wantKind(t, err, credstore.Conflict)
	if got := v.Location("file", "acme"); got != "in file as acme" {
		t.Errorf("Location = %q", got)
	}
	if got := v.Location("openbao", "acme"); got != "in OpenBao" {
		t.Errorf("Location of a store that is not there = %q", got)
	}
}

// renamed is a store under another kind.
type renamed struct {
	credstore.Store
	kind string
}

func (r renamed) Kind() string                { return r.kind }
func (r renamed) Location(name string) string { return "in " + r.kind + " as " + name }

func TestCancelledWhileWaitingForItsTurn(t *testing.T) {
	f := storetest.NewFaulty(credstore.NewMemory())
	b := newBench(t, f)
	started := make(chan struct{})
	f.On(storetest.Set, 1, func(ctx context.Context, call storetest.Call, do func() ([]byte, error)) ([]byte, error) {
		close(started)
		return storetest.Hang()(ctx, call, do)
	})
	slow, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := b.vault.Stage(slow, "memory", profile("acme"), oauth("one"), credstore.Pasted)
		done <- err
	}()
	<-started
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.vault.Stage(gone, "memory", profile("acme"), oauth("two"), credstore.Pasted)
	wantKind(t, err, credstore.Canceled)
	stop()
	wantKind(t, <-done, credstore.Canceled)
	wantTags(t, b.stage("acme", "three"), "pending=three")
}

func TestLoadWhileAnotherIsStaging(t *testing.T) {
	store := credstore.NewMemory()
	b := newBench(t, store)
	b.setUp("acme", "one")
	reader := b.again(store)
	f := storetest.NewFaulty(store)
	f.On(storetest.Set, 1, func(_ context.Context, _ storetest.Call, do func() ([]byte, error)) ([]byte, error) {
		wantTags(t, reader.load("acme"), "active=one") // the index is put back to what the store has so far
		if reader.entry("acme").Pending {
			t.Error("the index tells of a version that is not written yet")
		}
		return do()
	})
	writer := b.again(f)
	writer.stage("acme", "two")
	if !writer.entry("acme").Pending {
		t.Error("the index does not tell of the version that was written")
	}
}

func TestLeaveDoesNotWait(t *testing.T) {
	f := storetest.NewFaulty(credstore.NewMemory())
	b := newBench(t, f)
	started := make(chan struct{})
	f.On(storetest.Set, 1, func(ctx context.Context, call storetest.Call, do func() ([]byte, error)) ([]byte, error) {
		close(started)
		return storetest.Hang()(ctx, call, do)
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := b.vault.Stage(ctx, "memory", profile("acme"), oauth("one"), credstore.Pasted)
		done <- err
	}()
	<-started
	_ = b.vault.End(t.Context(), "acme", credstore.Left)
	_ = b.vault.End(t.Context(), "nobody", credstore.Left)
	b.vault.Close()
	cancel()
	wantKind(t, <-done, credstore.Canceled)
}

func TestLoadWorksWhenTheIndexCannotBeWritten(t *testing.T) {
	store := credstore.NewMemory()
	newBench(t, store).setUp("acme", "one")
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "index.lock"), 0o700); err != nil { // a lock that nobody can get
		t.Fatal(err)
	}
	index := credstore.NewIndex(dir)
	if err := index.Update("acme", func(*credstore.Entry) {}); err == nil {
		t.Fatal("the index can be written")
	}
	r, err := credstore.NewVault(index, clock, store).Load(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	wantTags(t, r, "active=one")
}
