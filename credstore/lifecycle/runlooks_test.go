package lifecycle_test

import (
	"context"
	"errors"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/credstore/storetest"
)

// lockedVault is a vault whose profiles another process has locked.
type lockedVault struct{ lifecycle.Vault }

func (lockedVault) Begin(context.Context, credstore.UnfinishedChange) (credstore.UnfinishedChange, error) {
	return credstore.UnfinishedChange{}, errUnlooked
}

// TestRunWaitsForWhoIsAtWork: a profile that another process changes is not looked at, since what is noted is that one's work.
func TestRunWaitsForWhoIsAtWork(t *testing.T) {
	t.Parallel()
	for _, busy := range []bool{true, false} {
		s := newStory(t)
		s.Vault = lockedVault{s.Vault}
		if busy {
			s.Profiles = occupied{s.Profiles}
		}
		asked := ""
		whole := func(c lifecycle.Change, f lifecycle.Found) (lifecycle.Change, error) {
			asked = f.Name
			return c, nil
		}
		out, err := s.run(t.Context(), s.pair(), lifecycle.Policy{Complete: whole})
		if !errors.Is(err, errUnlooked) || out.End != lifecycle.Unchanged || (asked == "") != busy {
			t.Errorf("busy %v: ended at %d, %v, looked at %q", busy, out.End, err, asked)
		}
	}
}

// TestRunCompletesWithWhatIsThere: whoever makes a change whole sees the profile as it is, and what comes of it is what is stored.
func TestRunCompletesWithWhatIsThere(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	old := s.saved(s.pair()).ClientID
	made := s.another()
	s.Profiles = nil // no list is needed for that
	whole := func(c lifecycle.Change, f lifecycle.Found) (lifecycle.Change, error) {
		if f.Name != "acme" || f.Record.Current == nil || f.Entry.Name != "acme" || f.Unfinished {
			t.Errorf("found %+v", f)
		}
		c.ClientID, c.ClientSecret = made.ClientID, made.ClientSecret
		return c, nil
	}
	out, err := s.run(t.Context(), rotation(s.pair()), lifecycle.Policy{Complete: whole})
	s.wantEnd(out, err, ending{end: lifecycle.Finished, current: made.ClientID, previous: old, phase: ""})
	if !out.Change.Replaces || out.Change.Replaced.ID == "" {
		t.Errorf("it replaces %+v", out.Change.Replaced)
	}
}

// TestRunKeepsWhatMayBeLost: sign-ins of an earlier run are in the change that comes back, also where nothing could be stored.
func TestRunKeepsWhatMayBeLost(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	if err := s.vault.Note(t.Context(), credstore.UnfinishedChange{Name: "acme", Phase: credstore.Creating, Store: "memory", User: "svc@example.com"}); err != nil {
		t.Fatal(err)
	}
	s.Leave("acme")
	s.store.On(storetest.Set, 0, storetest.Fail(credstore.Locked))
	out, err := s.run(t.Context(), s.pair(), lifecycle.Policy{})
	if err == nil || len(out.Change.LostKeys) != 1 || out.Change.LostKeys[0].User != "svc@example.com" || count[lifecycle.KeysLost](s) != 1 {
		t.Errorf("%v, lost %+v", err, out.Change.LostKeys)
	}
}
