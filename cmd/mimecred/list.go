package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"mimecred/client"
	"mimecred/credstore"
)

func newListCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use:        "list",
		SuggestFor: []string{"profiles"},
		Aliases:    []string{"ls"},
		Short:      "List the saved profiles",
		Long: `List the saved profiles: the last check, the age of the secret, the next rotation, and what is not finished. The list lies beside the store and holds no secret. The keyring is not asked. With -q only the names are printed.

A narrow terminal shows fewer columns. "mimecred show NAME" tells everything.`,
		Example: `  mimecred list
  mimecred list -o json`,
		ValidArgsFunction: completeNothing,
		RunE:              func(*cobra.Command, []string) error { return runList(a) },
	}
}

// listedJSON is the JSON of list and show.
type listedJSON struct {
	Schema int `json:"schema"`
	credstore.Entry
	// RotateAfter is what applies, also when the profile has none of its own; RotationDue is absent without a reminder.
	RotateAfter credstore.Span  `json:"rotate_after"`
	RotationDue time.Time       `json:"rotation_due,omitzero"`
	Unfinished  *unfinishedJSON `json:"unfinished,omitempty"`
	// UnlistedHost is true when Mimecast does not list the host of the base URL.
	UnlistedHost bool `json:"unlisted_host,omitempty"`
}

// unfinishedJSON is a change of a profile that is not finished.
type unfinishedJSON struct {
	Kind  credstore.ChangeKind `json:"kind"`
	Phase credstore.Phase      `json:"phase"`
	// Since is when it began; absent when nobody noted that.
	Since time.Time `json:"since,omitzero"`
}

func (a *app) listed(e credstore.Entry, unfinished map[string]credstore.UnfinishedChange) listedJSON {
	j := listedJSON{Schema: 1, Entry: e, RotateAfter: rotateAfter(e), UnlistedHost: client.HostRemark(e.BaseURL) != ""}
	j.RotationDue, _ = e.RotationDue()
	if s, is := unfinished[e.Name]; is {
		j.Unfinished = &unfinishedJSON{Kind: s.Kind, Phase: s.Phase, Since: s.Began}
	}
	return j
}

func runList(a *app) error {
	format, err := a.format("list")
	if err != nil {
		return err
	}
	entries, err := a.entries()
	if err != nil {
		return err
	}
	files := a.unlistedFiles(entries)
	a.noteUnlistedFiles(files)
	switch {
	case format == "json":
		unfinished := a.unfinished()
		list := make([]listedJSON, len(entries))
		for i, e := range entries {
			list[i] = a.listed(e, unfinished)
		}
		return a.printJSON(list)
	case a.flags.quiet:
		var names strings.Builder
		for _, e := range entries {
			names.WriteString(e.Name + "\n")
		}
		for _, name := range files {
			names.WriteString(name + "\n")
		}
		return a.print(names.String())
	case len(entries) == 0 && len(files) > 0:
		return nil
	case len(entries) == 0:
		a.noteUnfinished(entries, a.unfinished())
		a.note("there are no profiles yet")
		a.note("hint: mimecred setup NAME makes one, mimecred demo shows how")
		return nil
	}
	return a.printList(entries)
}

// printList prints the table, and tells of everything that is unfinished.
func (a *app) printList(entries []credstore.Entry) error {
	unfinished := a.unfinished()
	if err := a.print(a.table(entries, unfinished)); err != nil {
		return err
	}
	a.noteUnfinished(entries, unfinished)
	a.noteMoves()
	a.noteHosts(entries)
	return nil
}
