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
		Use:   "setup [NAME]",
		Short: "Set up a profile: the wizard, or from a file",
		Long: `Set up a profile with the wizard, or without a question from a JSON file.

With --from the credentials are written to the store as pending, read back, tested as
they lie there, and activated only when every check passed; a live call confirms them.
Otherwise they are removed again, except keys that were just created: those stay pending,
because Mimecast shows them once, and "mimecred check NAME" tries them again. --wait
repeats the tests while Mimecast refuses the credentials as it refuses those of an
application that was made a few minutes ago. A sign-in is never repeated. --anyway saves
credentials that Mimecast accepted although checks failed.

The keys of the file:
  profile, api ("2.0" or "1.0"), base_url or region, integration, internal_domain,
  proxy {url, username, password}, ca_file, rotate_after ("60d", "never")
  API 2.0: client_id, client_secret
  API 1.0: application_id, application_key, and either access_key and secret_key, or
           create_keys {email, type ("cloud" or "domain"), password, otp}`,
		Example: `  mimecred setup acme
  mimecred setup --from credentials.json --wait 30m
  vault-tool read acme | mimecred setup acme --from -`,
		Args: args(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, given []string) error {
			if len(given) == 1 {
				o.name = given[0]
			}
			return runSetup(cmd.Context(), a, o)
		},
	}
	o.allow.add(cmd)
	cmd.Flags().StringVar(&o.from, "from", "", "read everything from this JSON file, - for standard input")
	cmd.Flags().DurationVar(&o.wait, "wait", 0, "with --from: repeat refusals of a new application until they pass, at most for this long: 30m")
	cmd.Flags().BoolVar(&o.anyway, "anyway", false, "with --from: save although checks failed, unless Mimecast refused the credentials")
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
