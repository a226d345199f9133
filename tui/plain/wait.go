package plain

import (
	"fmt"
	"strings"
	"time"

	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// unfinished offers set-ups that were left before they were finished.
func (s *session) unfinished() error {
	s.label = number(s.label, nil, 0)
	var rows []row
	list := step.LeftOvers(s.env, s.a)
	for _, left := range list {
		rows = append(rows, row{id: "name:" + left.Name, title: "Continue " + left.Name + " (" + left.Where(s.env.Now()) + ")"})
	}
	rows = append(rows, row{id: "anew", title: "Start again"})
	id, _, err := s.choose(question{
		text: "Continue an unfinished set-up?",
		help: []string{step.LeftSaved(list...)},
	}, rows, rows[0].id, false)
	if err != nil {
		return err
	}
	for _, left := range list {
		if id == "name:"+left.Name {
			return s.continueSetUp(left)
		}
	}
	if len(s.a.Unfinished) > 1 { // a single one is what is started again
		s.a.Taken = flow.Names(s.a.Unfinished)
	}
	s.a.Unfinished = nil
	return nil
}

// continueSetUp goes on with a set-up: with the version that is saved on trial, or else where it was left.
func (s *session) continueSetUp(left step.LeftOver) error {
	if left.Pending != nil {
		record, err := s.load(left.Name)
		if err != nil {
			return err
		}
		if a, ok := left.TakeUp(s.env, s.a, record); ok {
			s.a = a
			return &jump{flow.Check}
		}
	}
	var to flow.Step
	s.a, to = left.Resume(s.a)
	return &jump{to}
}

// wait looks at the clock as often as the person asks, until keys can be made for a new application.
func (s *session) wait() error {
	if s.a.ApplicationMadeAt.IsZero() {
		s.a.ApplicationMadeAt = s.env.Now()
		s.remember(flow.Wait)
	}
	s.label = number(s.label, nil, 0)
	for {
		left := s.a.WaitLeft(s.env.Now())
		if left <= 0 {
			s.out.indented("Keys can be made now.")
			return nil
		}
		s.out.indented(fmt.Sprintf("Mimecast makes keys for a new application after 30 minutes: from %s on, in %s.",
			s.a.ApplicationMadeAt.Add(flow.KeysAfter).Format("15:04"), (left + time.Second - 1).Truncate(time.Second)))
		text, err := s.answer(question{
			text: "Type skip when the application is older. An empty answer looks at the clock again", title: "Wait", optional: true, empty: "looks at the clock again",
			help: []string{"You may leave: mimecred setup " + s.a.Name + " goes on here."},
		})
		if err != nil {
			return err
		}
		if strings.EqualFold(text, "skip") {
			s.a.WaitSkipped = true
		}
	}
}

// remember keeps where the set-up is, for another run. What cannot be written stops nobody.
func (s *session) remember(at flow.Step) {
	if s.env.Unfinished == nil {
		return
	}
	if s.a.Activated {
		_ = s.env.Unfinished.Forget(s.a.Name)
		return
	}
	if state, ok := flow.StateOf(at, s.a, s.env.Now()); ok {
		if s.env.Unfinished.Keep(state) != nil {
			return
		}
		if s.draft != "" && s.draft != state.Name {
			_ = s.env.Unfinished.Forget(s.draft) // it has another name now
		}
		s.draft = state.Name
	}
}
