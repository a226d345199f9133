package plain

import (
	"errors"
	"slices"

	"mimecred/credstore"
	"mimecred/tui/flow"
)

// goOnWith continues an unfinished change.
func (s *session) goOnWith(change credstore.UnfinishedChange, entries []credstore.Entry) error {
	if s.env.Profiles.Busy(change.Name) {
		s.out.indented(flow.Busy(change.Name))
		return nil
	}
	var entry credstore.Entry
	if i := slices.IndexFunc(entries, func(e credstore.Entry) bool { return e.Name == change.Name }); i >= 0 {
		entry = entries[i]
	}
	var left *flow.State
	if i := slices.IndexFunc(s.a.Unfinished, func(l flow.State) bool { return l.Name == change.Name }); i >= 0 {
		left = &s.a.Unfinished[i]
	}
	switch c := flow.ToContinue(&change, entry, left); c.First {
	case flow.Rename:
		return s.rename(change.Name, change.To)
	case flow.TestCurrent:
		return s.testProfile(entry)
	case flow.ReadPending:
		record, err := s.load(change.Name)
		if err != nil {
			return s.stays(err)
		}
		a, ok := c.TakeUp(record, s.env.Vault.Location(c.Answers.Store, change.Name))
		if !ok {
			s.out.indented(flow.NothingPending)
			return nil
		}
		return s.path(a, c.At)
	default:
		return s.path(c.Answers, c.At)
	}
}

// stays makes leaving a question about one profile lead back to the list.
func (*session) stays(err error) error {
	if errors.Is(err, errLeave) || errors.Is(err, errBack) {
		return nil
	}
	return err
}
