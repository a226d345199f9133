package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
)

type checkOptions struct {
	names       []string
	all         bool
	from        string
	plan        string
	concurrency int
}

func newCheckCmd(a *app) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [NAME...]",
		Short: "Test credentials with live calls",
		Long: `Test credentials with live calls that only read: reach, clock, credentials, account,
then one call for each thing that the profile's integration needs.

--from tests credentials that are not saved; it takes one object, an array of them,
or what "mimecred simulate --print-credentials json" prints. With "create_keys" it
signs in once, tests the keys it got, and logs them out again.

A profile whose keys were created but never passed is put in force when it passes.

Exit: 0 passed, 1 a check failed, 3 Mimecast refused the credentials, 4 they could not
be judged (network, TLS, proxy, server), 5 the store failed. The highest applies.`,
		Example: `  mimecred check acme
  mimecred check --all -o json
  mimecred check --from credentials.json --plan axonius-mimecast-v2`,
		RunE: func(cmd *cobra.Command, names []string) error {
			o.names = names
			return runCheck(cmd.Context(), a, o)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.all, "all", false, "test every saved profile")
	f.StringVar(&o.from, "from", "", "test the credentials of this JSON file instead, - for standard input")
	f.StringVar(&o.plan, "plan", "", "test what this integration needs, whatever the profile says")
	f.IntVar(&o.concurrency, "concurrency", 4, "how many profiles are tested at the same time")
	cmd.ValidArgsFunction = a.completeNames
	return cmd
}

// target is one set of credentials to test.
type target struct {
	given
	plan  client.Plan
	saved bool
	// pending is set when the saved version was never in force: its keys were created and have not passed yet.
	pending bool
	// err is why there is nothing to test: the store did not give the credential.
	err error
}

func runCheck(ctx context.Context, a *app, o checkOptions) error {
	format, err := a.format("check", "table", "json")
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
		a.settleOutcome(ctx, &outcomes[i])
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
	case o.concurrency < 1:
		return nil, usagef("--concurrency must be at least 1")
	case o.from != "":
		return a.givenTargets(o)
	default:
		return a.savedTargets(ctx, o)
	}
}

func (a *app) givenTargets(o checkOptions) ([]target, error) {
	list, err := a.readFrom(o.from, "", true)
	if err != nil {
		return nil, err
	}
	targets := make([]target, len(list))
	for i, g := range list {
		plan, err := planFor(g.profile, o.plan)
		if err != nil {
			return nil, err
		}
		targets[i] = target{given: g, plan: plan}
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
	}
	// All names are looked up before the first keyring access, so that a misspelt one asks nobody to unlock anything.
	for _, name := range names {
		if _, err := a.find(ctx, name); err != nil {
			return nil, err
		}
	}
	var targets []target
	for _, name := range names {
		t, err := a.load(ctx, name, o.plan)
		if err != nil {
			return nil, err
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// load fetches a saved credential. A store that fails is part of the target: the other profiles are still tested.
func (a *app) load(ctx context.Context, name, planID string) (target, error) {
	entry, err := a.entry(name)
	if err != nil {
		return target{}, err
	}
	t := target{saved: true}
	t.profile = credstore.Profile{
		Name: name, Integration: entry.Integration, API: entry.API, Region: entry.Region,
		Endpoint: client.Endpoint{BaseURL: entry.BaseURL},
	}
	vault, err := a.openVault()
	if err != nil {
		return t, err
	}
	record, err := vault.Load(a.waiting(ctx), name)
	if err != nil {
		t.err = err
		return t, nil
	}
	t.profile = record.Profile
	switch {
	case record.Active != nil:
		t.credential = record.Active.Credential
	case record.Pending != nil:
		t.credential, t.pending = record.Pending.Credential, true
	default:
		t.err = &credstore.Error{Kind: credstore.NotFound, Op: "find a credential of " + name}
		return t, nil
	}
	t.plan, err = planFor(t.profile, planID)
	return t, err
}

// planFor gives the checks of the profile's integration, or of the one that --plan names.
func planFor(p credstore.Profile, planID string) (client.Plan, error) {
	s := catalog.Selection{API: p.API, Domain: p.InternalDomain, Features: p.Features}
	switch {
	case planID != "":
		s.Integrations = []string{planID}
	case p.Integration != "":
		s.Integrations = append([]string{p.Integration}, p.Also...)
	}
	plan, _, err := catalog.PlanFor(s)
	if err != nil {
		return plan, usage(fmt.Errorf("choose the checks of %s: %w", p.Name, err))
	}
	return plan, nil
}
