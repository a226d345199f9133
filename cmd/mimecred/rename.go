package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"mimecred/credstore"
)

func newRenameCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "rename NAME NEW-NAME",
		Short: "Give a profile another name",
		Long: `Give a profile another name, in its store and in the list. The item is written under the
new name and read back before the old one is removed; after an interruption the same
command finishes it. Nothing changes at Mimecast.`,
		Example:           `  mimecred rename acme acme-siem`,
		Args:              args(cobra.ExactArgs(2)),
		ValidArgsFunction: a.completeName,
		RunE:              func(cmd *cobra.Command, names []string) error { return runRename(cmd.Context(), a, names[0], names[1]) },
	}
}

func runRename(ctx context.Context, a *app, from, to string) error {
	if _, err := a.format("rename"); err != nil {
		return err
	}
	if err := credstore.NewName(to); err != nil {
		return usage(err)
	}
	if from == to {
		return usagef("that is its name already")
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	stands, begun := vault.Noted(from)
	between := strings.EqualFold(from, to) && a.hasEntry(credstore.Between(to))
	if begun = begun && stands.Kind == credstore.Renaming; begun && stands.To != to && !between {
		return renaming(stands)
	}
	begun = begun || between
	if !begun {
		if _, err := a.find(ctx, from); err != nil {
			return err
		}
		if err := a.nameFree(vault, from, to); err != nil {
			return err
		}
	}
	return finishRenaming(ctx, a, vault, credstore.Swap{Name: from, To: to})
}

// hasEntry tells whether there is a profile of that name.
func (a *app) hasEntry(name string) bool {
	_, err := a.entry(name)
	return err == nil
}

// nameFree is an error when a profile other than own, or something that was left unfinished, has the name.
func (a *app) nameFree(vault *credstore.Vault, own, name string) error {
	entries, err := a.entries()
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name != own && strings.EqualFold(e.Name, name) {
			return usage(fmt.Errorf("there is a profile %q already", e.Name), "mimecred list shows the profiles")
		}
	}
	if _, noted := vault.Noted(name); noted || len(a.unfinishedOf(name)) > 0 {
		return usage(fmt.Errorf("a set-up of %q was left unfinished", name), "mimecred setup "+name+" goes on with it")
	}
	return nil
}

// finishRenaming renames, or finishes what was interrupted. A set-up of the profile that was left goes along.
func finishRenaming(ctx context.Context, a *app, vault *credstore.Vault, s credstore.Swap) error {
	record, err := vault.Rename(a.waiting(ctx), s.Name, s.To)
	if err = a.unlessListed(s.To, err); err != nil {
		return inTheWayOfRenaming(vault, s.Name, err)
	}
	if u, ok := a.openUnfinished(); ok {
		for _, left := range a.unfinishedOf(s.Name) {
			left.Name = s.To
			if err := errors.Join(u.Keep(left), u.Forget(s.Name)); err != nil {
				a.say("warning: the unfinished set-up of %s was not renamed: %s", s.Name, oneLine(err.Error()))
			}
		}
	}
	entry, _, err := vault.Lookup(record.Profile.Name)
	if err != nil {
		return err
	}
	a.note("%s is now %s, %s", s.Name, s.To, vault.Location(entry.Store, s.To))
	a.note("hint: what calls mimecred with the name %s needs the new one", s.Name)
	return nil
}

// inTheWayOfRenaming gives the error of an unfinished change the commands to type next.
func inTheWayOfRenaming(vault *credstore.Vault, name string, err error) error {
	entry, _, lookup := vault.Lookup(name)
	_, noted := vault.Noted(name)
	if credstore.KindOf(err) != credstore.Conflict || lookup != nil || !noted && !entry.Pending || vault.Busy(name) {
		return err
	}
	f := storeFailure(err)
	f.hints = []string{"mimecred rotate " + name + " --resume goes on with what is unfinished", "mimecred delete " + name + " --pending gives it up"}
	return f
}
