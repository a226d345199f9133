package step

import (
	"context"
	"strings"
	"time"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Unsaved is what is unfinished about a profile: a change, the answers of a set-up that was left, or both.
type Unsaved struct {
	Name   string
	Change *credstore.UnfinishedChange
	Left   *flow.State
	// Current tells whether the profile has a current version, which stays.
	Current bool
}

func (u Unsaved) setUp() bool { return u.Change == nil || u.Change.Kind == credstore.SetUp }

// Stored tells whether a pending version is stored, which is deleted with the rest.
func (u Unsaved) Stored() bool { return u.Change != nil && !lifecycle.StoredNothing(*u.Change) }

// NotDiscarded says why it cannot be discarded; "" when it can.
func (u Unsaved) NotDiscarded() string {
	if u.Change == nil {
		return ""
	}
	return lifecycle.NotDiscarded(*u.Change)
}

// DiscardQuestion asks whether it is to be discarded.
func (u Unsaved) DiscardQuestion() string {
	if u.setUp() {
		return "Discard the set-up of " + u.Name + "?"
	}
	return "Discard the unfinished change of " + u.Name + "?"
}

// DiscardLines say how far it has come and what is lost with it, a sentence each.
func (u Unsaved) DiscardLines(now time.Time) []string {
	var lines []string
	if u.Left != nil && (u.Change == nil || u.Change.Phase == credstore.Begun) {
		lines = append(lines, "Set-up, "+WhereLeft(*u.Left, now)+".")
	} else if u.Change != nil {
		words := lifecycle.ProgressOf(*u.Change).Words
		lines = append(lines, strings.ToUpper(words[:1])+words[1:]+".")
	}
	switch {
	case !u.Stored():
		lines = append(lines, "Nothing of it was stored. Its answers are forgotten.")
	case u.Current:
		lines = append(lines, "The pending version is deleted. The current version stays.", staysThere)
	default:
		lines = append(lines, "The pending version is deleted, and the profile with it.", staysThere)
	}
	if u.Change != nil {
		lines = append(lines, lifecycle.LostLines(u.Change.MayBeLost())...)
	}
	return lines
}

const staysThere = "At Mimecast it stays valid until you remove it there."

// Discard discards it: the answers, the note of the change, and the pending version where one is stored.
func (u Unsaved) Discard(ctx context.Context, env Env, tell lifecycle.Tell) error {
	if u.Change != nil {
		if err := env.DiscardUnfinished(ctx, *u.Change, tell); err != nil {
			return err
		}
	}
	if env.Unfinished == nil || !u.setUp() {
		return nil
	}
	return env.Unfinished.Forget(u.Name)
}

// Discarded says what was discarded.
func (u Unsaved) Discarded() string {
	switch {
	case u.setUp():
		return "The set-up of " + u.Name + " is discarded."
	case u.Stored():
		return "The pending version of " + u.Name + " is discarded."
	default:
		return "The unfinished change of " + u.Name + " is discarded."
	}
}
