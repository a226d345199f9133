package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// group is a part of the commands as --help shows them.
type group struct {
	title    string
	commands []maker
}

// maker makes the command of a name.
type maker struct {
	name string
	make func(*app) *cobra.Command
}

// groups are all commands.
func groups() []group {
	return []group{
		{"Start", []maker{{"setup", newSetupCmd}, {"demo", newDemoCmd}, {"integrations", newIntegrationsCmd}}},
		{"Every day", []maker{
			{"list", newListCmd},
			{"show", newShowCmd},
			{"check", newCheckCmd},
			{"rotate", newRotateCmd},
			{"handoff", newHandOffCmd},
			{"edit", newEditCmd},
			{"rename", newRenameCmd},
		}},
		{"For scripts", []maker{
			{"get", newGetCmd},
			{"export", newExportCmd},
			{"exec", newExecCmd},
			{"token", newTokenCmd},
			{"api", newAPICmd},
			{"simulate", newSimulateCmd},
		}},
		{"Repair", []maker{{"doctor", newDoctorCmd}, {"explain", newExplainCmd}, {"rollback", newRollbackCmd}, {"retire", newRetireCmd}, {"delete", newDeleteCmd}, {"store", newStoreCmd}}},
		{"More", []maker{{"help", newHelpCmd}, {"completion", newCompletionCmd}, {"man", newManCmd}, {"version", newVersionCmd}}},
	}
}

// makers are those of all commands.
func makers() []maker {
	var all []maker
	for _, g := range groups() {
		all = append(all, g.commands...)
	}
	return all
}

// newCmdFor builds what a command line needs: the command that it begins with, the whole tree otherwise. help and man show all.
func newCmdFor(a *app, args []string) *cobra.Command {
	for _, m := range makers() {
		if len(args) > 0 && args[0] == m.name && m.name != "man" && m.name != "help" {
			return newTree(a, m)
		}
	}
	root := newRootCmd(a)
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		plainUsages(root)
	}
	return root
}

// newRootCmd builds the whole command tree. It costs microseconds: commands are told the app and make nothing yet.
func newRootCmd(a *app) *cobra.Command { return newTree(a, makers()...) }

// newTree is mimecred with these commands, and help. What cobra would add by itself is ours, or not wanted.
func newTree(a *app, makers ...maker) *cobra.Command {
	root := newBareRootCmd(a)
	root.CompletionOptions.DisableDefaultCmd = true
	help := newHelpCmd(a)
	root.SetHelpCommand(help)
	root.AddCommand(help)
	for _, m := range makers {
		if m.name != help.Name() {
			root.AddCommand(m.make(a))
		}
	}
	a.checkOperands(root)
	onlyOnce(root)
	return root
}

// newBareRootCmd is mimecred without its commands.
func newBareRootCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "mimecred",
		Short: "Get Mimecast API credentials, test them, and keep them in the OS keyring",
		Long: `mimecred takes an administrator from "I need API credentials for Mimecast" to "tested, in the OS keyring". It knows API 2.0 and API 1.0.

Without a command it opens the list of profiles: saved credentials with what belongs to them. While there is no profile, it starts the wizard. Without a terminal it prints the list.`,
		Example: `  mimecred demo                      try everything against a built-in simulator
  mimecred setup acme                set up a profile with the wizard
  mimecred check --all               test every saved profile
  mimecred get acme client_secret    print one value, for a script`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			return a.begin(c.Name())
		},
		ValidArgsFunction: completeNothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.flags.version {
				return a.printVersion()
			}
			return runHome(cmd.Context(), a)
		},
	}
	cmd.SetOut(a.output()) // before the completions are made, which use it as it is then
	// A flag of our own: cobra's is printed by a template, and linking text/template costs 2.7 MB and time at every start.
	cmd.Flags().BoolVarP(&a.flags.version, "version", "v", false, "print the version")
	cmd.SetHelpFunc(func(c *cobra.Command, _ []string) { a.help(c) })
	cmd.SetFlagErrorFunc(flagFailure)
	a.globalFlags(cmd)
	return cmd
}

// globalFlags adds the flags that every command has.
func (a *app) globalFlags(cmd *cobra.Command) {
	f := cmd.PersistentFlags()
	f.BoolP(helpFlag, "h", false, "show what a command does, its flags and examples")
	f.StringVar(&a.flags.store, "store", "", "keep new profiles in this `STORE`: keyring, file or memory (default keyring)")
	f.IntVar(&a.flags.passphraseFD, "passphrase-fd", -1, "read the passphrase of the encrypted files from this descriptor `N`")
	f.StringVar(&a.flags.identity, "identity-file", "", "read the age key of the encrypted files from this `FILE`")
	f.StringVar(&a.flags.config, "config", "", "keep the list of profiles, which holds no secret, in this `FOLDER`")
	f.StringVar(&a.flags.logFile, "log", "", "append a trace of every call to this `FILE`, secrets redacted")
	f.StringVarP(&a.flags.output, "output", "o", "", "print in this `FORMAT`: table or json")
	f.BoolVar(&a.flags.plain, "plain", false, "ask line by line, without screens (also ACCESSIBLE=1, TERM=dumb)")
	f.BoolVar(&a.flags.noColor, "no-color", false, "print without colours (also NO_COLOR)")
	f.BoolVarP(&a.flags.quiet, "quiet", "q", false, "print only what was asked for and what went wrong")
	completes(cmd, "store", storeNames()...)
	completesWith(cmd, "config", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveFilterDirs
	})
	completesFiles(cmd, "log")
	completesFiles(cmd, "identity-file")
	completes(cmd, "passphrase-fd", "3")
	completesWith(cmd, "output", completeOutputs)
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
