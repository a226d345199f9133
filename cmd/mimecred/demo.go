package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"mimecred/client/simulator"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

func newDemoCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Try the wizard against a built-in simulator; nothing is saved",
		Long:  `Try the whole wizard against a simulator of Mimecast inside this program, on a loopback address. The screens tell which made-up values to type, and ctrl+f fills them in. Credentials are kept in memory and are gone when the program ends.`,
		Example: `  mimecred demo
  mimecred demo --plain`,
		ValidArgsFunction: completeNothing,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runDemo(cmd.Context(), a) },
	}
}

func runDemo(ctx context.Context, a *app) error {
	if _, err := a.format("demo"); err != nil {
		return err
	}
	if a.storeAsked && a.flags.store != storeMemory {
		return usagef("demo keeps everything in memory; it accepts no other --store")
	}
	a.flags.store = storeMemory
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	running, err := simulator.Start(ctx, "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("start the simulator: %w", err)
	}
	defer running.Close() //nolint:errcheck // the program ends
	made := running.Server.Demo()
	values := &step.Demo{
		BaseURL: running.URL, ClientID: made.ClientID, ClientSecret: made.ClientSecret,
		ApplicationID: made.ApplicationID, ApplicationKey: made.ApplicationKey,
		Email: made.Email, Password: made.Password, AccessKey: made.AccessKey, SecretKey: made.SecretKey,
		Code: func() string { return running.Server.Code(made.Email) },
	}
	values.Regenerate = func() { values.ClientID, values.ClientSecret = running.Server.DemoRegenerate() }
	env := step.Env{
		Service: lifecycle.Service{
			Vault: vault, Profiles: vault,
		},
		Stores: []step.StoreChoice{sessionOnly()}, Demo: values,
	}
	return a.wizard(ctx, env, flow.Answers{Change: lifecycle.Change{Store: storeMemory}, Welcome: true})
}
