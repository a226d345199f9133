package plain

import (
	"errors"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// goOnWith continues an unfinished change.
func (s *session) goOnWith(swap credstore.Swap, entries []credstore.Entry) error {
	if s.env.Profiles.Busy(swap.Name) {
		s.out.indented("Another mimecred changes " + swap.Name + " just now. Go on there, or close it first.")
		return nil
	}
	entry := credstore.Entry{Name: swap.Name, Store: swap.Store}
	for _, e := range entries {
		if e.Name == swap.Name {
			entry = e
		}
	}
	a := flow.OfEntry(entry)
	switch swap.Kind {
	case credstore.Renaming:
		return s.rename(swap.Name, swap.To)
	case credstore.GoBack:
		a.Purpose = lifecycle.GoingBack
		return s.path(a, flow.None)
	case credstore.Change:
		if swap.Phase == credstore.Staged {
			return s.takeUp(entry, lifecycle.Changing)
		}
		a.Purpose = lifecycle.Changing
		return s.path(a, flow.None)
	case credstore.SetUp:
		return s.goOnSettingUp(swap, entry)
	default:
		return s.path(flow.Rotation(a), flow.None)
	}
}

// goOnSettingUp continues a set-up: what waits is checked, what is in force is tested, and anything earlier is asked for.
func (s *session) goOnSettingUp(swap credstore.Swap, entry credstore.Entry) error {
	switch {
	case swap.Phase == credstore.Staged:
		return s.takeUp(entry, lifecycle.SettingUp)
	case !entry.ActiveSince.IsZero():
		return s.testProfile(entry) // a test that passes confirms it
	}
	lost := flow.Answers{Change: lifecycle.Change{Name: entry.Name, Store: entry.Store, Orphans: swap.Lost()}}
	for _, left := range s.a.Unfinished {
		if left.Name == entry.Name {
			a, at := left.Resume(flow.Answers{Change: lifecycle.Change{Orphans: lost.Orphans}})
			return s.path(a, at)
		}
	}
	return s.path(lost, flow.None)
}

// takeUp reads the version that waits and goes on with checking it.
func (s *session) takeUp(entry credstore.Entry, purpose lifecycle.Purpose) error {
	record, err := s.load(entry.Name)
	if err != nil {
		return s.stays(err)
	}
	a, ok := flow.Waiting(flow.Answers{Change: lifecycle.Change{Purpose: purpose}}, record, entry.Store, s.env.Vault.Location(entry.Store, entry.Name))
	if !ok {
		s.out.indented("Nothing waits any more: it was given up, or put in force meanwhile.")
		return nil
	}
	if purpose == lifecycle.Changing {
		a = flow.ChangeOf(a)
	}
	return s.path(a, flow.Check)
}

// stays makes leaving a question about one profile lead back to the list.
func (*session) stays(err error) error {
	if errors.Is(err, errLeave) || errors.Is(err, errBack) {
		return nil
	}
	return err
}
