package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// transferring is whether profiles are copied or moved.
type transferring string

const (
	copying transferring = "copy"
	moving  transferring = "move"
)

// transferOptions are what store copy and store move are asked for.
type transferOptions struct {
	what            transferring
	names           []string
	all             bool
	to              string
	dryRun, replace bool
}

func newTransferCmd(a *app, what transferring) *cobra.Command {
	o := transferOptions{what: what}
	cmd := &cobra.Command{
		Use:   "copy [NAME...]",
		Short: "Copy profiles to another store",
		Long: `Copy profiles to another store, such as one that goes to another machine. What was written is read back and compared. The profile stays where it is, and later rotations do not reach the copy. mimecred store status shows copies, and delete removes them with the profile.

What the other store has under the name is replaced only with --replace.`,
		Example: `  mimecred store copy acme --to file
  mimecred store copy --all --to file --dry-run`,
		ValidArgsFunction: a.completeNames,
		RunE: func(cmd *cobra.Command, names []string) error {
			o.names = names
			return runTransfer(cmd.Context(), a, o)
		},
	}
	if what == moving {
		cmd.Use, cmd.Short = "move [NAME...]", "Move profiles to another store"
		cmd.Long = `Move profiles to another store. What was written is read back and compared, and the list then names that store. Only after that is it removed from where it was. After an interruption the same command finishes it. A move to the store where the profile still is gives it up.

What the other store has under the name is replaced only with --replace.`
		cmd.Example = `  mimecred store move acme --to file
  mimecred store move --all --to keyring --dry-run`
	}
	cmd.Flags().BoolVar(&o.all, "all", false, string(what)+" every profile")
	cmd.Flags().StringVar(&o.to, "to", "", string(what)+" to this `STORE`: keyring or file")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "say what would be done, and change nothing")
	cmd.Flags().BoolVar(&o.replace, "replace", false, "replace what the other store has under the name")
	completes(cmd, "to", storeKinds()...)
	return cmd
}

// transferredJSON is one profile of store copy and store move.
type transferredJSON struct {
	Schema  int    `json:"schema"`
	Profile string `json:"profile"`
	From    string `json:"from,omitempty"`
	To      string `json:"to"`
	// State is copied, moved, there (nothing was to be done) or failed; DryRun is set when nothing was changed.
	State  string `json:"state"`
	DryRun bool   `json:"dry_run,omitempty"`
	Error  string `json:"error,omitempty"`
	Fix    string `json:"fix,omitempty"`
}

func runTransfer(ctx context.Context, a *app, o transferOptions) error {
	format, err := a.format("store " + string(o.what))
	if err != nil {
		return err
	}
	if !slices.Contains(storeKinds(), o.to) {
		return errNoStore(o.to)
	}
	names, err := a.transferNames(ctx, o)
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	list, code := make([]transferredJSON, 0, len(names)), exitDone
	for _, name := range names {
		if ctx.Err() != nil {
			break
		}
		done, err := lifecycle.Transfer(ctx, vault, credstore.Transfer{Name: name, To: o.to, Move: o.what == moving, DryRun: o.dryRun, Replace: o.replace}, a.tell)
		list = append(list, o.told(name, done, err))
		if err != nil {
			code = max(code, explainAny(err).code)
		}
	}
	if format == "json" {
		if err := a.printJSON(list); err != nil {
			return err
		}
	}
	for _, one := range list {
		a.noteTransfer(vault, one)
	}
	if ctx.Err() != nil {
		return interruption(ctx)
	}
	return silent(code)
}

// transferNames are the profiles that are meant, each found where it lies. A move that was interrupted is found by its name.
func (a *app) transferNames(ctx context.Context, o transferOptions) ([]string, error) {
	switch {
	case o.all && len(o.names) > 0:
		return nil, usagef("give profile names or --all, only one of them")
	case !o.all && len(o.names) == 0:
		return nil, usage(errors.New("store "+string(o.what)+" needs a profile"), "mimecred store "+string(o.what)+" NAME --to "+o.to+", or --all")
	case o.all:
		entries, err := a.entries()
		if err != nil {
			return nil, err
		}
		var names []string
		for _, e := range entries {
			names = append(names, e.Name)
		}
		names = append(names, a.unlistedFiles(entries)...)
		if len(names) == 0 {
			a.note("there are no profiles yet")
		}
		return names, nil
	}
	for _, name := range o.names {
		if _, err := a.find(ctx, name); err != nil {
			return nil, err
		}
	}
	return o.names, nil
}

// told is what a transfer came to.
func (o transferOptions) told(name string, done credstore.Transferred, err error) transferredJSON {
	j := transferredJSON{Schema: 1, Profile: name, From: done.From, To: o.to, DryRun: o.dryRun}
	switch {
	case err != nil:
		f := explainAny(err)
		j.State, j.Error = "failed", oneLine(f.Error())
		if len(f.hints) > 0 {
			j.Fix = oneLine(f.hints[0])
		}
	case done.From == o.to, o.what == copying && done.There:
		j.State = "there"
	case o.what == moving:
		j.State = "moved"
	default:
		j.State = "copied"
	}
	return j
}

// noteTransfer says it in a sentence.
func (a *app) noteTransfer(vault *credstore.Vault, j transferredJSON) {
	where := vault.Location(j.To, j.Profile)
	switch {
	case j.State == "failed":
		a.say("%s: %s", j.Profile, j.Error)
		a.say("hint: %s", j.Fix)
	case j.State == "there":
		a.note("%s is %s already", j.Profile, where)
	case j.DryRun:
		a.note("%s would be %s: it would be %s", j.Profile, j.State, where)
	case j.State == "copied":
		a.note("%s is copied: a copy is %s; the list still names the %s", j.Profile, where, j.From)
	default:
		a.note("%s is moved: it is now %s", j.Profile, where)
	}
}
