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
		Use:        "rollback NAME",
		SuggestFor: []string{"undo", "revert", "restore"},
		Short:      "Make the previous version current again",
		Long: `Make the previous version current again, with one write. It is tested first. When Mimecast no longer accepts it, nothing changes unless --anyway is given.

The version that was current becomes the previous one. A second rollback undoes the first.`,
		Example: `  mimecred rollback acme
  mimecred rollback acme --anyway`,
		ValidArgsFunction: a.completeName,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name = given[0]
			return runRollback(cmd.Context(), a, o)
		},
	}
	cmd.Flags().BoolVar(&o.anyway, "anyway", false, "roll back although Mimecast does not accept it")
	return cmd
}

func runRollback(ctx context.Context, a *app, o rollbackOptions) error {
	format, err := a.format("rollback")
	if err != nil {
		return err
	}
	entry, err := a.find(ctx, o.name)
	if err != nil {
		return err
	}
	if entry.CurrentSince.IsZero() {
		return noCurrent(entry)
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	if err := vault.LockedElsewhere(o.name); err != nil {
		return err
	}
	what := lifecycle.Change{Purpose: lifecycle.RollingBack, Name: o.name}
	err = a.change(rollingBack, vault, o.name, format).run(ctx, what, lifecycle.Policy{Anyway: o.anyway})
	if errors.Is(err, lifecycle.ErrNoPrevious) {
		return usage(fmt.Errorf("%s has no previous version", o.name),
			"mimecred rotate "+o.name+" replaces the credential by a new one")
	}
	return err
}
