package step

import (
	"fmt"
	"slices"

	"mimecred/tui/flow"
)

// Drafts are set-ups that were not finished, as renaming a profile needs them: a lifecycle.Drafts.
type Drafts struct {
	Left []flow.State
	// Kept is where they are kept for another run; nil where nothing is kept.
	Kept Unfinished
}

// Has tells whether there is a set-up of that name.
func (d Drafts) Has(name string) bool {
	return slices.ContainsFunc(d.Left, func(s flow.State) bool { return s.Name == name })
}

// Move keeps the set-up of one name under another. It stays under its name when it cannot be kept under the other one.
func (d Drafts) Move(from, to string) error {
	if d.Kept == nil {
		return nil
	}
	for _, left := range d.Left {
		if left.Name != from {
			continue
		}
		left.Name = to
		if err := d.Kept.Keep(left); err != nil {
			return fmt.Errorf("keep the set-up of %s as %s: %w", from, to, err)
		}
		if err := d.Kept.Forget(from); err != nil {
			return fmt.Errorf("forget the set-up of %s: %w", from, err)
		}
	}
	return nil
}
