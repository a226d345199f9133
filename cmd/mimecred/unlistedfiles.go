package main

import (
	"slices"

	"mimecred/credstore"
)

// unlistedFiles are the profiles that lie in encrypted files and that the list lacks, as where only the folder of the files came from
// another machine or from a backup. A copy of a profile that has another name by now is none.
func (a *app) unlistedFiles(list []credstore.Entry) []string {
	if a.flags.store == storeMemory {
		return nil
	}
	sealed, err := a.encrypted()
	if err != nil {
		return nil
	}
	known := map[string]bool{}
	for _, e := range list {
		known[e.Name] = true
		for _, c := range e.Copies.List() {
			known[c.Name] = known[c.Name] || c.Store == storeFile
		}
	}
	return slices.DeleteFunc(sealed.Names(), func(name string) bool { return known[name] })
}

// noteUnlistedFiles tells of them.
func (a *app) noteUnlistedFiles(names []string) {
	if len(names) > 0 {
		a.note("%s: in an encrypted file, and not in this list yet", someNames(names))
		a.note("hint: mimecred check %s puts it on the list, mimecred check --all each of them", names[0])
	}
}
