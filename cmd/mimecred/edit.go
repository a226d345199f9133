package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

type editOptions struct {
	name        string
	rotateAfter string
	allow       hostFlag
}

func newEditCmd(a *app) *cobra.Command {
	var o editOptions
	cmd := &cobra.Command{
		Use:        "edit NAME",
		SuggestFor: []string{"change", "set"},
		Short:      "Change a profile around its credential",
		Long:       `Change a profile apart from its credential: the integration, the region, the connection, with the wizard. --rotate-after sets the next rotation without a question.`,
		Example: `  mimecred edit acme
  mimecred edit acme --rotate-after 60d
  mimecred edit acme --rotate-after never`,
		ValidArgsFunction: a.completeName,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name = given[0]
			return runEdit(cmd.Context(), a, o)
		},
	}
	o.allow.add(cmd)
	cmd.Flags().StringVar(&o.rotateAfter, "rotate-after", "", "say after which `SPAN` the next rotation is due: 60d, 8w, never (90d unless set)")
	completes(cmd, "rotate-after", "60d", "90d", "never")
	return cmd
}

func runEdit(ctx context.Context, a *app, o editOptions) error {
	if _, err := a.format("edit"); err != nil {
		return err
	}
	var after credstore.Span
	if o.rotateAfter != "" {
		var err error
		if after, err = reminder(o.rotateAfter); err != nil {
			return usage(fmt.Errorf("--rotate-after: %w", err))
		}
	}
	allowed, err := o.allow.keys()
	if err != nil {
		return err
	}
	entry, err := a.find(ctx, o.name)
	if err != nil {
		return err
	}
	if o.rotateAfter == "" {
		if entry.CurrentSince.IsZero() {
			return noCurrent(entry)
		}
		return a.editWizard(ctx, entry, allowed)
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	if err := a.service(vault, o.name, true).Remind(ctx, o.name, after, a.tell); err != nil {
		return err
	}
	entry.RotateAfter = after // the list may not say so yet
	words := "no rotation is due"
	if at, is := entry.RotationDue(); is {
		words = "the next rotation is due " + lifecycle.Dated(at, a.due(entry))
	}
	a.note("%s: %s", o.name, words)
	return nil
}

// reminder reads after how long a rotation is due.
func reminder(text string) (credstore.Span, error) {
	var a flow.Answers
	q, _ := step.EditForm(step.Env{}, a).Find("rotate_after")
	verdict := q.Answer(&a, step.Value{Text: text})
	return a.RotateAfter, verdict.Err
}
