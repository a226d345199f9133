package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client/catalog/operation"
)

// completeCall offers profiles, then methods, then the paths that the profile's API has for the method.
func (a *app) completeCall(cmd *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
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

// callPaths are the paths of an API for a method, "" for any, that begin with word, with the permission they need.
func callPaths(api, method, word string) []string {
	var paths []string
	for _, op := range operation.All() {
		if op.Has(api) && (op.Method == method || method == "") && strings.HasPrefix(op.Path, word) {
			paths = append(paths, strings.TrimSuffix(op.Path+"\t"+op.Permission, "\t"))
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}
