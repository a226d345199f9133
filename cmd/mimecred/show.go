package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"mimecred/credstore"
)

func newShowCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Show what is known about a profile, without its secrets",
		Long: `Show what is known about a profile, from the list that lies beside the store and
holds no secret. The keyring is not touched; mimecred get prints a secret.`,
		Args:              args(cobra.ExactArgs(1)),
		ValidArgsFunction: a.completeNames,
		RunE:              func(_ *cobra.Command, names []string) error { return runShow(a, names[0]) },
	}
}

func runShow(a *app, name string) error {
	format, err := a.format("show", "table", "json")
	if err != nil {
		return err
	}
	e, err := a.entry(name)
	if err != nil {
		return err
	}
	if format == "json" {
		return a.printJSON(listedJSON{Schema: 1, Entry: e})
	}
	return a.print(a.details(e))
}

// details is one profile for people, one fact a line.
func (a *app) details(e credstore.Entry) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	fact := func(label, value string) {
		if value != "" {
			fmt.Fprintf(w, "%s\t%s\n", label, oneLine(value))
		}
	}
	fact("Profile", e.Name)
	fact("Integration", e.Integration)
	fact("API", string(e.API))
	fact("Region", e.Region)
	fact("Base URL", e.BaseURL)
	fact("Identifier", e.Identifier)
	if e.Account != nil {
		fact("Account", joinFilled(", ", e.Account.Name, e.Account.Code, e.Account.Region))
	}
	fact("Store", e.Store)
	if !e.ActiveSince.IsZero() {
		fact("In force since", e.ActiveSince.Local().Format(time.DateTime)+" ("+a.ago(e.ActiveSince)+")")
	}
	if e.Pending {
		fact("Pending", "a version that has not passed its checks")
	}
	if e.Previous {
		fact("Previous", "the version before is kept")
	}
	if c := e.LastCheck; c != nil {
		fact("Last check", fmt.Sprintf("%s: %d passed, %d with a warning, %d failed, %d skipped", c.At.Local().Format(time.DateTime),
			c.Passed, c.Warnings, c.Failed, c.Skipped))
	}
	_ = w.Flush() // into memory
	return b.String()
}

func joinFilled(sep string, words ...string) string {
	var filled []string
	for _, w := range words {
		if w != "" {
			filled = append(filled, w)
		}
	}
	return strings.Join(filled, sep)
}
