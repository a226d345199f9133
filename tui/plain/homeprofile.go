package plain

import (
	"errors"
	"strings"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// withProfile asks what to do with a profile.
func (s *session) withProfile(e credstore.Entry) error {
	const test, rotate, form, edit, back, retire, rename, remove, list = "test", "rotate", "hand-off", "edit", "roll-back", "retire", "rename", "delete", "list"
	rows := []row{{id: test, title: "Test it"}}
	if !e.CurrentSince.IsZero() {
		rows = append(rows, row{id: rotate, title: "Rotate"}, row{id: form, title: "Hand-off", words: []string{"handoff"}}, row{id: edit, title: "Edit"})
	}
	refused := lifecycle.PreviousRefused(e)
	previous := row{id: back, title: "Roll back to the previous version", words: []string{"rollback"}}
	if refused != "" {
		previous.about = strings.ToUpper(refused[:1]) + refused[1:] + "."
	} else if e.Previous {
		rows = append(rows, previous)
	}
	if e.Previous {
		rows = append(rows, row{id: retire, title: "Retire the previous version"})
	}
	rows = append(rows, row{id: rename, title: "Rename"}, row{id: remove, title: "Delete"})
	if refused != "" {
		rows = append(rows, previous) // what hardly works is offered last
	}
	rows = append(rows, row{id: list, title: "Back to the list"})
	s.label = ""
	id, _, err := s.choose(question{text: "What to do with " + e.Name}, rows, list, false)
	switch {
	case errors.Is(err, errBack):
		return nil
	case err != nil:
		return err
	}
	a := flow.OfEntry(e)
	switch id {
	case test:
		return s.testProfile(e)
	case rotate:
		return s.path(flow.Rotation(a), flow.None)
	case edit:
		a.Purpose = lifecycle.Changing
		return s.path(a, flow.None)
	case back:
		a.Purpose = lifecycle.RollingBack
		return s.path(a, flow.None)
	case form:
		record, err := s.load(e.Name)
		if err != nil || record.Current == nil {
			return s.stays(err)
		}
		return s.path(flow.HandingOff(flow.Of(lifecycle.Current(record, e))), flow.None)
	case retire:
		return s.retirePrevious(e)
	case rename:
		return s.askName(e.Name)
	case remove:
		return s.remove(e)
	}
	return nil
}

// testProfile tests a profile, and activates a pending version that passes.
func (s *session) testProfile(e credstore.Entry) error {
	s.out.line("Testing %s.", e.Name)
	stop := s.underWay()
	got, err := s.env.Test(s.ctx, e.Name, false, s.tell)
	stop()
	switch {
	case s.ctx.Err() != nil:
		return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
	case err != nil:
		problem, fix := lifecycle.ExplainTest(got.Trial, err)
		s.out.indented(problem)
		s.out.indented(fix)
		return nil
	}
	for _, c := range step.Causes(got.Results, got.Held().Keys(lifecycle.WayNames{Edit: "Edit", Rotate: "Rotate", GoOn: "Continue", Discard: "Discard what is unfinished", Test: "Test"})) {
		for _, line := range []string{c.Why, c.Said, c.Fix} {
			s.out.indented(line)
		}
	}
	if got.Activated() {
		_ = s.env.Unfinished.Forget(e.Name) // the set-up that was left with it is finished
	}
	for _, line := range got.Told(s.env.Now()).Lines() {
		s.out.indented(line)
	}
	return nil
}
