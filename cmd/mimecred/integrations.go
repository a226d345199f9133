package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
)

// integrationsOptions are what integrations show is asked for.
type integrationsOptions struct {
	ids []string
	// features are ids, or "integration:feature"; they count only when chosen says that they were given.
	features []string
	chosen   bool
	// menu is a variant of the console's walk-through; "" is the usual one.
	menu string
}

func newIntegrationsCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:        "integrations",
		SuggestFor: []string{"products", "catalog", "catalogue"},
		Aliases:    []string{"integration"},
		Short:      "Show what products ask for and need",
		Long:       `Show what products that use Mimecast's API ask for and need. That is the fields of their forms, and the least products and role permissions. It is also what their guides get wrong, and what to click in Mimecast's console. Nothing is called and nothing is saved.`,
		Example: `  mimecred integrations list netskope
  mimecred integrations show axonius-mimecast-v2
  mimecred integrations show netskope-cte-v2 --features malsite,push_urls
  mimecred integrations show axonius-mimecast-v2 pondurance-scope -o json`,
		ValidArgsFunction: completeNothing,
		RunE:              func(*cobra.Command, []string) error { return runIntegrationsList(a, nil) },
	}
	list := &cobra.Command{
		Use:     "list [WORD...]",
		Aliases: []string{"ls"},
		Short:   "List the products, or those that have all the words",
		Long:    `List the products, or those whose id, name or vendor has all the words. Products whose guides were followed step by step come first. With -q only the ids are printed.`,
		Example: `  mimecred integrations list
  mimecred integrations list netskope`,
		ValidArgsFunction: completeNothing,
		RunE:              func(_ *cobra.Command, words []string) error { return runIntegrationsList(a, words) },
	}
	var o integrationsOptions
	show := &cobra.Command{
		Use:   "show ID...",
		Short: "Show what one product needs, or several that share one application",
		Long:  `Show what one product needs, or several that share one application. That is the union of their products and permissions, the form of each, and the walk-through of the console.`,
		Example: `  mimecred integrations show axonius-mimecast-v2
  mimecred integrations show netskope-cte-v2 --features malsite,push_urls
  mimecred integrations show axonius-mimecast-v2 pondurance-scope -o json`,
		ValidArgsFunction: completeIntegrations,
		RunE: func(cmd *cobra.Command, ids []string) error {
			o.ids, o.chosen = ids, cmd.Flags().Changed("features")
			return runIntegrationsShow(a, o)
		},
	}
	show.Flags().StringSliceVar(&o.features, "features", nil, "say which optional `FEATURES` will be used, with commas; \"\" for none (default: the usual ones)")
	show.Flags().StringVar(&o.menu, "menu", "", "show this `MENU` of the console: hub, classic, cloud-integrated (API 2.0); existing, new (API 1.0); renew")
	completesWith(show, "features", completeFeatures)
	completesWith(show, "menu", completeMenus)
	cmd.AddCommand(list, show)
	return cmd
}

func runIntegrationsList(a *app, words []string) error {
	format, err := a.format("integrations list")
	if err != nil {
		return err
	}
	found := integrationsWith(words)
	switch {
	case format == "json":
		return a.printJSON(integrationsJSON(found))
	case a.flags.quiet:
		var ids strings.Builder
		for _, i := range found {
			ids.WriteString(i.ID + "\n")
		}
		return a.print(ids.String())
	case len(found) == 0:
		a.note("no product has %q", strings.Join(words, " "))
		a.note("hint: mimecred integrations list shows them all; every other product can use api-2.0 or api-1.0")
		return nil
	}
	return a.print(integrationsTable(found))
}

// integrationsWith gives the integrations whose id, name or vendor has all the words.
func integrationsWith(words []string) []catalog.Integration {
	return slices.DeleteFunc(catalog.Integrations(), func(i catalog.Integration) bool {
		text := strings.ToLower(i.ID + " " + i.Name + " " + i.Vendor)
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) })
	})
}

// integrationsTable is the list for people.
func integrationsTable(list []catalog.Integration) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tNAME\tAPI\tSTATUS")
	for _, i := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", i.ID, i.Name, i.API, orDash(i.Status))
	}
	_ = w.Flush() // into memory
	return b.String()
}

func runIntegrationsShow(a *app, o integrationsOptions) error {
	format, err := a.format("integrations show")
	if err != nil {
		return err
	}
	s, err := selectionOf(o)
	if err != nil {
		return err
	}
	needs, err := catalog.RequirementsFor(s)
	if err != nil {
		var hints []string
		if unknown, is := errors.AsType[*catalog.UnknownFeatureError](err); is {
			hints = didYouMean(unknown.ID, "", unknown.Known)
		}
		return usage(err, append(hints, "mimecred integrations list shows the products")...)
	}
	menu, err := menuOf(needs.API, o.menu)
	if err != nil {
		return err
	}
	sheet := newSheet(needs, menu)
	if format == "json" {
		return a.printJSON(sheet)
	}
	return a.print(sheet.text(a.look(a.std.out)))
}

// selectionOf reads the features. A plain name goes to every integration that has it.
func selectionOf(o integrationsOptions) (catalog.Selection, error) {
	s := catalog.Selection{Integrations: o.ids}
	if !o.chosen {
		return s, nil
	}
	s.Features = map[string][]string{}
	for _, id := range o.ids {
		s.Features[id] = []string{}
	}
	for _, text := range o.features {
		id, feature, named := strings.Cut(strings.TrimSpace(text), ":")
		if named {
			if _, among := s.Features[id]; !among {
				return s, usage(fmt.Errorf("--features names %q, which is not shown", id))
			}
			s.Features[id] = append(s.Features[id], feature)
			continue
		}
		known := false
		for _, one := range o.ids {
			i, _ := catalog.Lookup(one)
			if _, has := i.Feature(id); has {
				s.Features[one], known = append(s.Features[one], id), true
			}
		}
		if !known {
			s.Features[o.ids[0]] = append(s.Features[o.ids[0]], id) // it is refused there, with what there is
		}
	}
	return s, nil
}

// menuOf checks --menu against the API; "" is the usual one.
func menuOf(api client.API, name string) (console.Choice, error) {
	var names []string
	for n, choice := range console.Variants(api) {
		if name == string(choice.Variant) || name == "" && n == 0 {
			return choice, nil
		}
		names = append(names, string(choice.Variant))
	}
	return console.Choice{}, usage(fmt.Errorf("API %s has no menu %q", api, name), oneOf(name, "the menus are: ", names)...)
}
