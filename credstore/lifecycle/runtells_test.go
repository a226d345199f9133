package lifecycle_test

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// count is how often an event of a kind was told since the last run that prepared something.
func count[E lifecycle.Event](s *story) (n int) {
	for _, e := range s.told {
		if _, is := e.(E); is {
			n++
		}
	}
	return n
}

// TestRunTellsWhatItPushesOut: a previous version whose keys are still valid at Mimecast is told of before it is forgotten, unless the
// keys only stay the same.
func TestRunTellsWhatItPushesOut(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	for i, want := range []int{0, 0, 1} {
		c := s.user()
		if i > 0 {
			c = rotation(c)
		}
		s.told = nil
		if out, err := s.run(t.Context(), c, lifecycle.Policy{}); err != nil || out.End != lifecycle.Finished {
			t.Fatalf("%d, %v", out.End, err)
		}
		if n := count[lifecycle.PushesOut](s); n != want {
			t.Errorf("change %d: told %d times", i+1, n)
		}
		if n := count[lifecycle.KeysCame](s); n != 1 || count[lifecycle.Replacing](s) != 0 || count[lifecycle.KeysLost](s)+count[lifecycle.Unfinished](s) != 0 {
			t.Errorf("change %d: %d keys came: %+v", i+1, n, s.told)
		}
	}
	renewal := rotation(s.user())
	renewal.Way, s.told = lifecycle.Renew, nil
	s.sim.ExpireKeys("svc@example.com")
	if out, err := s.run(t.Context(), renewal, lifecycle.Policy{}); err != nil || !out.SameKeys || count[lifecycle.PushesOut](s)+count[lifecycle.OtherKeys](s) != 0 {
		t.Errorf("renewed %v, %v: %+v", out.SameKeys, err, s.told)
	}
}

// TestRunTellsWhatWasLeft: an earlier change that was begun, and a sign-in whose answer was lost, are each told once.
func TestRunTellsWhatWasLeft(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.saved(s.pair())
	if _, err := s.Begin(t.Context(), rotation(s.pair()), s.tell); err != nil {
		t.Fatal(err)
	}
	s.Leave("acme")
	s.finishes(rotation(s.another()))
	if count[lifecycle.Unfinished](s) != 1 || count[lifecycle.KeysLost](s) != 0 || count[lifecycle.Replacing](s) != 1 {
		t.Errorf("begun before: %+v", s.told)
	}
	if err := s.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Creating, Store: "memory", User: "svc@example.com"}); err != nil {
		t.Fatal(err)
	}
	s.Leave("acme")
	s.finishes(rotation(s.another()))
	if count[lifecycle.KeysLost](s) != 1 || count[lifecycle.Unfinished](s) != 1 {
		t.Errorf("a sign-in without an answer: %+v", s.told)
	}
	s.finishes(rotation(s.another()))
	if count[lifecycle.KeysLost](s) != 1 || count[lifecycle.Unfinished](s) != 0 {
		t.Errorf("a reminder: %+v", s.told)
	}
}

// finishes runs a change that has to come to its end, and keeps what was told.
func (s *story) finishes(c lifecycle.Change) {
	s.t.Helper()
	s.told = nil
	if out, err := s.run(s.t.Context(), c, lifecycle.Policy{}); err != nil || out.End != lifecycle.Finished {
		s.t.Fatalf("ended at %d, %v", out.End, err)
	}
}

// TestRunWithThePendingKeys: created keys that are pending are in nobody's way who gives the same ones.
func TestRunWithThePendingKeys(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	at(s, func(lifecycle.KeysCame) { s.broken() })
	if out, err := s.run(t.Context(), s.user(), lifecycle.Policy{}); err != nil || out.End != lifecycle.KeptPending {
		t.Fatalf("%d, %v", out.End, err)
	}
	s.mended()
	keys, _ := s.record().Pending.Credential.(client.Legacy)
	c := s.user()
	c.AccessKey, c.SecretKey = keys.AccessKey, keys.SecretKey
	s.finishes(rotation(c))
	if count[lifecycle.Unfinished](s) != 1 || count[lifecycle.KeysCame](s) != 0 || !client.Same(s.record().Current.Credential, keys) {
		t.Errorf("told: %+v", s.told)
	}
}
