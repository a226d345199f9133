package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/tui/step"
)

func newStoreCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:        "store",
		SuggestFor: []string{"stores", "keyring", "vault"},
		Short:      "Show where profiles are kept, copy or move them",
		Long:       `Show the stores that work here and what is kept in each. Copy or move profiles between them, and change the passphrase of the encrypted files. Nothing changes at Mimecast.`,
		Example: `  mimecred store status
  mimecred store move acme --to file
  mimecred store passphrase`,
		ValidArgsFunction: completeNothing,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runStoreStatus(cmd.Context(), a) },
	}
	status := &cobra.Command{
		Use:   "status",
		Short: "Show the stores that work here, and the profiles in each",
		Long:  `Show the stores that work here, and the profiles in each. One that cannot be used is shown with the reason and what helps. No secret is read and nothing is asked.`,
		Example: `  mimecred store status
  mimecred store status -o json`,
		ValidArgsFunction: completeNothing,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runStoreStatus(cmd.Context(), a) },
	}
	newFile := ""
	passphrase := &cobra.Command{
		Use:   "passphrase",
		Short: "Change the passphrase of the encrypted files",
		Long: `Change the passphrase of the encrypted files. It is asked for once, and the new one twice. One file is written, in one step: after an interruption the old passphrase opens the files, or the new one.

A copy of the files from before still opens with the passphrase from before.`,
		Example: `  mimecred store passphrase
  mimecred store passphrase --new-file new.txt`,
		ValidArgsFunction: completeNothing,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runStorePassphrase(cmd.Context(), a, newFile) },
	}
	passphrase.Flags().StringVar(&newFile, "new-file", "", "read the new passphrase from this `FILE`")
	completesFiles(passphrase, "new-file")
	cmd.AddCommand(status, newTransferCmd(a, copying), newTransferCmd(a, moving), passphrase)
	return cmd
}

// storeJSON is one store of store status.
type storeJSON struct {
	Schema int    `json:"schema"`
	Store  string `json:"store"`
	Usable bool   `json:"usable"`
	// Problem and Fix say why it cannot be used now, and what helps.
	Problem  string   `json:"problem,omitempty"`
	Fix      string   `json:"fix,omitempty"`
	Profiles []string `json:"profiles"`
	// Moving are the profiles whose move to this store is not finished.
	Moving []string `json:"moving,omitempty"`
	// Copies are the profiles of which it has a copy, by the names that they have there.
	Copies []string `json:"copies,omitempty"`
}

func runStoreStatus(ctx context.Context, a *app) error {
	format, err := a.format("store status")
	if err != nil {
		return err
	}
	entries, err := a.entries()
	if err != nil {
		return err
	}
	list, code := a.storeStates(ctx, entries), exitDone
	for _, s := range list {
		if !s.Usable && len(s.Profiles) > 0 {
			code = exitStore
		}
	}
	if format == "json" {
		err = a.printJSON(list)
	} else {
		err = a.print(storeTable(list))
	}
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Problem != "" {
			a.note("%s: %s", s.Store, strings.TrimSuffix(s.Problem, "."))
			a.note("hint: %s", s.Fix)
		}
	}
	a.noteMoves()
	for _, e := range entries {
		a.noteOldCopies(e)
	}
	return silent(code)
}

// storeStates looks at every store, without asking anything.
func (a *app) storeStates(ctx context.Context, entries []credstore.Entry) []storeJSON {
	var list []storeJSON
	for _, c := range a.storesHere(ctx) {
		s := storeJSON{Schema: 1, Store: c.Kind, Usable: c.Problem == "", Problem: oneLine(c.Problem), Fix: oneLine(c.Fix), Profiles: []string{}}
		for _, e := range entries {
			if e.Store == c.Kind {
				s.Profiles = append(s.Profiles, e.Name)
			}
			for _, copied := range e.Copies.List() {
				if copied.Store == c.Kind {
					s.Copies = append(s.Copies, copied.Name)
				}
			}
		}
		for _, m := range a.moves() {
			if m.To == c.Kind {
				s.Moving = append(s.Moving, m.Name)
			}
		}
		list = append(list, s)
	}
	return list
}

func storeTable(list []storeJSON) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	fmt.Fprintln(w, "STORE\tSTATE\tPROFILES")
	for _, s := range list {
		state, names := "usable", slices.Clone(s.Profiles)
		for _, copied := range s.Copies {
			names = append(names, copied+" (copy)")
		}
		if !s.Usable {
			state = "cannot be used"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", s.Store, state, orDash(someNames(names)))
	}
	_ = w.Flush()
	return b.String()
}

// moves are the moves of profiles that are not finished.
func (a *app) moves() []credstore.UnfinishedMove {
	vault, err := a.openVault()
	if err != nil {
		return nil
	}
	return vault.Moves()
}

// noteMoves tells of every move that is not finished, with the command that finishes it.
func (a *app) noteMoves() {
	for _, m := range a.moves() {
		a.note("%s is not moved to another store yet: mimecred store move %s --to %s goes on", m.Name, m.Name, m.To)
	}
}

// noteOldCopies tells of the copies of a profile that are not what the profile is.
func (a *app) noteOldCopies(e credstore.Entry) {
	for _, c := range e.OldCopies() {
		sentence, fix := e.CopyWords(c)
		a.note("%s", strings.TrimSuffix(sentence, "."))
		a.note("hint: %s", fix)
	}
}

// runStorePassphrase changes the passphrase of the encrypted files.
func runStorePassphrase(ctx context.Context, a *app, newFile string) error {
	if _, err := a.format("store passphrase"); err != nil {
		return err
	}
	store, err := a.encrypted()
	if err != nil {
		return err
	}
	if newFile != "" {
		defer a.passphrases.By(func(ctx context.Context, q step.PassphraseQuestion) (secret.Value, error) {
			if !q.New {
				return a.typedPassphrase(ctx, q)
			}
			return a.passphraseIn(ctx, newFile)
		})()
	}
	if err := store.ChangePassphrase(ctx); err != nil {
		return err
	}
	a.note("the passphrase of the encrypted files is changed")
	return nil
}

// storeKinds are the stores that a profile can be moved to: memory ends with the program.
func storeKinds() []string { return []string{storeKeyring, agefile.Kind} }

// errNoStore says which stores --to takes.
func errNoStore(to string) error {
	switch to {
	case "":
		return usage(errors.New("it is not said where to"), oneOf("", "--to is one of: ", storeKinds())...)
	case storeMemory:
		return usage(errors.New("the memory ends with the program, so nothing is moved there"), oneOf("", "--to is one of: ", storeKinds())...)
	}
	return usage(fmt.Errorf("there is no store %q", to), oneOf(to, "--to is one of: ", storeKinds())...)
}
