package main

import (
	"context"

	"github.com/spf13/cobra"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

func newRenameCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:               "rename NAME NEW-NAME",
		SuggestFor:        []string{"mv", "move"},
		Short:             "Give a profile another name",
		Long:              `Give a profile another name, in its store and in the list. It is written under the new name and read back before the old one is removed. After an interruption the same command finishes it. Nothing changes at Mimecast.`,
		Example:           `  mimecred rename acme acme-siem`,
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
	if !lifecycle.Renaming(vault, from, to) {
		if _, err := a.find(ctx, from); err != nil {
			return err
		}
	}
	return finishRenaming(ctx, a, vault, credstore.UnfinishedChange{Name: from, To: to})
}

// finishRenaming renames, or finishes what was interrupted. A set-up of the profile that was left goes along.
func finishRenaming(ctx context.Context, a *app, vault *credstore.Vault, s credstore.UnfinishedChange) error {
	drafts := step.Drafts{Left: a.unfinishedOf("")}
	if u, ok := a.openUnfinished(); ok {
		drafts.Kept = u
	}
	record, unmoved, err := lifecycle.Rename(a.waiting(ctx), vault, drafts, s.Name, s.To)
	if err := a.unlessListed(s.To, err); err != nil {
		return err
	}
	if unmoved != nil {
		a.say("warning: the unfinished set-up of %s was not renamed: %s", s.Name, oneLine(unmoved.Error()))
	}
	entry, _, err := vault.Lookup(record.Profile.Name)
	if err != nil {
		return err
	}
	a.note("%s is now %s, %s", s.Name, s.To, vault.Location(entry.Store, s.To))
	a.note("hint: what calls mimecred with the name %s needs the new one", s.Name)
	a.noteOldCopies(entry)
	return nil
}

// notRenamed is a refusal with its exit code.
func notRenamed(r *lifecycle.Refusal) *failure {
	code := exitUsage
	if r.Unfinished {
		code = exitStore
	}
	return &failure{code: code, err: r, hints: r.Hints}
}
