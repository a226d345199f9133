package main

import (
	"fmt"
	"strings"

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
	return a.print(page.Build(roff.NewDocument()))
}

// plainUsages takes the quotes around the names of values out of the usage of flags, for those who do not know them: the manual page,
// and the descriptions that shells show.
func plainUsages(root *cobra.Command) {
	everyCommand(root, func(cmd *cobra.Command) {
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") })
	})
}
