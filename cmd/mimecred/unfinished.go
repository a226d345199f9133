package main

import (
	"encoding/json"

	"mimecred/credstore"
	"mimecred/tui/flow"
)

// unfinished keeps set-ups that were left before they were finished, beside the list of profiles.
type unfinished struct{ drafts *credstore.Drafts }

// Keep implements screen.Unfinished.
func (u unfinished) Keep(s flow.State) error { return u.drafts.Keep(s.Name, s) }

// Forget implements screen.Unfinished.
func (u unfinished) Forget(name string) error { return u.drafts.Forget(name) }

// openUnfinished gives where unfinished set-ups are kept; false for the memory store, which leaves no trace.
func (a *app) openUnfinished() (unfinished, bool) {
	if a.flags.store == storeMemory {
		return unfinished{}, false
	}
	dir, err := a.configDir()
	if err != nil {
		return unfinished{}, false
	}
	return unfinished{credstore.NewDrafts(dir)}, true
}

// forgetUnfinished removes what was left of the set-up of a profile that is finished or gone.
func (a *app) forgetUnfinished(name string) {
	if u, ok := a.openUnfinished(); ok {
		if err := u.Forget(name); err != nil {
			a.logger.Warn("unfinished set-ups", "error", err)
		}
	}
}

// unfinishedOf lists the set-ups to go on with, by name; name "" takes all. What is too old, or cannot be read, is not offered: it
// would only stand in the way of beginning anew.
func (a *app) unfinishedOf(name string) []flow.State {
	u, ok := a.openUnfinished()
	if !ok {
		return nil
	}
	drafts, err := u.drafts.All()
	if err != nil {
		a.logger.Warn("unfinished set-ups", "error", err)
		return nil
	}
	var list []flow.State
	for _, d := range drafts {
		var s flow.State
		if json.Unmarshal(d.Text, &s) != nil || s.Name != d.Name || s.At() == flow.None || s.Expired(a.now()) {
			continue
		}
		if name == "" || s.Name == name {
			list = append(list, s)
		}
	}
	return list
}
