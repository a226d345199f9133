package lifecycle

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"mimecred/credstore"
)

// shelf is a list of profiles, with the set-ups that were left, as renaming sees them.
type shelf struct {
	entries []credstore.Entry
	changes []credstore.UnfinishedChange
	drafts  []string
	renamed []string
	moved   []string
	fails   error
}

func (s *shelf) Entries() ([]credstore.Entry, error)               { return s.entries, nil }
func (s *shelf) Unfinished() ([]credstore.UnfinishedChange, error) { return s.changes, nil }
func (*shelf) Busy(string) bool                                    { return false }

func (s *shelf) Rename(_ context.Context, from, to string) (credstore.Record, error) {
	s.renamed = append(s.renamed, from+" "+to)
	return credstore.Record{}, s.fails
}

func (s *shelf) Has(name string) bool {
	for _, d := range s.drafts {
		if d == name {
			return true
		}
	}
	return false
}

func (s *shelf) Move(from, to string) error {
	s.moved = append(s.moved, from+" "+to)
	return nil
}

// TestRenameRule: what is in the way is refused before the store is asked, with a command that goes on.
func TestRenameRule(t *testing.T) {
	t.Parallel()
	in := func(name string) credstore.Entry { return credstore.Entry{Name: name, CurrentSince: time.Unix(1, 0)} }
	change := func(name string, kind credstore.ChangeKind, phase credstore.Phase, to string) credstore.UnfinishedChange {
		return credstore.UnfinishedChange{Name: name, Kind: kind, Phase: phase, To: to}
	}
	for name, tt := range map[string]struct {
		shelf    shelf
		from, to string
		// why is in the refusal, hint in its fix; nothing is refused without.
		why, hint string
	}{
		"free":            {shelf{drafts: []string{"acme"}}, "acme", "beta", "", ""},
		"no name":         {shelf{}, "acme", "a/b", "not '/'", ""},
		"its name":        {shelf{}, "acme", "acme", "its name already", ""},
		"another profile": {shelf{entries: []credstore.Entry{in("acme"), in("Beta")}}, "acme", "beta", `There is a profile "Beta" already.`, "mimecred list"},
		"its own letters": {shelf{}, "acme", "ACME", "", ""},
		"a draft":         {shelf{drafts: []string{"beta"}}, "acme", "beta", `A set-up of "beta" was left unfinished.`, "mimecred setup beta goes on"},
		"a set-up begun": {
			shelf{changes: []credstore.UnfinishedChange{change("beta", credstore.SetUp, credstore.Creating, "")}}, "acme", "beta", `A set-up of "beta" was left`, "mimecred setup beta",
		},
		"a renaming has it": {
			shelf{changes: []credstore.UnfinishedChange{change("beta", credstore.Renaming, credstore.Begun, "gamma")}}, "acme", "beta", "Beta is being renamed to gamma", "mimecred rename beta gamma finishes",
		},
		"waits": {
			shelf{changes: []credstore.UnfinishedChange{change("acme", credstore.Rotation, credstore.Staged, "")}}, "acme", "beta", "not tested yet", "mimecred delete acme --pending discards it",
		},
		"current, and not confirmed": {
			shelf{changes: []credstore.UnfinishedChange{change("acme", credstore.Rotation, credstore.Activated, "")}}, "acme", "beta", "not confirmed", "mimecred rotate acme --resume",
		},
		"interrupted": {shelf{changes: []credstore.UnfinishedChange{change("acme", credstore.Renaming, credstore.Begun, "beta")}}, "acme", "beta", "", ""},
		"interrupted, letters": {
			shelf{changes: []credstore.UnfinishedChange{change("acme", credstore.Renaming, credstore.Begun, credstore.Between("ACME"))}}, "acme", "ACME", "", "",
		},
		"interrupted, to another": {
			shelf{changes: []credstore.UnfinishedChange{change("acme", credstore.Renaming, credstore.Begun, "beta")}}, "acme", "gamma", "Acme is being renamed to beta", "mimecred rename acme beta finishes",
		},
	} {
		s := tt.shelf
		if s.entries == nil {
			s.entries = []credstore.Entry{in("acme")}
		}
		_, unmoved, err := Rename(t.Context(), &s, &s, tt.from, tt.to)
		if tt.why == "" {
			if err != nil || unmoved != nil || len(s.renamed) != 1 || len(s.moved) != 1 || s.moved[0] != tt.from+" "+tt.to {
				t.Errorf("%s: %v, %v, renamed %v, moved %v", name, err, unmoved, s.renamed, s.moved)
			}
			continue
		}
		why, fix := ExplainRename(err)
		if !strings.Contains(why, tt.why) || !strings.Contains(fix, tt.hint) || len(s.renamed)+len(s.moved) > 0 {
			t.Errorf("%s: %q, %q, renamed %v, moved %v", name, why, fix, s.renamed, s.moved)
		}
	}
}

// TestRenameThatFails leaves the set-up under its name, unless only the list could not be written.
func TestRenameThatFails(t *testing.T) {
	t.Parallel()
	s := shelf{entries: []credstore.Entry{{Name: "acme"}}, fails: errors.New("made to fail")}
	if _, _, err := Rename(t.Context(), &s, &s, "acme", "beta"); !errors.Is(err, s.fails) || len(s.moved) > 0 {
		t.Errorf("%v, moved %v", err, s.moved)
	}
}
