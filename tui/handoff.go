package tui

import (
	"context"

	"mimecred/tui/flow"
)

// HandOff shows the hand-off alone, for a profile that exists: the answers of o are those of the profile. The errors are
// those of Run.
func HandOff(ctx context.Context, o Options) error {
	o.Answers = flow.HandingOff(o.Answers)
	_, err := Run(ctx, o)
	return err
}
