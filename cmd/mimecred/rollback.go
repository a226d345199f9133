package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

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
	if _, err := a.find(ctx, o.name); err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	if err := vault.Taken(o.name); err != nil {
		return err
	}
	what := lifecycle.Change{Purpose: lifecycle.GoingBack, Name: o.name}
	err = a.change(rollingBack, vault, o.name, format).run(ctx, what, lifecycle.Policy{Anyway: o.anyway})
	if errors.Is(err, lifecycle.ErrNoPrevious) {
		return usage(fmt.Errorf("%s has no version before the one in force", o.name),
			"mimecred rotate "+o.name+" replaces the credential by a new one")
	}
	return err
}
