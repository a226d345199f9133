package step

import (
	"fmt"
	"slices"
	"time"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// LeftOver is a set-up that was left before it was finished.
type LeftOver struct {
	flow.State
	// Pending is set when a version is saved on trial: the set-up goes on with that, as the list of profiles says.
	Pending *credstore.UnfinishedChange
}

// LeftOvers are the set-ups to continue, with what the list of profiles knows of them. No store is touched.
func LeftOvers(env Env, a flow.Answers) []LeftOver {
	list := make([]LeftOver, 0, len(a.Unfinished))
	for _, left := range a.Unfinished {
		one := LeftOver{State: left}
		if env.Vault != nil {
			if e, known, err := env.Vault.Lookup(left.Name); err == nil && known && HasPending(e, a) {
				one.Pending = &credstore.UnfinishedChange{Name: e.Name, Kind: credstore.SetUp, Phase: credstore.Staged, Store: e.Store, Listed: &e}
			}
		}
		list = append(list, one)
	}
	return list
}

// Where says in a few words how far the set-up has come.
func (l LeftOver) Where(now time.Time) string {
	if l.Pending != nil {
		return lifecycle.ProgressOf(*l.Pending).Words
	}
	return WhereLeft(l.State, now)
}

// LeftSaved says what of the credentials of set-ups is saved.
func LeftSaved(list ...LeftOver) string {
	pending := func(l LeftOver) bool { return l.Pending != nil }
	switch {
	case slices.ContainsFunc(list, func(l LeftOver) bool { return !pending(l) }) && slices.ContainsFunc(list, pending):
		return "What is saved on trial is tested again. Of the others no credential is saved: you enter it again."
	case len(list) > 0 && pending(list[0]):
		return "The credential is saved on trial: it is tested again, and you enter nothing."
	default:
		return "Nothing of the credential was saved: you enter it again."
	}
}

// TakeUp are the answers that led to the version that is saved on trial, as the store has it; false when it is there no more.
func (l LeftOver) TakeUp(env Env, a flow.Answers, r credstore.Record) (flow.Answers, bool) {
	return flow.ForPending(a, r, l.Pending.Store, env.Vault.Location(l.Pending.Store, l.Name))
}

// WhereLeft says in a few words where a set-up was left: "12 minutes left", "at Application, 2 hours ago".
func WhereLeft(s flow.State, now time.Time) string {
	if left := s.WaitLeft(now); left > 0 {
		minutes := int((left + time.Minute - 1) / time.Minute)
		if minutes == 1 {
			return "1 minute left"
		}
		return fmt.Sprintf("%d minutes left", minutes)
	}
	if s.At() == flow.Wait {
		return "keys can be made now"
	}
	return "at " + s.At().String() + ", " + Ago(s.SavedAt, now)
}

// Ago says how long ago something was, roughly.
func Ago(at, now time.Time) string {
	if words, is := lifecycle.Ahead(at, now); is {
		return words
	}
	d := now.Sub(at)
	for _, unit := range []struct {
		name string
		long time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}} {
		switch n := int(d / unit.long); {
		case n == 1:
			return "1 " + unit.name + " ago"
		case n > 1:
			return fmt.Sprintf("%d %ss ago", n, unit.name)
		}
	}
	return "just now"
}
