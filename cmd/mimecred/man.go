package main

import (
	"fmt"

	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

func newManCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "man",
		Short:   "Print the manual page",
		Example: "  mimecred man | man -l -",
		Args:    args(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return runMan(a, cmd.Root()) },
	}
}

func runMan(a *app, root *cobra.Command) error {
	if _, err := a.format("man"); err != nil {
		return err
	}
	page, err := mcobra.NewManPage(1, root)
	if err != nil {
		return fmt.Errorf("write the manual page: %w", err)
	}
	return a.print(page.Build(roff.NewDocument()))
}
