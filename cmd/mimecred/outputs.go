package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// outputs are the formats of -o that a command has, the usual one first. The name is that of the command, or a form of it that has
// formats of its own.
func outputs(command string) []string {
	switch command {
	case "check", "doctor", "explain", "get", "get NAME", "handoff", "integrations", "integrations list", "integrations show", "list", "rollback",
		"rotate", "rotate --from", "rotate --resume", "setup", "setup --from", "show", "store", "store copy", "store move", "store status",
		"token", "version":
		return []string{"table", "json"}
	case "api":
		return []string{"json"}
	default:
		return nil
	}
}

// commandName is the path of a command below the program: "integrations list".
func commandName(cmd *cobra.Command) string {
	if !cmd.HasParent() {
		return cmd.Name()
	}
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}

// format checks -o against what a command can do; the first one is what it does without -o.
func (a *app) format(command string) (string, error) {
	can, asked := outputs(command), a.flags.output
	switch {
	case slices.Contains(can, asked):
		return asked, nil
	case asked == "" && len(can) > 0:
		return can[0], nil
	case asked == "":
		return "", nil
	case len(can) == 0:
		return "", usagef("%s has no formats for -o to choose from", command)
	default:
		return "", usage(fmt.Errorf("%s cannot print %q; -o is one of %v", command, asked, can), didYouMean(asked, "-o ", can)...)
	}
}

// completeOutputs offers the formats of -o.
func completeOutputs(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return outputs(commandName(cmd)), cobra.ShellCompDirectiveNoFileComp
}
