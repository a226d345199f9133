package lifecycle

import (
	"slices"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/storetest"
)

// lastingStore is a memory in place of the keyring.
type lastingStore struct{ *credstore.Memory }

func (lastingStore) Kind() string { return "keyring" }

// sessionBench is a session over a stand-in for the keyring that can be made to fail.
type sessionBench struct {
	*Session
	t    *testing.T
	ring *storetest.Faulty
}

func newSessionBench(t *testing.T) sessionBench {
	t.Helper()
	ring := storetest.NewFaulty(lastingStore{credstore.NewMemory()})
	lasting := credstore.NewVault(credstore.NewIndex(t.TempDir()), time.Now, ring)
	t.Cleanup(lasting.Close)
	return sessionBench{Session: NewSession(lasting, time.Now), t: t, ring: ring}
}

func (b sessionBench) stage(store, value string) {
	b.t.Helper()
	p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
	c := client.OAuth{ClientID: "id-" + value, ClientSecret: secret.New(value)}
	if _, err := b.Stage(b.t.Context(), store, p, c, credstore.Pasted); err != nil {
		b.t.Fatal(err)
	}
}

// inRing is what the keyring has: the identifiers of the current version and of the pending one.
func (b sessionBench) inRing() (active, pending string) {
	b.t.Helper()
	r, err := b.lasting.Load(b.t.Context(), "acme")
	if credstore.KindOf(err) == credstore.NotFound {
		return "", ""
	}
	if err != nil {
		b.t.Fatal(err)
	}
	if r.Current != nil {
		active = r.Current.Credential.Identifier()
	}
	if r.Pending != nil {
		pending = r.Pending.Credential.Identifier()
	}
	return active, pending
}

// TestSessionChangesItsMind: whoever goes back and keeps a credential elsewhere leaves none in the store chosen before.
func TestSessionChangesItsMind(t *testing.T) {
	t.Parallel()
	b := newSessionBench(t)
	b.stage("keyring", "one")
	b.stage(credstore.MemoryKind, "one")
	if active, pending := b.inRing(); active+pending != "" {
		t.Errorf("the keyring still has %q and %q", active, pending)
	}
	if _, known, err := b.lasting.Lookup("acme"); known || err != nil {
		t.Errorf("the list still has the profile: %v, %v", known, err)
	}
	if len(b.staged) > 0 {
		t.Errorf("it still counts as pending: %v", b.staged)
	}
	b.stage("keyring", "two")
	if _, known, _ := b.passing.Lookup("acme"); known {
		t.Error("the memory still has the profile")
	}
	if _, err := b.Activate(t.Context(), "acme", credstore.CheckSummary{OK: true}); err != nil {
		t.Fatal(err)
	}
	if active, pending := b.inRing(); active != "id-two" || pending != "" {
		t.Errorf("the keyring has %q current, and %q pending", active, pending)
	}
	if left := b.Left(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestSessionKeepsWhatIsNotItsOwn: what lay in the keyring before stays there, current or not.
func TestSessionKeepsWhatIsNotItsOwn(t *testing.T) {
	t.Parallel()
	b := newSessionBench(t)
	b.stage("keyring", "one")
	if _, err := b.Activate(t.Context(), "acme", credstore.CheckSummary{OK: true}); err != nil {
		t.Fatal(err)
	}
	b.stage("keyring", "earlier")
	b.lasting.Close()

	later := sessionBench{Session: NewSession(b.lasting, time.Now), t: t, ring: b.ring}
	later.stage(credstore.MemoryKind, "two")
	if active, pending := later.inRing(); active != "id-one" || pending != "id-earlier" {
		t.Errorf("the keyring has %q current, and %q pending", active, pending)
	}
	if err := later.End(t.Context(), "acme", credstore.Discarded); err != nil {
		t.Fatal(err)
	}
	if active, pending := later.inRing(); active != "id-one" || pending != "id-earlier" {
		t.Errorf("after leaving, the keyring has %q current, and %q pending", active, pending)
	}
}

// TestSessionLeavesAFailingKeyring: a keyring that fails does not keep a person from doing without it; what is left in it
// is told, and removed as soon as that works.
func TestSessionLeavesAFailingKeyring(t *testing.T) {
	t.Parallel()
	b := newSessionBench(t)
	b.stage("keyring", "one")
	b.ring.On(storetest.Delete, 1, storetest.Fail(credstore.Locked))
	b.stage(credstore.MemoryKind, "one")
	if left := b.Left(); !slices.Equal(left, []string{"acme"}) {
		t.Errorf("left behind: %v", left)
	}
	if err := b.End(t.Context(), "acme", credstore.Discarded); err != nil {
		t.Fatal(err)
	}
	if active, pending := b.inRing(); active+pending != "" || len(b.Left()) > 0 {
		t.Errorf("the keyring still has %q and %q", active, pending)
	}
}

// TestSessionLeavesWhatEarlierRunsNoted: keeping a credential in this session alone says nothing about the sign-ins of before.
func TestSessionLeavesWhatEarlierRunsNoted(t *testing.T) {
	t.Parallel()
	b := newSessionBench(t)
	if err := b.lasting.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "keyring", User: "svc"}); err != nil {
		t.Fatal(err)
	}
	_ = b.lasting.End(t.Context(), "acme", credstore.Left) // it was killed
	b.stage(credstore.MemoryKind, "other")
	if s, ok := b.lasting.Noted("acme"); !ok || len(s.MayBeLost()) != 1 {
		t.Errorf("noted: %+v", s)
	}
}

// TestSessionSaysNothingOfItsOwnKeys: keys whose creation was noted where profiles last, and that are kept here in the end, are no
// lost ones.
func TestSessionSaysNothingOfItsOwnKeys(t *testing.T) {
	t.Parallel()
	b := newSessionBench(t)
	if err := b.Note(t.Context(), credstore.UnfinishedChange{Phase: credstore.Creating, Name: "acme", Store: "keyring", User: "svc"}); err != nil {
		t.Fatal(err)
	}
	if _, noted := b.lasting.Noted("acme"); !noted {
		t.Fatal("the sign-in was not noted where the keys were to be kept")
	}
	if s, noted := b.Noted("acme"); !noted || s.User != "svc" {
		t.Errorf("noted here: %v, %+v", noted, s)
	}
	b.stage(credstore.MemoryKind, "one")
	if s, noted := b.lasting.Noted("acme"); noted && len(s.MayBeLost()) > 0 {
		t.Errorf("noted: %+v", s)
	}
}

// TestSessionListsBoth: what lasts and what is kept here are one list in the order of names, and here goes before.
func TestSessionListsBoth(t *testing.T) {
	t.Parallel()
	b := newSessionBench(t)
	stage := func(store, name string) {
		p := credstore.Profile{Name: name, API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
		if _, err := b.Stage(t.Context(), store, p, client.OAuth{ClientID: store, ClientSecret: secret.New("s")}, credstore.Pasted); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Activate(t.Context(), name, credstore.CheckSummary{OK: true}); err != nil {
			t.Fatal(err)
		}
	}
	stage("keyring", "c")
	stage("keyring", "b")
	stage(credstore.MemoryKind, "a")
	stage(credstore.MemoryKind, "b")
	list, err := b.Entries()
	var got []string
	for _, e := range list {
		got = append(got, e.Name+" "+e.Store)
	}
	if err != nil || !slices.Equal(got, []string{"a memory", "b memory", "c keyring"}) {
		t.Errorf("%v: %q", err, got)
	}
	for name, id := range map[string]string{"a": "memory", "b": "memory", "c": "keyring"} {
		r, err := b.Load(t.Context(), name)
		if err != nil || r.Current == nil || r.Current.Credential.Identifier() != id {
			t.Errorf("%s: %v", name, err)
		}
		if e, found, err := b.Lookup(name); err != nil || !found || e.Store != id {
			t.Errorf("%s: %v, %v, %+v", name, found, err, e)
		}
	}
	if err := b.Delete(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if e, found, _ := b.Lookup("b"); !found || e.Store != "keyring" {
		t.Errorf("once it is deleted here: %v, %+v", found, e)
	}
}

// TestSessionForgetsWhatIsCurrent: a version that was activated is no longer one that this session left pending.
func TestSessionForgetsWhatIsCurrent(t *testing.T) {
	t.Parallel()
	b := newSessionBench(t)
	b.stage("keyring", "one")
	if !slices.Equal(b.staged, []string{"acme"}) {
		t.Errorf("staged: %v", b.staged)
	}
	b.ring.On(storetest.Set, b.ring.Count(storetest.Set)+1, storetest.Fail(credstore.Locked))
	if _, err := b.Activate(t.Context(), "acme", credstore.CheckSummary{OK: true}); err == nil || !slices.Equal(b.staged, []string{"acme"}) {
		t.Errorf("it was not activated, %v, and staged are %v", err, b.staged)
	}
	b.ring.Clear()
	if _, err := b.Activate(t.Context(), "acme", credstore.CheckSummary{OK: true}); err != nil || len(b.staged) != 0 {
		t.Errorf("it is current, %v, and staged are %v", err, b.staged)
	}
	b.stage("keyring", "two")
	if err := b.End(t.Context(), "acme", credstore.Left); err != nil || len(b.staged) != 1 {
		t.Errorf("left: %v, %v", err, b.staged)
	}
	if err := b.End(t.Context(), "acme", credstore.Discarded); err != nil || len(b.staged) != 0 {
		t.Errorf("discarded: %v, %v", err, b.staged)
	}
}
