package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore"
)

type deleteOptions struct {
	name string
	yes  bool
	// pending leaves what is in force alone.
	pending bool
}

func newDeleteCmd(a *app) *cobra.Command {
	var o deleteOptions
	cmd := &cobra.Command{
		Use:   "delete NAME",
		Short: "Delete a profile and its secrets from this machine",
		Long: `Delete a profile and its secrets from this machine, after a question. Nothing changes at
Mimecast: what stays valid there is said, with the place where it can be ended.`,
		Args:              args(cobra.ExactArgs(1)),
		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name = given[0]
			return runDelete(cmd.Context(), a, o)
		},
	}
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask")
	cmd.Flags().BoolVar(&o.pending, "pending", false, "delete only the version that waits to be checked")
	return cmd
}

func runDelete(ctx context.Context, a *app, o deleteOptions) error {
	if _, err := a.format("delete"); err != nil {
		return err
	}
	e, err := a.find(ctx, o.name)
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	place := vault.Location(e.Store, e.Name)
	what := e.Name
	if o.pending {
		if !e.Pending {
			return usage(fmt.Errorf("%s has no version that waits to be checked", e.Name), "mimecred show "+e.Name+" tells what it has")
		}
		what = "the version of " + e.Name + " that waits"
	}
	if !o.yes {
		sure, err := a.confirm(ctx, fmt.Sprintf("Delete %s, which is %s?", what, place))
		if err != nil {
			return err
		}
		if !sure {
			a.note("nothing was deleted")
			return nil
		}
	}
	if o.pending {
		if err := vault.Discard(a.waiting(ctx), e.Name); err != nil {
			return err
		}
		a.note("%s is deleted; what was created for it stays valid at Mimecast until it is removed there", what)
		return nil
	}
	if err := vault.Delete(a.waiting(ctx), e.Name); err != nil {
		return err
	}
	a.forgetUnfinished(e.Name)
	a.note("%s, which was %s, is deleted", e.Name, place)
	for _, line := range append(staysValid(e), inTheProduct(e)...) {
		a.note("%s", line)
	}
	return nil
}

// inTheProduct says how the product is made to do without the credentials, as far as that is known.
func inTheProduct(e credstore.Entry) []string {
	i, err := integrationOf(e)
	if err != nil || len(i.Removal) == 0 {
		return nil
	}
	lines := []string{"What uses the credentials keeps them until they are taken out there:"}
	needs := catalog.Requirements{Integrations: []catalog.Chosen{{ID: i.ID}}}
	for _, item := range console.Removal(e.API, needs, console.Facts{Profile: e.Name})[:len(i.Removal)] {
		lines = append(lines, "hint: "+item.Title)
	}
	return lines
}

// staysValid says what deleting does not end, and where to end it.
func staysValid(e credstore.Entry) []string {
	const menu = "Integrations (or Services) > API and Platform Integrations > Your Application Integrations"
	if e.API == client.API20 {
		return []string{
			"At Mimecast the client ID and the client secret stay valid until new ones are generated or the application is deleted.",
			"hint: " + menu + ": open the application" + withID(e) + " and choose Manage API 2.0 credentials, or delete it",
		}
	}
	return []string{
		"At Mimecast the application and its access key stay valid until the key is removed or the application is deleted.",
		"hint: " + menu + ": find the application" + withID(e),
	}
}

func withID(e credstore.Entry) string {
	if e.Identifier == "" {
		return ""
	}
	return " " + e.Identifier
}

// confirm asks a question that is answered with y or n; anything but yes is no.
func (a *app) confirm(ctx context.Context, question string) (bool, error) {
	if !isTerminal(a.std.in) {
		return false, usage(errors.New("there is no terminal to ask whether to delete"), "--yes deletes without asking")
	}
	fmt.Fprintf(a.std.err, "%s [y/N] ", question)
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(a.std.in).ReadString('\n')
		answer <- strings.ToLower(strings.TrimSpace(line))
	}()
	select {
	case <-ctx.Done():
		a.say("")
		return false, interruption(ctx)
	case line := <-answer:
		return line == "y" || line == "yes", nil
	}
}
