package main

import (
	"context"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// rotateWizard leads the person through the rotation of a profile.
func (a *app) rotateWizard(ctx context.Context, entry credstore.Entry, keep credstore.Span, allowed []string) error {
	return a.profileWizard(ctx, flow.Rotation(flow.Answers{
		Change: lifecycle.Change{
			Name: entry.Name, Store: entry.Store, API: entry.API, Integration: entry.Integration, Keep: &keep,
		},
		AllowedHosts: allowed,
	}))
}

// editWizard leads the person through what a profile is, apart from its credential.
func (a *app) editWizard(ctx context.Context, entry credstore.Entry, allowed []string) error {
	return a.profileWizard(ctx, flow.Answers{
		Change: lifecycle.Change{
			Purpose: lifecycle.Changing, Name: entry.Name, Store: entry.Store, API: entry.API, Integration: entry.Integration,
		},
		AllowedHosts: allowed,
	})
}
