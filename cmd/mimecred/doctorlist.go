package main

import (
	"fmt"
	"strings"

	"mimecred/client"
	"mimecred/credstore"
)

// list tells whether the list of profiles and the notes of unfinished changes can be read, and how many there are. Whatever reads the
// list closes it to others, except where the group may write to its folder.
func (d *doctor) list() {
	if d.a.flags.store == storeMemory {
		return
	}
	dir, err := d.a.configDir()
	if err != nil {
		d.tell(finding{ID: "list", Title: "List of profiles", State: client.Failed, Detail: oneLine(err.Error()), Fix: "Name a folder with --config or MIMECRED_CONFIG."})
		return
	}
	index, _ := d.a.openIndex() // it fails as configDir does
	f := finding{ID: "list", Title: "List of profiles", State: client.Passed}
	entries, err := index.Peek()
	if err != nil {
		f.State, f.Kind = client.Failed, string(credstore.KindOf(err))
		f.Detail, f.Fix = credstore.Explain(err)
		d.tell(f)
	} else {
		f.Detail = counted(len(entries), "profile") + " in " + dir
		if shared := index.Shared(); shared != "" {
			f.State, f.Kind, f.Detail = client.Warning, string(credstore.Denied), f.Detail+"; the group of that folder may write to it"
			f.Fix = "chmod 700 " + shared + " ends that."
		}
		d.tell(f)
	}
	d.unfinished()
}

// unfinished counts what is not finished.
func (d *doctor) unfinished() {
	f := finding{ID: "unfinished", Title: "Unfinished changes", State: client.Passed, Detail: "none"}
	vault, err := d.a.openVault()
	if err != nil {
		return
	}
	changes, err := vault.Unfinished()
	if err == nil {
		for _, one := range vault.Unread() {
			err = one
		}
	}
	if err != nil {
		f.State, f.Kind = client.Failed, string(credstore.KindOf(err))
		f.Detail, f.Fix = credstore.Explain(err)
		d.tell(f)
		return
	}
	var words []string
	for i, n := range []int{len(changes), len(d.a.unfinishedOf("")), len(vault.Moves())} {
		if n > 0 {
			words = append(words, counted(n, []string{"change", "set-up", "move"}[i]))
		}
	}
	if len(words) > 0 {
		f.State, f.Detail, f.Fix = client.Warning, strings.Join(words, ", "), "mimecred list shows them, and the command that continues each."
	}
	d.tell(f)
}

// counted is a number of things.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
