package tui

import (
	"context"

	"mimecred/client/catalog"
	"mimecred/tui/flow"
)

// HandOff shows the hand-off alone, for a profile that exists: the answers of o are those of the profile. The errors are
// those of Run.
func HandOff(ctx context.Context, o Options) error {
	if o.Answers.Integration == "" {
		o.Answers.Integration = catalog.GenericID(o.Answers.API) // whose form is the values themselves
	}
	o.Answers.Given = map[flow.Step]bool{}
	for _, s := range flow.Path(o.Answers) {
		o.Answers.Given[s] = s != flow.HandOff
	}
	_, err := Run(ctx, o)
	return err
}
