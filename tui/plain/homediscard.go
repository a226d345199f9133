package plain

import (
	"context"
	"slices"

	"mimecred/credstore"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// unsaved is everything that is unfinished, in the order of the list.
func (s *session) unsaved(entries []credstore.Entry, unfinished []credstore.UnfinishedChange) []step.Unsaved {
	left := func(name string) *flow.State {
		if i := slices.IndexFunc(s.a.Unfinished, func(l flow.State) bool { return l.Name == name }); i >= 0 {
			return &s.a.Unfinished[i]
		}
		return nil
	}
	var list []step.Unsaved
	for i, change := range unfinished {
		at := slices.IndexFunc(entries, func(e credstore.Entry) bool { return e.Name == change.Name })
		list = append(list, step.Unsaved{
			Name: change.Name, Change: &unfinished[i], Left: left(change.Name), Current: at >= 0 && !entries[at].CurrentSince.IsZero(),
		})
	}
	for i, l := range s.a.Unfinished {
		if !slices.ContainsFunc(unfinished, func(c credstore.UnfinishedChange) bool { return c.Name == l.Name }) {
			list = append(list, step.Unsaved{Name: l.Name, Left: &s.a.Unfinished[i]})
		}
	}
	return list
}

// discardUnsaved asks what of the unfinished is to be discarded, says what that loses, and discards it.
func (s *session) discardUnsaved(entries []credstore.Entry, unfinished []credstore.UnfinishedChange) error {
	const nothing = "nothing"
	list := s.unsaved(entries, unfinished)
	rows := []row{{id: nothing, title: "Leave it as it is"}}
	for _, u := range list {
		rows = append(rows, row{id: "unfinished:" + u.Name, title: u.Name, about: u.NotDiscarded()})
	}
	id, _, err := s.choose(question{text: "Which one to discard"}, rows, nothing, false)
	if err != nil || id == nothing {
		return s.stays(err)
	}
	u := list[slices.IndexFunc(list, func(u step.Unsaved) bool { return id == "unfinished:"+u.Name })]
	switch why := u.NotDiscarded(); {
	case why != "":
		s.out.indented(why)
		return nil
	case s.env.Profiles.Busy(u.Name):
		s.out.indented(flow.Busy(u.Name))
		return nil
	}
	for _, line := range u.DiscardLines(s.env.Now()) {
		s.out.indented(line)
	}
	if sure, err := s.confirm(question{text: u.DiscardQuestion()}, false); err != nil || !sure {
		return s.stays(err)
	}
	if u.Stored() {
		if agreed, err := s.agreesToLose(credstore.Entry{Name: u.Name, Pending: true}); err != nil || !agreed {
			return err
		}
	}
	if err := u.Discard(context.WithoutCancel(s.ctx), s.env, s.tell); err != nil {
		s.explainStore(err)
		return nil
	}
	s.out.indented(u.Discarded())
	return nil
}
