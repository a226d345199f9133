package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"mimecred/credstore"
)

type rotateOptions struct {
	allow  hostFlag
	name   string
	from   string
	resume bool
	// keepText is how long the version that is replaced is kept, as it was given; empty for what is usual.
	keepText string
	anyway   bool
	retire   bool

	keep    credstore.Span
	allowed []string
}

func newRotateCmd(a *app) *cobra.Command {
	var o rotateOptions
	cmd := &cobra.Command{
		Use:        "rotate NAME",
		SuggestFor: []string{"renew", "replace"},
		Short:      "Replace a profile's credential by a new one",
		Long: `Replace the credential of a profile by a new one, with the wizard. With --from, replace it from a JSON file without a question.

The new version is stored as pending, read back and tested. It has to pass everything that the current one passes. Only then it becomes current, with one write, and a live call confirms it.

The keys of the file are those of "mimecred setup --from". All but the new secret values may be left out, and stay what they were. With API 1.0, email and type may be left out where they are known:
  renew_keys {email, type, password, otp, despite_lost_keys}    makes the current keys valid again
  create_keys {email, type, password, otp, despite_lost_keys}   creates new ones

A new version that is refused or lacks something stays pending. mimecred tells check by check what it lacks. --resume continues with it, or with whatever an interrupted rotation left.`,
		Example: `  mimecred rotate acme
  mimecred rotate acme --from new.json
  vault-tool read acme | mimecred rotate acme --from - --keep-previous 0
  mimecred rotate acme --resume --anyway`,
		ValidArgsFunction: a.completeName,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name = given[0]
			return runRotate(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	o.allow.add(cmd)
	f.StringVar(&o.from, "from", "", "read the new credential from this JSON `FILE`, - for standard input")
	f.BoolVar(&o.resume, "resume", false, "continue a rotation that was not finished")
	f.StringVar(&o.keepText, "keep-previous", "", "keep the previous version for this `SPAN`: 7d, 12h, never for no end, 0 for not at all (default 7d)")
	f.BoolVar(&o.anyway, "anyway", false, "activate the new version although it lacks what the current one passes")
	f.BoolVar(&o.retire, "retire", false, "retire the previous version once the new one is confirmed; with API 1.0, log its access key out")
	completesFiles(cmd, "from")
	completes(cmd, "keep-previous", "7d", "12h", "never", "0")
	return cmd
}

func runRotate(ctx context.Context, a *app, o rotateOptions) error {
	if err := o.validate(); err != nil {
		return err
	}
	if o.resume {
		return runResume(ctx, a, o)
	}
	entry, err := a.find(ctx, o.name)
	if err != nil {
		return err
	}
	if entry.CurrentSince.IsZero() {
		return noCurrent(entry)
	}
	if o.from != "" {
		return runRotateFrom(ctx, a, entry, o)
	}
	if _, err := a.format("rotate without --from"); err != nil {
		return err
	}
	return a.rotateWizard(ctx, entry, o.keep, o.allowed)
}

// validate checks the flags against each other.
func (o *rotateOptions) validate() error {
	o.keep = credstore.DefaultKeep
	var err error
	if o.allowed, err = o.allow.keys(); err != nil {
		return err
	}
	if o.keepText != "" {
		keep, err := credstore.ParseSpan(o.keepText)
		if err != nil {
			return usage(fmt.Errorf("--keep-previous: %w", err))
		}
		o.keep = keep
	}
	switch {
	case o.from != "" && o.resume:
		return usagef("give --from or --resume, only one of them")
	case o.from == "" && !o.resume && (o.anyway || o.retire):
		return usage(errors.New("--anyway and --retire are for --from and --resume"), "the wizard asks")
	case o.retire && o.keepText != "":
		return usagef("give --retire or --keep-previous, only one of them")
	default:
		return nil
	}
}
