package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
)

// integrationFlag adds the flag that names an integration in place of the profile's own.
func (a *app) integrationFlag(cmd *cobra.Command, value *string) {
	cmd.Flags().StringVar(value, "integration", "", "use the names and the spelling of the integration `ID`, not of the profile's own")
	completesWith(cmd, "integration", completeIntegration)
}

// completeIntegration offers one id, whatever is before it.
func completeIntegration(cmd *cobra.Command, _ []string, word string) ([]string, cobra.ShellCompDirective) {
	return completeIntegrations(cmd, nil, word)
}

// completeIntegrations offers the ids to the shell, with the names.
func completeIntegrations(_ *cobra.Command, given []string, word string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, i := range catalog.Integrations() {
		if strings.HasPrefix(i.ID, word) && !slices.Contains(given, i.ID) {
			ids = append(ids, i.ID+"\t"+i.Name)
		}
	}
	return ids, noFiles
}

// completeFeatures offers the features of what is to be shown.
func completeFeatures(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, id := range given {
		i, _ := catalog.Lookup(id)
		for _, f := range i.Features {
			ids = append(ids, f.ID+"\t"+f.Title)
		}
	}
	return ids, noFiles
}

func completeMenus(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
	api := client.API20
	if len(given) > 0 {
		if i, ok := catalog.Lookup(given[0]); ok {
			api = i.API
		}
	}
	var names []string
	for _, choice := range console.Variants(api) {
		names = append(names, string(choice.Variant)+"\t"+choice.Title)
	}
	return names, noFiles
}

// integrationsMeant are hints on an id that no integration has.
func integrationsMeant(id string) []string {
	var ids []string
	for _, i := range catalog.Integrations() {
		ids = append(ids, i.ID)
	}
	return append(didYouMean(id, "", ids), "mimecred integrations list shows them")
}
