package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// maker makes the command of a name.
type maker struct {
	name string
	make func(*app) *cobra.Command
}

// makers are those of all commands.
func makers() []maker {
	return []maker{
		{"setup", newSetupCmd},
		{"check", newCheckCmd},
		{"list", newListCmd},
		{"show", newShowCmd},
		{"get", newGetCmd},
		{"delete", newDeleteCmd},
		{"handoff", newHandOffCmd},
		{"rotate", newRotateCmd},
		{"rollback", newRollbackCmd},
		{"retire", newRetireCmd},
		{"rename", newRenameCmd},
		{"edit", newEditCmd},
		{"demo", newDemoCmd},
		{"simulate", newSimulateCmd},
		{"version", newVersionCmd},
		{"man", newManCmd},
		{"export", newExportCmd},
		{"exec", newExecCmd},
		{"token", newTokenCmd},
		{"api", newAPICmd},
		{"integrations", newIntegrationsCmd},
	}
}

// newCmdFor builds what a command line needs: the command that it begins with, the whole tree otherwise. man has pages of all.
func newCmdFor(a *app, args []string) *cobra.Command {
	for _, m := range makers() {
		if len(args) == 0 || args[0] != m.name || m.name == "man" {
			continue
		}
		root := newBareRootCmd(a)
		root.CompletionOptions.DisableDefaultCmd = true
		root.AddCommand(m.make(a))
		onlyOnce(root)
		return root
	}
	return newRootCmd(a)
}

// newRootCmd builds the whole command tree. It costs microseconds: commands are told the app and make nothing yet.
func newRootCmd(a *app) *cobra.Command {
	root := newBareRootCmd(a)
	for _, m := range makers() {
		root.AddCommand(m.make(a))
	}
	a.strictBuiltIns(root)
	onlyOnce(root)
	return root
}

// newBareRootCmd is mimecred without its commands.
func newBareRootCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mimecred",
		Short: "Get Mimecast API credentials, test them, and keep them in the OS keyring",
		Long: `mimecred takes an administrator from "I need API credentials for Mimecast" to
"tested, in the OS keyring", for API 2.0 and API 1.0.

Without a command it starts the wizard. When profiles exist already, it opens the
list of them, where each can be tested, rotated, handed off, edited, rolled back
and deleted; where there is no terminal, it prints the list.`,
		Example: `  mimecred demo                      try everything against a built-in simulator
  mimecred setup acme                the wizard
  mimecred check --all               test every saved profile
  mimecred get acme client_secret    one value, for a script`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			return a.begin(c.Name())
		},
		Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.flags.version {
				return a.printVersion()
			}
			return runHome(cmd.Context(), a)
		},
	}
	cmd.SetOut(a.output()) // before the completions are made, which use it as it is then
	// A flag of our own: cobra's is printed by a template, and linking text/template costs 2.7 MB and time at every start.
	cmd.Flags().BoolVarP(&a.flags.version, "version", "v", false, "version for mimecred")
	cmd.SetHelpFunc(func(c *cobra.Command, _ []string) { a.help(c) })
	cmd.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage(err, c.CommandPath()+" --help shows the flags")
	})
	cmd.SuggestionsMinimumDistance = 2

	f := cmd.PersistentFlags()
	f.StringVar(&a.flags.store, "store", "", "where credentials are kept: keyring or memory (default keyring)")
	f.StringVar(&a.flags.config, "config", "", "folder of the list of profiles, which holds no secret")
	f.StringVar(&a.flags.logFile, "log", "", "append a trace of every call to this file, secrets redacted")
	f.StringVarP(&a.flags.output, "output", "o", "", "format of what is printed: table or json")
	f.BoolVar(&a.flags.plain, "plain", false, "ask line by line instead of drawing screens (also ACCESSIBLE=1, TERM=dumb)")
	f.BoolVar(&a.flags.noColor, "no-color", false, "no colours (also NO_COLOR)")
	f.BoolVarP(&a.flags.quiet, "quiet", "q", false, "print only what was asked for and what went wrong")
	return cmd
}

// unknownCommand refuses what is no command, with the nearest ones.
func unknownCommand(cmd *cobra.Command, given []string) error {
	if len(given) == 0 {
		return nil
	}
	hints := []string{"mimecred --help shows the commands"}
	for _, name := range cmd.SuggestionsFor(given[0]) {
		hints = append([]string{"did you mean: mimecred " + name}, hints...)
	}
	return usage(fmt.Errorf("there is no command %q", given[0]), hints...)
}

// runHome is mimecred without a command: the wizard for a new user, for everyone else the list of profiles: to work with where
// there is somebody to ask, printed where there is not.
func runHome(ctx context.Context, a *app) error {
	if _, err := a.format("mimecred without a command"); err != nil {
		return err
	}
	entries, err := a.entries()
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		if unfinished := a.unfinished(); len(unfinished) > 0 {
			a.noteUnfinished(entries, unfinished)
		}
		return runSetup(ctx, a, setupOptions{})
	}
	if isTerminal(a.std.in) && isTerminal(a.std.out) && !a.flags.quiet {
		return a.profileWizard(ctx, flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome, Store: a.flags.store}, Unfinished: a.unfinishedOf("")})
	}
	if err := a.printList(entries); err != nil {
		return err
	}
	a.note("hint: mimecred setup NAME adds a profile, mimecred check --all tests them, mimecred --help shows the rest")
	return nil
}
