package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

type checkOptions struct {
	allow       hostFlag
	names       []string
	all         bool
	from        string
	plan        string
	concurrency int
	wait        time.Duration
}

func newCheckCmd(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:        "check [NAME...]",
		SuggestFor: []string{"test", "verify", "validate"},
		Short:      "Test credentials with live calls that only read",
		Long: `Test credentials with live calls that only read. The checks are reach, clock, credentials, account, then one call for each thing that the profile's integration needs.

A NAME tests created keys that are pending first. They become current when they pass what the current version passes. --all tests the current versions. A check that passes confirms the current version. It deletes the previous one when its time is over.

--from tests credentials that are not saved. It reads one object, an array of them, or what "mimecred simulate --print-credentials json" prints. With "create_keys" it signs in once, tests the keys it got, and logs them out again.

--wait repeats the test while Mimecast refuses an application that was made minutes ago. The pauses grow, until the test passes or the time is over. A sign-in is never repeated.

Exit codes:
  0  passed, or passed with warnings
  1  a check failed
  3  Mimecast refused the credentials
  4  the credentials could not be judged: network, TLS, proxy, server
  5  the store failed
Over several profiles the highest applies.`,
		Example: `  mimecred check acme
  mimecred check --all -o json
  mimecred check --from credentials.json --plan axonius-mimecast-v2
  mimecred check acme --wait 30m`,
		RunE: func(cmd *cobra.Command, names []string) error {
			o.names = names
			return runCheck(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "test every saved profile")
	f.StringVar(&o.from, "from", "", "test the credentials of this JSON `FILE`, - for standard input")
	f.StringVar(&o.plan, "plan", "", "test what the integration `ID` needs, whatever the profile says")
	f.DurationVar(&o.wait, "wait", 0, "repeat refusals of a new application for at most this `DURATION`, such as 30m")
	f.IntVar(&o.concurrency, "concurrency", 4, "test this `NUMBER` of profiles at the same time")
	o.allow.add(cmd)
	cmd.ValidArgsFunction = a.completeNames
	completesFiles(cmd, "from")
	completesWith(cmd, "plan", completeIntegration)
	completes(cmd, "wait", "30m", "1h")
	completes(cmd, "concurrency", "1", "4", "8")
	return cmd
}

// target is one set of credentials to test.
type target struct {
	given
	plan  client.Plan
	saved bool
	// wait is how long refusals of a new application are repeated.
	wait time.Duration
	// trial is the saved version that is tested, held what versions there are beside it.
	trial lifecycle.Trial
	held  lifecycle.Held
	// err is why there is nothing to test: the store did not give the credential, or it is not known what to test.
	err error
}

func runCheck(ctx context.Context, a *app, o checkOptions) error {
	format, err := a.format("check")
	if err != nil {
		return err
	}
	targets, err := a.targets(ctx, o)
	if err != nil {
		return err
	}
	if len(targets) == 0 {
		a.note("there are no profiles to test")
		a.note("hint: mimecred setup NAME makes one")
	}
	outcomes := a.checkEach(ctx, targets, o.concurrency, format == "table")
	code := exitDone
	for i := range outcomes {
		a.noteOutcome(ctx, &outcomes[i])
		code = max(code, outcomes[i].exit())
	}
	if format == "json" {
		if err := a.printChecks(outcomes); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return interruption(ctx)
	}
	return silent(code)
}

// targets finds what the command line wants tested.
func (a *app) targets(ctx context.Context, o checkOptions) ([]target, error) {
	ways := 0
	for _, asked := range []bool{len(o.names) > 0, o.all, o.from != ""} {
		if asked {
			ways++
		}
	}
	switch {
	case ways > 1:
		return nil, usagef("give profile names, --all or --from, only one of them")
	case ways == 0:
		return nil, usage(fmt.Errorf("check needs a profile"), "mimecred check NAME, or --all, or --from FILE")
	case o.wait < 0:
		return nil, usagef("--wait must not be negative")
	case o.concurrency < 1:
		return nil, usagef("--concurrency must be at least 1")
	case o.from != "":
		return a.givenTargets(ctx, o)
	default:
		if _, known := catalog.Lookup(o.plan); o.plan != "" && !known {
			return nil, usage(fmt.Errorf("there is no integration %q for --plan", o.plan), integrationsMeant(o.plan)...)
		}
		return a.savedTargets(ctx, o)
	}
}

func (a *app) givenTargets(ctx context.Context, o checkOptions) ([]target, error) {
	allowed, err := o.allow.keys()
	if err != nil {
		return nil, err
	}
	list, err := a.readFrom(ctx, o.from, reading{many: true, allowed: allowed})
	if err != nil {
		return nil, err
	}
	targets := make([]target, len(list))
	for i, g := range list {
		plan, err := planFor(g.profile, o.plan)
		if err != nil {
			return nil, err
		}
		targets[i] = target{given: g, plan: plan, wait: o.wait}
		a.warnShapes(g)
	}
	return targets, nil
}

func (a *app) savedTargets(ctx context.Context, o checkOptions) ([]target, error) {
	names := o.names
	if o.all {
		entries, err := a.entries()
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			names = append(names, e.Name)
		}
		names = append(names, a.unlistedFiles(entries)...)
	}
	names = compact(names)
	// All names are looked up before the first keyring access, so that a misspelt one asks nobody to unlock anything.
	for _, name := range names {
		if _, err := a.find(ctx, name); err != nil {
			return nil, err
		}
	}
	var targets []target
	for _, name := range names {
		t, err := a.load(ctx, name, o)
		if err != nil {
			return nil, err
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// compact leaves out what was named before: a version is activated once.
func compact(names []string) []string {
	var list []string
	for _, name := range names {
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// load fetches a saved credential. A store that fails is part of the target: the other profiles are still tested.
func (a *app) load(ctx context.Context, name string, o checkOptions) (target, error) {
	entry, err := a.entry(name)
	if err != nil {
		return target{}, err
	}
	t := target{saved: true, wait: o.wait}
	t.profile = credstore.Profile{
		Name: name, Integration: entry.Integration, API: entry.API, Region: entry.Region,
		Endpoint: client.Endpoint{BaseURL: entry.BaseURL},
	}
	vault, err := a.openVault()
	if err != nil {
		return t, err
	}
	service := a.service(vault, name, true)
	service.Plan = func(s catalog.Selection) (client.Plan, error) {
		if o.plan != "" {
			s.Integrations = []string{o.plan}
		}
		return lifecycle.PlanOf(s)
	}
	t.trial, err = service.Trial(ctx, name, o.all, a.tell)
	t.err, t.held = untestable(name, err), t.trial.Held()
	if t.trial.Version != nil && t.trial.Version.Credential != nil {
		t.profile, t.credential, t.plan = t.trial.Profile, t.trial.Version.Credential, t.trial.Plan
	}
	return t, nil
}

// unplanned is the failure of a profile whose integration has no known checks.
func unplanned(name string, err error) error {
	return &failure{
		code: exitCheckFailed, err: err,
		hints: []string{"mimecred check " + name + " --plan ID tests what another integration needs; mimecred integrations list shows them"},
	}
}

// planFor gives the checks of the profile's integration, or of the one that --plan names.
func planFor(p credstore.Profile, planID string) (client.Plan, error) {
	s := lifecycle.Selection(p)
	if planID != "" {
		s.Integrations = []string{planID}
	}
	plan, err := lifecycle.PlanOf(s)
	if err != nil {
		return plan, usage(fmt.Errorf("choose the checks of %s: %w", p.Name, err))
	}
	return plan, nil
}
