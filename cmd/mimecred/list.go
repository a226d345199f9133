package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"mimecred/credstore"
)

func newListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List the saved profiles",
		Long: `List the saved profiles, from the list that lies beside the store and holds no secret.
The keyring is not touched. With -q only the names are printed.`,
		Args: args(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error { return runList(a) },
	}
}

// listedJSON is the JSON of list and show.
type listedJSON struct {
	Schema int `json:"schema"`
	credstore.Entry
}

func runList(a *app) error {
	format, err := a.format("list", "table", "json")
	if err != nil {
		return err
	}
	entries, err := a.entries()
	if err != nil {
		return err
	}
	switch {
	case format == "json":
		list := make([]listedJSON, len(entries))
		for i, e := range entries {
			list[i] = listedJSON{Schema: 1, Entry: e}
		}
		return a.printJSON(list)
	case a.flags.quiet:
		var names strings.Builder
		for _, e := range entries {
			names.WriteString(e.Name + "\n")
		}
		return a.print(names.String())
	case len(entries) == 0:
		a.note("there are no profiles yet")
		a.note("hint: mimecred setup NAME makes one, mimecred demo shows how")
		return nil
	}
	return a.print(a.table(entries))
}

// table is the list of profiles for people.
func (a *app) table(entries []credstore.Entry) string {
	l := a.look(a.std.out)
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "PROFILE\tINTEGRATION\tAPI\tREGION\tSTORE\tLAST CHECK\tSINCE")
	for _, e := range entries {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Name, orDash(e.Integration), e.API, orDash(e.Region), e.Store,
			a.lastCheck(e, l), a.since(e))
	}
	_ = w.Flush() // into memory
	return b.String()
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// lastCheck is one cell: a sign, how long ago, what failed.
func (a *app) lastCheck(e credstore.Entry, l look) string {
	c := e.LastCheck
	if c == nil {
		return "never"
	}
	ago := a.ago(c.At)
	switch {
	case !c.OK:
		return fmt.Sprintf("%s %d failed, %s", l.signs.failed, c.Failed, ago)
	case c.Warnings > 0:
		return fmt.Sprintf("%s %d with a warning, %s", l.signs.warning, c.Warnings, ago)
	default:
		return l.signs.passed + " " + ago
	}
}

// since is the age of the secret in force, or what there is instead.
func (a *app) since(e credstore.Entry) string {
	switch {
	case e.ActiveSince.IsZero() && e.Pending:
		return "pending: mimecred check " + e.Name
	case e.ActiveSince.IsZero():
		return "-"
	case e.Pending:
		return a.ago(e.ActiveSince) + ", a newer one is pending"
	default:
		return a.ago(e.ActiveSince)
	}
}

// ago is a duration for people, to one unit.
func (a *app) ago(t time.Time) string {
	d := a.now().Sub(t)
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d/time.Minute))
	case d < 2*day:
		return fmt.Sprintf("%d h ago", int(d/time.Hour))
	default:
		return fmt.Sprintf("%d days ago", int(d/day))
	}
}

// completeNames offers the names of profiles to the shell.
func (a *app) completeNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if a.settle() == nil {
		if entries, err := a.entries(); err == nil {
			for _, e := range entries {
				names = append(names, e.Name)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
