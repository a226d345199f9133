package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client/catalog"
	"mimecred/client/catalog/operation"
)

// strictBuiltIns makes the commands that cobra adds by itself refuse what they do not know, as every other command does.
func (a *app) strictBuiltIns(root *cobra.Command) {
	root.SetHelpCommand(&cobra.Command{
		Use:   "help [command]",
		Short: "Help about any command",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return commandNames(root), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, given []string) error {
			found, rest, err := root.Find(given)
			if err != nil || len(rest) > 0 {
				return usage(fmt.Errorf("there is no command %q", strings.Join(given, " ")), "it is one of: "+strings.Join(commandNames(root), ", "))
			}
			a.help(found)
			return nil
		},
	})
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() != "completion" {
			continue
		}
		c.Args, c.RunE = cobra.ArbitraryArgs, func(c *cobra.Command, given []string) error {
			if len(given) > 0 {
				return usage(fmt.Errorf("there is no shell %q", given[0]), "it is one of: "+strings.Join(commandNames(c), ", "))
			}
			a.help(c)
			return nil
		}
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

// completeFirst offers profiles for the first argument and, for what follows, what the shell offers by itself.
func (a *app) completeFirst(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(given) == 0 {
		return a.completeNames(cmd, given, word)
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// integrationFlag adds the flag that names an integration in place of the profile's own.
func (a *app) integrationFlag(cmd *cobra.Command, value *string) {
	cmd.Flags().StringVar(value, "integration", "", "use the names and the spelling of this integration instead of the profile's")
	_ = cmd.RegisterFlagCompletionFunc("integration", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var ids []string
		for _, i := range catalog.Integrations() {
			ids = append(ids, i.ID)
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	})
}

// completeCall offers profiles, then methods, then the paths that the profile's API has for the method.
func (a *app) completeCall(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	const noFiles = cobra.ShellCompDirectiveNoFileComp
	switch len(given) {
	case 0:
		return a.completeNames(cmd, given, word)
	case 1:
		return apiMethods(), noFiles
	case 2:
		if a.readFlags() != nil {
			return nil, noFiles
		}
		if e, err := a.entry(given[0]); err == nil {
			return callPaths(string(e.API), strings.ToUpper(given[1]), word), noFiles
		}
	}
	return nil, noFiles
}

// callPaths are the paths of an API for a method that begin with word, with the permission they need.
func callPaths(api, method, word string) []string {
	var paths []string
	for _, op := range operation.All() {
		if op.Has(api) && op.Method == method && strings.HasPrefix(op.Path, word) {
			paths = append(paths, strings.TrimSuffix(op.Path+"\t"+op.Permission, "\t"))
		}
	}
	slices.Sort(paths)
	return paths
}
