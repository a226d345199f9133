package main

import (
	"fmt"
	"strings"
	"time"

	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newManCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "man",
		Short:             "Print the manual page",
		Long:              "Print the manual page of mimecred and its commands, for man.",
		Example:           "  mimecred man | man -l -",
		ValidArgsFunction: completeNothing,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runMan(a, cmd.Root()) },
	}
}

func runMan(a *app, root *cobra.Command) error {
	if _, err := a.format("man"); err != nil {
		return err
	}
	plainUsages(root)
	page, err := mcobra.NewManPage(1, root)
	if err != nil {
		return fmt.Errorf("write the manual page: %w", err)
	}
	return a.print(page.Build(datedPage{roff.NewDocument(), thisBuild().Date}))
}

// datedPage is a manual page with the date of the commit that the program was built from, where that is known: two builds of one commit
// print the same page, whatever the day.
type datedPage struct {
	*roff.Document
	date string
}

// Heading implements mango.Builder.
func (p datedPage) Heading(section uint, title, description string, now time.Time) {
	if built, err := time.Parse(time.RFC3339, p.date); err == nil {
		now = built.UTC()
	}
	p.Document.Heading(section, title, description, now)
}

// plainUsages removes the quotes around the names of values from the usage of flags, for those who do not know them: the manual page,
// and the descriptions that shells show.
func plainUsages(root *cobra.Command) {
	everyCommand(root, func(cmd *cobra.Command) {
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") })
	})
}
