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

// bookcase is a shelf that fails, or whose profiles are at work.
type bookcase struct {
	shelf
	unread error
	busy   bool
	stuck  error
}

func (b *bookcase) Entries() ([]credstore.Entry, error) { return b.entries, b.unread }
func (b *bookcase) Busy(string) bool                    { return b.busy }
func (b *bookcase) Move(from, to string) error {
	_ = b.shelf.Move(from, to)
	return b.stuck
}

// TestRenamingWasBegun: only a renaming of the same profile counts, or one by way of the name in between.
func TestRenamingWasBegun(t *testing.T) {
	t.Parallel()
	at := func(name string) []credstore.Entry { return []credstore.Entry{{Name: name}} }
	change := func(name string, kind credstore.ChangeKind) []credstore.UnfinishedChange {
		return []credstore.UnfinishedChange{{Name: "first"}, {Name: name, Kind: kind, To: "beta"}}
	}
	for name, tt := range map[string]struct {
		list     shelf
		from, to string
		want     bool
	}{
		"nothing":                  {shelf{entries: at("acme")}, "acme", "beta", false},
		"it is":                    {shelf{changes: change("acme", credstore.Renaming)}, "acme", "beta", true},
		"another profile is":       {shelf{changes: change("other", credstore.Renaming)}, "acme", "beta", false},
		"it is being rotated":      {shelf{changes: change("acme", credstore.Rotation)}, "acme", "beta", false},
		"in between":               {shelf{entries: at(credstore.Between("ACME"))}, "acme", "ACME", true},
		"in between, another name": {shelf{entries: at(credstore.Between("beta"))}, "acme", "beta", false},
		"letters, nothing yet":     {shelf{entries: at("acme")}, "acme", "ACME", false},
	} {
		if got := Renaming(&tt.list, tt.from, tt.to); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestRenameAsFarAsTheListGoes: a list that cannot be read at all stops it, one that is read in part or cannot be written does not.
func TestRenameAsFarAsTheListGoes(t *testing.T) {
	t.Parallel()
	failed := errors.New("made to fail")
	rotation := []credstore.UnfinishedChange{{Name: "acme", Kind: credstore.Rotation, Phase: credstore.Staged}}
	entries := []credstore.Entry{{Name: "acme", CurrentSince: time.Unix(1, 0)}, {Name: "ACME-2"}}
	for name, tt := range map[string]struct {
		list    bookcase
		to      string
		renamed bool
		unmoved bool
		fails   bool
	}{
		"is read":                {bookcase{shelf: shelf{entries: entries}}, "beta", true, false, false},
		"is not read":            {bookcase{unread: failed}, "beta", false, false, true},
		"is read in part":        {bookcase{shelf: shelf{entries: entries}, unread: failed}, "beta", true, false, false},
		"has it in capitals":     {bookcase{shelf: shelf{entries: entries}}, "acme-2", false, false, true},
		"has a change":           {bookcase{shelf: shelf{entries: entries, changes: rotation}}, "beta", false, false, true},
		"has a change at work":   {bookcase{shelf: shelf{entries: entries, changes: rotation}, busy: true}, "beta", true, false, false},
		"has a set-up that does": {bookcase{shelf: shelf{entries: entries}, stuck: failed}, "beta", true, true, false},
	} {
		_, unmoved, err := Rename(t.Context(), &tt.list, &tt.list, "acme", tt.to)
		if (err != nil) != tt.fails || (unmoved != nil) != tt.unmoved || (len(tt.list.renamed) == 1) != tt.renamed || len(tt.list.moved) != len(tt.list.renamed) {
			t.Errorf("%s: %v, %v, renamed %v, moved %v", name, err, unmoved, tt.list.renamed, tt.list.moved)
		}
	}
}

// TestRefusalsSayWhatHelps: an unfinished change is told from a name that is not free, and the hint fits what is current.
func TestRefusalsSayWhatHelps(t *testing.T) {
	t.Parallel()
	staged := credstore.UnfinishedChange{Name: "acme", Kind: credstore.SetUp, Phase: credstore.Staged}
	renaming := credstore.UnfinishedChange{Name: "acme", Kind: credstore.Renaming, To: "gamma"}
	for name, tt := range map[string]struct {
		list       shelf
		unfinished bool
		hint       string
	}{
		"a change, none current": {shelf{entries: []credstore.Entry{{Name: "acme"}}, changes: []credstore.UnfinishedChange{staged}}, true, "mimecred check acme"},
		"a change, one current":  {shelf{entries: []credstore.Entry{{Name: "acme", CurrentSince: time.Unix(1, 0)}}, changes: []credstore.UnfinishedChange{staged}}, true, "mimecred rotate acme"},
		"another is current":     {shelf{entries: []credstore.Entry{{Name: "other", CurrentSince: time.Unix(1, 0)}}, changes: []credstore.UnfinishedChange{staged}}, true, "mimecred check acme"},
		"a renaming":             {shelf{entries: []credstore.Entry{{Name: "acme"}}, changes: []credstore.UnfinishedChange{renaming}}, true, "mimecred rename acme gamma"},
		"a name that exists":     {shelf{entries: []credstore.Entry{{Name: "beta"}}}, false, "mimecred list"},
	} {
		_, _, err := Rename(t.Context(), &tt.list, &tt.list, "acme", "beta")
		var refused *Refusal
		if !errors.As(err, &refused) || refused.Unfinished != tt.unfinished || len(refused.Hints) == 0 || !strings.HasPrefix(refused.Hints[0], tt.hint) || refused.Error() != refused.Why {
			t.Errorf("%s: %+v", name, err)
		}
	}
	if err := BeingRenamed(staged); err != nil {
		t.Errorf("a set-up is being renamed: %v", err)
	}
	plain := &credstore.Error{Kind: credstore.Locked, Op: "rename acme"}
	why, fix := ExplainRename(plain)
	if w, f := credstore.Explain(plain); why != w || fix != f {
		t.Errorf("the store: %q, %q", why, fix)
	}
}

// TestRenameLooksAtTheRightChange: a change of another profile is in nobody's way, and one of its own is told as its own.
func TestRenameLooksAtTheRightChange(t *testing.T) {
	t.Parallel()
	staged := func(name string) credstore.UnfinishedChange {
		return credstore.UnfinishedChange{Name: name, Kind: credstore.Rotation, Phase: credstore.Staged}
	}
	renaming := func(to string) credstore.UnfinishedChange {
		return credstore.UnfinishedChange{Name: "acme", Kind: credstore.Renaming, To: to}
	}
	for name, tt := range map[string]struct {
		change credstore.UnfinishedChange
		to     string
		why    string
	}{
		"of another profile":             {staged("other"), "beta", ""},
		"its own, and letters":           {staged("acme"), "ACME", "acme has an unfinished change"},
		"its own, and another":           {staged("acme"), "beta", "acme has an unfinished change"},
		"to another, and letters":        {renaming("beta"), "ACME", "acme is being renamed to beta"},
		"in between of another name":     {renaming(credstore.Between("beta")), "beta", "acme is being renamed to"},
		"in between of the same letters": {renaming(credstore.Between("ACME")), "ACME", ""},
	} {
		list := shelf{entries: []credstore.Entry{{Name: "acme", CurrentSince: time.Unix(1, 0)}}, changes: []credstore.UnfinishedChange{tt.change}}
		_, _, err := Rename(t.Context(), &list, &list, "acme", tt.to)
		var refused *Refusal
		if is := errors.As(err, &refused); is != (tt.why != "") || is && (!strings.HasPrefix(refused.Why, tt.why) || !refused.Unfinished) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
