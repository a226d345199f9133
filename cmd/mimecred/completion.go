package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client/catalog"
	"mimecred/client/catalog/operation"
)

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
		if a.settle() != nil {
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
