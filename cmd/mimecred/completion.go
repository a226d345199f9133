package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

const (
	noFiles = cobra.ShellCompDirectiveNoFileComp
	files   = cobra.ShellCompDirectiveDefault
)

func newCompletionCmd(a *app) *cobra.Command {
	var plain bool
	cmd := &cobra.Command{
		Use:   "completion [SHELL]",
		Short: "Print the completion script of a shell",
		Long: `Print the script that completes commands, flags, profiles, fields and formats: for bash, zsh, fish or powershell. Without a SHELL, tell how each is installed. Profiles are read from their list. The store stays closed.

  bash        source <(mimecred completion bash)
              needs the package bash-completion; put the line into ~/.bashrc
  zsh         mimecred completion zsh >"${fpath[1]}/_mimecred"
              needs "autoload -U compinit; compinit" in ~/.zshrc
  fish        mimecred completion fish >~/.config/fish/completions/mimecred.fish
  PowerShell  mimecred completion powershell | Out-String | Invoke-Expression
              put the line into the file that $PROFILE names

Packages of mimecred install the scripts of bash, zsh and fish.`,
		Example: `  mimecred completion bash
  mimecred completion zsh >"${fpath[1]}/_mimecred"`,
		ValidArgsFunction: func(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(given) > 0 {
				return nil, noFiles
			}
			return shells(), noFiles
		},
		RunE: func(cmd *cobra.Command, given []string) error {
			if len(given) == 0 {
				a.help(cmd)
				return nil
			}
			return runCompletion(a, cmd.Root(), given[0], !plain)
		},
	}
	cmd.Flags().BoolVar(&plain, "no-descriptions", false, "complete words without descriptions")
	return cmd
}

// shells are those that there is a script for.
func shells() []string { return []string{"bash", "zsh", "fish", "powershell"} }

func runCompletion(a *app, root *cobra.Command, shell string, described bool) error {
	if _, err := a.format("completion"); err != nil {
		return err
	}
	write := map[string]func(io.Writer, bool) error{
		"bash": root.GenBashCompletionV2,
		"fish": root.GenFishCompletion,
		"zsh": func(w io.Writer, described bool) error {
			if described {
				return root.GenZshCompletion(w)
			}
			return root.GenZshCompletionNoDesc(w)
		},
		"powershell": func(w io.Writer, described bool) error {
			if described {
				return root.GenPowerShellCompletionWithDesc(w)
			}
			return root.GenPowerShellCompletion(w)
		},
	}[shell]
	if write == nil {
		return usage(fmt.Errorf("there is no shell %q", shell), oneOf(shell, "it is one of: ", shells())...)
	}
	if err := write(a.output(), described); err != nil {
		return fmt.Errorf("write the completion script of %s: %w", shell, err)
	}
	return nil
}

// completes makes a shell offer these words for a flag, and no files.
func completes(cmd *cobra.Command, flag string, words ...string) {
	completesWith(cmd, flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return words, noFiles })
}

// completesWith is completes with words that are known only then.
func completesWith(cmd *cobra.Command, flag string, words cobra.CompletionFunc) {
	_ = cmd.RegisterFlagCompletionFunc(flag, words) // it fails for a flag that is not there, which a test finds
}

// completesFiles makes a shell offer files for a flag.
func completesFiles(cmd *cobra.Command, flags ...string) {
	for _, flag := range flags {
		completesWith(cmd, flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) { return nil, files })
	}
}

// completeNothing offers no words and no files.
func completeNothing(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, noFiles
}

// newHelpCmd replaces cobra's help, which ends with 0 for a command that does not exist.
func newHelpCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND...]",
		Short: "Show the help of a command",
		Long:  "Show what a command does, with its flags and examples. The flag --help of the command shows the same.",
		Example: `  mimecred help setup
  mimecred help integrations show`,
		ValidArgsFunction: func(cmd *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
			found, rest, err := cmd.Root().Find(given)
			if err != nil || len(rest) > 0 {
				return nil, noFiles
			}
			return commandNames(found), noFiles
		},
		RunE: func(cmd *cobra.Command, given []string) error {
			found, rest, err := cmd.Root().Find(given)
			if err != nil {
				return usage(err)
			}
			if err := unknownCommand(found, rest); err != nil {
				explained := explainAny(err)
				return usage(err, append(explained.hints, "it is one of: "+strings.Join(commandNames(cmd.Root()), ", "))...)
			}
			a.help(found)
			return nil
		},
	}
}

// commandNames are the commands below c that are shown.
func commandNames(c *cobra.Command) []string {
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}
