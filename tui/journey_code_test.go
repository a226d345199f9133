package tui

import (
	"context"
	"sync/atomic"
	"testing"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// forgetful is a vault that cannot note, at one of the times it is asked to, that keys are about to be created.
type forgetful struct {
	lifecycle.Vault
	asked atomic.Int64
	fails int64
}

func (f *forgetful) Note(ctx context.Context, s credstore.UnfinishedChange) error {
	if s.Phase == credstore.Creating && f.asked.Add(1) == f.fails {
		return &credstore.Error{Kind: credstore.Locked, Op: "note that keys of " + s.Name + " are being created"}
	}
	return f.Vault.Note(ctx, s)
}

// TestJourneyCodeThatWasNotSent: a code that never left, because the sign-in could not be noted first, is good for the next try.
func TestJourneyCodeThatWasNotSent(t *testing.T) {
	t.Parallel()
	w := start(t, setting{
		answers: flow.Rotation(flow.Answers{Change: lifecycle.Change{Name: "acme", Store: "memory", API: "1.0"}}),
		prepare: func(w *wizard) { w.has(w.profile10(), w.keys10()) },
		change:  func(env *screen.Env) { env.Vault = &forgetful{Vault: env.Vault, fails: 2} },
	})
	d := w.sim.Demo()
	w.At(flow.Rotate).See("It works:").See("New keys").Press("enter").At(flow.Console).Press("enter")
	w.At(flow.Keys).Press("enter").See("Password").Paste(d.Password).Press("enter").See("One-time code").Type(w.sim.Code(d.Email)).Press("enter")
	w.See("Nothing was created at Mimecast").Press("enter").Not("used already").At(flow.Check).See("Is this your tenant?")
}
