package step_test

import (
	"errors"
	"slices"
	"testing"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

var _ lifecycle.Drafts = step.Drafts{}

// drawer keeps set-ups by name, and fails on request.
type drawer struct {
	kept         map[string]flow.State
	keep, forget error
}

func (d *drawer) Keep(s flow.State) error {
	if d.keep == nil {
		d.kept[s.Name] = s
	}
	return d.keep
}

func (d *drawer) Forget(name string) error {
	if d.forget == nil {
		delete(d.kept, name)
	}
	return d.forget
}

// TestMoveADraft: renaming takes the set-up with it, and one that cannot be kept under the new name is not lost.
func TestMoveADraft(t *testing.T) {
	full := errors.New("no space left")
	for _, c := range []struct {
		name         string
		from, to     string
		keep, forget error
		want         []string
		fails        bool
	}{
		{name: "moved", from: "acme", to: "corp", want: []string{"corp", "other"}},
		{name: "another one moved", from: "other", to: "corp", want: []string{"acme", "corp"}},
		{name: "none of that name", from: "nobody", to: "corp", want: []string{"acme", "other"}},
		{name: "not kept", from: "acme", to: "corp", keep: full, want: []string{"acme", "other"}, fails: true},
		{name: "not forgotten", from: "acme", to: "corp", forget: full, want: []string{"acme", "corp", "other"}, fails: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			left := []flow.State{{Name: "acme", Region: "acme"}, {Name: "other", Region: "other"}}
			at := &drawer{kept: map[string]flow.State{"acme": left[0], "other": left[1]}, keep: c.keep, forget: c.forget}
			err := step.Drafts{Left: left, Kept: at}.Move(c.from, c.to)
			if (err != nil) != c.fails || c.fails && !errors.Is(err, full) {
				t.Errorf("move: %v", err)
			}
			var names []string
			for name := range at.kept {
				names = append(names, name)
			}
			if slices.Sort(names); !slices.Equal(names, c.want) {
				t.Errorf("kept are %v, want %v", names, c.want)
			}
			if moved, is := at.kept[c.to]; is && moved.Region != c.from {
				t.Errorf("moved is %+v", moved)
			}
		})
	}
}

// TestDraftsOfNobody: where nothing is kept there is nothing to move.
func TestDraftsOfNobody(t *testing.T) {
	drafts := step.Drafts{Left: []flow.State{{Name: "acme"}}}
	if err := drafts.Move("acme", "corp"); err != nil {
		t.Error(err)
	}
	if !drafts.Has("acme") || drafts.Has("corp") {
		t.Error("Has does not tell which set-ups there are")
	}
}
