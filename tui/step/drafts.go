package step

import (
	"errors"
	"slices"

	"mimecred/tui/flow"
)

// Drafts are set-ups that were left, as renaming a profile needs them (see work.Drafts).
type Drafts struct {
	Left []flow.State
	// Kept is where they are kept for another run; nil where nothing is kept.
	Kept Unfinished
}

// Has tells whether there is a set-up of that name.
func (d Drafts) Has(name string) bool {
	return slices.ContainsFunc(d.Left, func(s flow.State) bool { return s.Name == name })
}

// Move keeps the set-up of one name under another.
func (d Drafts) Move(from, to string) error {
	if d.Kept == nil {
		return nil
	}
	for _, left := range d.Left {
		if left.Name != from {
			continue
		}
		left.Name = to
		if err := errors.Join(d.Kept.Keep(left), d.Kept.Forget(from)); err != nil {
			return err
		}
	}
	return nil
}
