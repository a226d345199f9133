package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

type rollbackOptions struct {
	name   string
	anyway bool
}

func newRollbackCmd(a *app) *cobra.Command {
	var o rollbackOptions
	cmd := &cobra.Command{
		Use:   "rollback NAME",
		Short: "Put the version before back in force",
		Long: `Put the version that was replaced back in force, with one write. It is tested first, and
when Mimecast does not take it any more nothing changes, unless --anyway is given. The
version that was in force is kept in its place, so that rollback can be taken back by
rollback.`,
		Example:           `  mimecred rollback acme`,
		Args:              args(cobra.ExactArgs(1)),
		ValidArgsFunction: a.completeName,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name = given[0]
			return runRollback(cmd.Context(), a, o)
		},
	}
	cmd.Flags().BoolVar(&o.anyway, "anyway", false, "put it back although Mimecast does not take it")
	return cmd
}

func runRollback(ctx context.Context, a *app, o rollbackOptions) error {
	format, err := a.format("rollback", "table", "json")
	if err != nil {
		return err
	}
	vault, entry, record, err := a.withVersions(ctx, o.name)
	switch {
	case err != nil:
		return err
	case record.Previous == nil:
		return usage(fmt.Errorf("%s has no version before the one in force", o.name),
			"mimecred rotate "+o.name+" replaces the credential by a new one")
	}
	change := lifecycle.Change{Purpose: lifecycle.GoingBack, Name: o.name, Store: entry.Store, Old: lifecycle.Old{ID: record.Previous.ID}}
	r := rotation{swap: a.swap(vault, change, true), format: format}
	return r.back(ctx, record, o.anyway)
}

// back tests the version before, and puts it in use again.
func (r *rotation) back(ctx context.Context, record credstore.Record, anyway bool) error {
	t, err := versionTarget(record, record.Previous)
	if err != nil {
		return err
	}
	o := r.a.checkEach(ctx, []target{t}, 1, r.format == "table")[0]
	o.rotation = &rotated{}
	accepted := client.Confirmed(o.results)
	if ctx.Err() != nil || !accepted && !anyway {
		return r.notBack(ctx, o)
	}
	r.change.Results = o.results
	if r.change, err = r.Activate(ctx, r.change, r.a.tell); err != nil {
		return err
	}
	o.rotation.promoted = true
	r.a.note("%s: the version before is in force again", r.change.Name)
	unsure := silent(o.exit())
	if accepted {
		unsure = r.confirm(ctx, &o)
		r.a.note("hint: what uses the credential needs the values of before again: mimecred handoff %s", r.change.Name)
	} else { // there is nothing to confirm
		r.a.say("%s: Mimecast does not take what is in force now", r.change.Name)
	}
	r.noteKeptOf(ctx)
	if err := r.printed(o); err != nil {
		return err
	}
	return unsure
}

// notBack says why the version before is not put in force.
func (r *rotation) notBack(ctx context.Context, o outcome) error {
	if err := r.printed(o); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return interruption(ctx)
	case o.err != nil:
		return o.err
	}
	words := "could not be tested"
	if client.Judge(o.results).Refused {
		words = "is refused by Mimecast"
	}
	return &failure{
		code: o.exit(), err: errors.New(r.change.Name + ": the version before " + words + "; nothing was changed"),
		hints: []string{"mimecred rollback " + r.change.Name + " --anyway puts it in force all the same"},
	}
}
