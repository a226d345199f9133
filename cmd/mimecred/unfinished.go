package main

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// unfinished keeps set-ups that were left before they were finished, beside the list of profiles.
type unfinished struct{ drafts *credstore.Drafts }

// Keep implements step.Unfinished.
func (u unfinished) Keep(s flow.State) error { return u.drafts.Keep(s.Name, s) }

// Forget implements step.Unfinished.
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

// unfinishedOf lists the set-ups to go on with, by name; name "" means all. What is too old, or cannot be read, is not offered: it
// would only be in the way of beginning anew.
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

// unfinished are the changes of profiles that are not finished, by profile. No store is touched. A journal that cannot be read
// keeps nobody from seeing the profiles.
func (a *app) unfinished() map[string]credstore.UnfinishedChange {
	vault, err := a.openVault()
	if err != nil {
		return nil
	}
	for _, unread := range vault.Unread() {
		var e *credstore.Error
		if errors.As(unread, &e) && e.Err != nil {
			unread = e.Err
		}
		a.say("warning: mimecred could not read an unfinished change: %s", oneLine(unread.Error()))
	}
	list, err := vault.Unfinished()
	if err != nil {
		a.say("warning: mimecred could not read what is unfinished: %s", oneLine(err.Error()))
		return nil
	}
	unfinished := make(map[string]credstore.UnfinishedChange, len(list))
	for _, s := range list {
		unfinished[s.Name] = s
	}
	return unfinished
}

// noteUnfinished tells of everything that was left unfinished, with the command that goes on. A set-up that was left on the
// way to a change that was announced is one thing, not two.
func (a *app) noteUnfinished(entries []credstore.Entry, unfinished map[string]credstore.UnfinishedChange) {
	if a.flags.quiet {
		return
	}
	unfinished = maps.Clone(unfinished)
	for _, left := range a.unfinishedOf("") {
		if s, is := unfinished[left.Name]; is && (s.Phase != credstore.Begun || len(s.MayBeLost()) > 0) {
			continue
		}
		delete(unfinished, left.Name)
		a.note("%s is not finished (%s): mimecred setup %s goes on", left.Name, step.WhereLeft(left, a.now()), left.Name)
	}
	current := map[string]bool{}
	for _, e := range entries {
		current[e.Name] = !e.CurrentSince.IsZero()
	}
	for _, name := range slices.Sorted(maps.Keys(unfinished)) {
		s := unfinished[name]
		if s.Reminds() && current[name] {
			a.note("%s: %s: %s", name, lifecycle.ProgressOf(s).Words, a.goOn(s, true))
			continue
		}
		a.note("%s is not finished (%s): %s", name, a.progress(s), a.goOn(s, current[name]))
	}
}

// progress says how far a change has come, and since when.
func (a *app) progress(s credstore.UnfinishedChange) string {
	words := lifecycle.ProgressOf(s).Words
	if !s.At.IsZero() && !lifecycle.TellsWhen(s) {
		words += ", " + a.ago(s.At)
	}
	return words
}

// goOn is the end of the sentence about an unfinished change.
func (a *app) goOn(s credstore.UnfinishedChange, current bool) string {
	if a.vault.Busy(s.Name) {
		return "another mimecred is changing it now"
	}
	advice := lifecycle.Advise(s, current)
	switch {
	case s.Reminds() && current:
		return advice.Command + " forgets that, once you have looked"
	case lifecycle.PendingRefused(s):
		return advice.Command + " goes on, " + advice.Discard + " discards it"
	default:
		return advice.Command + " goes on"
	}
}
