package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/client/catalog/console"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

type deleteOptions struct {
	name string
	yes  bool
	// pending leaves the current version alone.
	pending bool
	// loseKeys agrees to lose created keys that nobody else has.
	loseKeys bool
}

func newDeleteCmd(a *app) *cobra.Command {
	var o deleteOptions
	cmd := &cobra.Command{
		Use:        "delete NAME",
		SuggestFor: []string{"remove", "rm", "discard"},
		Short:      "Delete a profile and its secrets from this machine",
		Long: `Delete a profile and its secrets from this machine, after a question. A set-up that was never saved is discarded in the same way. Nothing changes at Mimecast: mimecred says what stays valid there, and how to end it.

--pending discards only the pending version, or removes the note of a change that stored nothing.

Pending keys that were created at Mimecast are stored nowhere else. They are deleted after a second question, and with --yes only together with --lose-keys.`,
		Example: `  mimecred delete acme
  mimecred delete acme --pending
  mimecred delete acme --yes`,
		ValidArgsFunction: a.completeDeletable,
		RunE: func(cmd *cobra.Command, given []string) error {
			o.name = given[0]
			return runDelete(cmd.Context(), a, o)
		},
	}
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "delete without asking")
	cmd.Flags().BoolVar(&o.pending, "pending", false, "discard only the pending version")
	cmd.Flags().BoolVar(&o.loseKeys, "lose-keys", false, "delete created keys that nobody else has without asking")
	return cmd
}

func runDelete(ctx context.Context, a *app, o deleteOptions) error {
	if _, err := a.format("delete"); err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	if o.pending {
		return a.discard(ctx, vault, o)
	}
	e, err := a.find(ctx, o.name)
	if err != nil {
		return a.discardUnsaved(ctx, vault, o, err)
	}
	place := vault.Location(e.Store, e.Name)
	if !o.yes {
		sure, err := a.confirm(ctx, fmt.Sprintf("Delete %s, which is %s?", e.Name, place), "delete")
		if err != nil {
			return err
		}
		if !sure {
			a.note("nothing was deleted")
			return nil
		}
	}
	if agreed, err := a.agreesToLose(ctx, vault, e, o); err != nil || !agreed {
		return err
	}
	left, _ := vault.Noted(e.Name)
	shares := a.sharing(e)
	if err := a.service(vault, e.Name, true).Delete(ctx, e.Name, a.tell); err != nil {
		return err
	}
	a.forgetUnfinished(e.Name)
	a.note("%s, which was %s, is deleted", e.Name, place)
	for _, line := range slices.Concat(staysValid(e), inTheProduct(e), atMimecast(e, shares)) {
		a.note("%s", line)
	}
	a.sayLost(e.Name, left.MayBeLost())
	return nil
}

// discard deletes only what is pending: a version that is stored and not current, or the note of one that never came to be.
func (a *app) discard(ctx context.Context, vault *credstore.Vault, o deleteOptions) error {
	noted, is := vault.Noted(o.name)
	e, err := a.find(ctx, o.name)
	// Of what was announced, and of which nothing was stored, there is only the note.
	nothing := is && lifecycle.StoredNothing(noted)
	switch {
	case err != nil:
		o.yes = true // the flag names what is discarded, and nothing of it was stored
		return a.discardUnsaved(ctx, vault, o, err)
	case !e.Pending && !nothing:
		if words, left := a.leftOf(o.name); left {
			a.forgetUnfinished(o.name)
			a.setUpDiscarded(o.name, words)
			return nil
		}
		return nothingPending(o.name, noted, is)
	case !e.Pending:
		if err := vault.LockedElsewhere(o.name); err != nil {
			return err
		}
		a.sayLost(o.name, noted.MayBeLost())
		if err := a.service(vault, o.name, true).Forget(o.name); err != nil {
			return err
		}
		a.forgetUnfinished(o.name)
		a.note("%s: the unfinished change is discarded; nothing of it was stored", o.name)
		return nil
	}
	if !o.yes {
		question := fmt.Sprintf("Discard the pending version of %s, which is %s?", e.Name, vault.Location(e.Store, e.Name))
		sure, err := a.confirm(ctx, question, "delete")
		if err != nil {
			return err
		}
		if !sure {
			a.note("nothing was deleted")
			return nil
		}
	}
	if agreed, err := a.agreesToLose(ctx, vault, e, o); err != nil || !agreed {
		return err
	}
	if err := a.service(vault, e.Name, true).Discard(ctx, lifecycle.Change{Name: e.Name}, a.tell); err != nil {
		return err
	}
	a.note("the pending version of %s is discarded; what was created for it stays valid at Mimecast until you remove it there", e.Name)
	a.sayLost(o.name, noted.MayBeLost())
	return a.service(vault, o.name, true).Forget(o.name)
}

// nothingPending is the error of --pending where no version is pending; what is unfinished instead is told with what continues it.
func nothingPending(name string, noted credstore.UnfinishedChange, is bool) error {
	err := fmt.Errorf("%s has no pending version", name)
	if !is {
		return usage(err, "mimecred show "+name+" tells what it has")
	}
	advice := lifecycle.Advise(noted, true)
	return usage(fmt.Errorf("%w: %s", err, advice.Progress), advice.Hints()...)
}

// removal is what to do when a profile's credentials are no longer needed: in the products, and in Mimecast.
func removal(e credstore.Entry) (products, mimecast []console.Item) {
	for _, item := range step.RemovalOf(e, nil) {
		if strings.HasPrefix(item.ID, "removal-") {
			products = append(products, item)
		} else {
			mimecast = append(mimecast, item)
		}
	}
	return products, mimecast
}

// inTheProduct says how the product is made to do without the credentials, as far as that is known.
func inTheProduct(e credstore.Entry) []string {
	products, _ := removal(e)
	if len(products) == 0 {
		return nil
	}
	lines := []string{"What uses the credentials keeps them until you remove them there:"}
	for _, item := range products {
		lines = append(lines, "hint: "+item.Title)
	}
	return lines
}

// staysValid says what deleting does not end.
func staysValid(e credstore.Entry) []string {
	lines := []string{"At Mimecast the application and its access key stay valid until the key is removed or the application is deleted."}
	if e.API == client.API20 {
		lines = []string{"At Mimecast the client ID and the client secret stay valid. They end when new ones are generated or the application is deleted."}
	}
	if e.Previous {
		lines = append(lines, "So do those of the previous version, unless they were ended there.")
	}
	if e.Pending {
		lines = append(lines, "So do those of the pending version.")
	}
	return lines
}

// atMimecast says how the application is removed in the console, and for whom it would be removed as well.
func atMimecast(e credstore.Entry, shares []lifecycle.Share) []string {
	id := ""
	if e.Identifier != "" {
		id = " (its ID is " + e.Identifier + ")"
	}
	lines := []string{"To end them, in the Administration Console" + id + ":"}
	_, items := removal(e)
	for _, item := range items {
		line := item.Title + ": " + item.Path
		if len(item.Also) > 0 {
			line += " (in other menus: " + strings.Join(item.Also, "; ") + ")"
		}
		lines = append(lines, "hint: "+line)
	}
	for _, share := range shares {
		lines = append(lines, share.Words()+" uses the same application, and would stop.")
	}
	return lines
}

// sharing are the other profiles that use the same application.
func (a *app) sharing(e credstore.Entry) []lifecycle.Share {
	entries, err := a.entries()
	if err != nil {
		return nil // who cannot be named is not named
	}
	return lifecycle.Shares(credstore.Profile{}, e, entries)
}
