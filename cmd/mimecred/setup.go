package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"mimecred/credstore"
)

type setupOptions struct {
	allow hostFlag
	name  string
	from  string
	wait  time.Duration
	// anyway saves what Mimecast accepted although checks failed.
	anyway bool
}

func newSetupCmd(a *app) *cobra.Command {
	var o setupOptions
	cmd := &cobra.Command{
		Use:        "setup [NAME]",
		SuggestFor: []string{"add", "new", "create", "init", "configure", "login"},
		Short:      "Set up a profile, with the wizard or from a file",
		Long: `Set up a profile with the wizard. With --from, set it up from a JSON file without a question.

A credential is stored on trial, read back and tested before it counts. When a check fails, it is removed again. Keys that were just created stay pending, because Mimecast shows them once: "mimecred check NAME" tests them again.

--wait repeats tests while Mimecast refuses an application that was made minutes ago. A sign-in is never repeated. --anyway saves credentials that Mimecast accepted although checks failed.

The keys of the file:
  profile, api ("2.0" or "1.0"), base_url or region, integration, internal_domain,
  proxy {url, username, password}, ca_file, rotate_after ("60d", "never")
  API 2.0: client_id, client_secret
  API 1.0: application_id, application_key, and either access_key and secret_key, or
           create_keys {email, type ("cloud" or "domain"), password, otp, despite_lost_keys}

Where an earlier sign-in may have left lost keys, despite_lost_keys (true or false) says whether to create more. Without it, true is assumed, with a warning.`,
		Example: `  mimecred setup acme
  mimecred setup --from credentials.json --wait 30m
  vault-tool read acme | mimecred setup acme --from -`,
		ValidArgsFunction: a.completeUnfinished,
		RunE: func(cmd *cobra.Command, given []string) error {
			if len(given) == 1 {
				o.name = given[0]
			}
			return runSetup(cmd.Context(), a, o)
		},
	}
	o.allow.add(cmd)
	cmd.Flags().StringVar(&o.from, "from", "", "read everything from this JSON `FILE`, - for standard input")
	cmd.Flags().DurationVar(&o.wait, "wait", 0, "with --from: repeat refusals of a new application for at most this `DURATION`, such as 30m")
	cmd.Flags().BoolVar(&o.anyway, "anyway", false, "with --from: save although checks failed, unless Mimecast refused the credentials")
	completesFiles(cmd, "from")
	completes(cmd, "wait", "30m", "1h")
	return cmd
}

func runSetup(ctx context.Context, a *app, o setupOptions) error {
	if o.name != "" {
		if err := credstore.NewName(o.name); err != nil {
			return usage(err)
		}
	}
	switch {
	case o.wait < 0:
		return usagef("--wait must not be negative")
	case o.wait > 0 && o.from == "":
		return usagef("--wait is for --from")
	case o.anyway && o.from == "":
		return usage(errors.New("--anyway is for --from"), "the wizard asks")
	}
	if o.from != "" {
		return runSetupFrom(ctx, a, o)
	}
	if _, err := a.format("setup without --from"); err != nil {
		return err
	}
	allowed, err := o.allow.keys()
	if err != nil {
		return err
	}
	return a.runWizard(ctx, o.name, allowed)
}
