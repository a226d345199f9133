package lifecycle_test

import (
	"slices"
	"testing"
	"time"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// ring is a memory in place of the keyring.
type ring struct{ *credstore.Memory }

func (ring) Kind() string { return "keyring" }

// sessionOf is a story whose vault is a session with a stand-in for the keyring, with the files of its list and what lasts.
func sessionOf(t *testing.T) (*story, *lifecycle.Session, *spoiled) {
	t.Helper()
	s := newStory(t)
	files := &spoiled{}
	s.store = storetest.NewFaulty(ring{credstore.NewMemory()})
	s.vault = credstore.NewVault(credstore.NewIndex(t.TempDir(), credstore.WithFiles(files)), time.Now, s.store)
	t.Cleanup(s.vault.Close)
	session := lifecycle.NewSession(s.vault, time.Now)
	s.Vault, s.Profiles = session, session
	return s, session, files
}

// TestSessionTellsInTheEndWhatIsNotListed: what is done although the list cannot be written is no failure, and is told at last.
func TestSessionTellsInTheEndWhatIsNotListed(t *testing.T) {
	t.Parallel()
	s, session, files := sessionOf(t)
	c := s.pair()
	c.Store = "keyring"
	c = s.checked(c)
	if n := len(session.Unlisted()); n != 0 {
		t.Fatalf("%d profiles are not listed", n)
	}
	files.broken = true
	c, err := s.Activate(t.Context(), c, s.tell)
	if err != nil || !c.Activated || count[lifecycle.NotListed](s) != 0 {
		t.Fatalf("%v, activated %v", err, c.Activated)
	}
	told := session.Unlisted()
	if len(told) != 1 || !credstore.Unlisted(told["acme"]) {
		t.Errorf("not listed: %v", told)
	}
	delete(told, "acme")
	if n := len(session.Unlisted()); n != 1 {
		t.Errorf("%d profiles are not listed", n)
	}
	files.broken = false
	s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
	s.store.On(storetest.Delete, 0, storetest.Fail(credstore.Locked))
	if err := s.Delete(t.Context(), "acme", s.tell); credstore.KindOf(err) != credstore.Locked {
		t.Errorf("what is not done is a failure: %v", err)
	}
}

// TestSessionAbandonsWhereItBegan: a sign-in is noted, ended and found where the keys were to be kept.
func TestSessionAbandonsWhereItBegan(t *testing.T) {
	t.Parallel()
	for _, store := range []string{credstore.MemoryKind, "keyring"} {
		s, session, _ := sessionOf(t)
		if _, noted := session.Noted("acme"); noted {
			t.Errorf("%s: something is noted of nothing", store)
		}
		creating := credstore.UnfinishedChange{Name: "acme", Phase: credstore.Creating, Store: store, User: "svc@example.com"}
		if err := session.Note(t.Context(), creating); err != nil {
			t.Fatal(err)
		}
		if noted, is := session.Noted("acme"); !is || noted.User != creating.User {
			t.Errorf("%s: noted %+v", store, noted)
		}
		if _, lasts := s.vault.Noted("acme"); lasts != (store == "keyring") {
			t.Errorf("%s: it lasts %v", store, lasts)
		}
		if err := session.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Begun}); err != nil {
			t.Fatal(err)
		}
		if err := session.End(t.Context(), "acme", credstore.Abandoned); err != nil {
			t.Fatal(err)
		}
		if noted, is := session.Noted("acme"); is {
			t.Errorf("%s: it was abandoned, and noted is %+v", store, noted)
		}
	}
}

// TestSessionKeepsNoNoteOfKeysThatAreHere: a sign-in for the keyring whose keys are kept here in the end leaves nothing that lasts.
func TestSessionKeepsNoNoteOfKeysThatAreHere(t *testing.T) {
	t.Parallel()
	s, session, _ := sessionOf(t)
	c := s.user()
	c.Store = "keyring"
	c = s.created(c)
	if _, noted := s.vault.Noted("acme"); !noted {
		t.Fatal("the sign-in is not noted")
	}
	c.Store = credstore.MemoryKind
	c, _, err := s.Stage(t.Context(), c, s.tell)
	if err != nil {
		t.Fatal(err)
	}
	if noted, is := s.vault.Noted("acme"); is || s.vault.Busy("acme") {
		t.Errorf("what lasts has %v, %+v", is, noted)
	}
	if e, found, err := session.Lookup("acme"); err != nil || !found || e.Store != credstore.MemoryKind || c.StagedStore != credstore.MemoryKind {
		t.Errorf("kept here: %v, %v, %+v", found, err, e)
	}
}

// TestSessionListsEachOnce: a name that is kept in both places is listed as it is here, and every other one as well.
func TestSessionListsEachOnce(t *testing.T) {
	t.Parallel()
	s, session, _ := sessionOf(t)
	for _, one := range [][2]string{{"b", "keyring"}, {"b", credstore.MemoryKind}, {"c", credstore.MemoryKind}, {"a", "keyring"}, {"d", credstore.MemoryKind}} {
		c := s.pair()
		c.Name, c.Store = one[0], one[1]
		s.through(c)
	}
	entries, err := session.Entries()
	var got []string
	for _, e := range entries {
		got = append(got, e.Name+" "+e.Store)
	}
	if want := []string{"a keyring", "b memory", "c memory", "d memory"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
}
