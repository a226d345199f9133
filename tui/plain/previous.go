package plain

import (
	"context"
	"errors"
	"strings"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// retire asks what becomes of the version that was replaced, once the product has the new values.
func (s *session) retire() error {
	s.label = number(s.label, nil, 0)
	f := step.RetireForm(s.env, s.a)
	s.out.indented(f.Intro)
	for _, text := range strings.Split(f.After, "\n") {
		s.out.indented(text)
	}
	q := f.Questions[0]
	for {
		id, _, err := s.choose(question{text: q.Label, help: q.Help}, optionRows(q.Options), q.Value.Text, false)
		if err != nil {
			return err
		}
		if sure, err := s.retireSure(lifecycle.Retired(id)); err != nil {
			return err
		} else if !sure {
			continue
		}
		done, _, err := s.env.Retire(context.WithoutCancel(s.ctx), s.a.Name, s.a.Replaced.ID, lifecycle.Retired(id), s.tell)
		if err == nil {
			s.a.Retired, s.a.PreviousKept = done, done == lifecycle.Kept
			s.end(flow.Retire)
			return nil
		}
		problem, fix := lifecycle.ExplainRetire(s.a.Name, err)
		s.out.indented(problem)
		s.out.indented(fix)
	}
}

// retireSure asks once more before the way back is lost.
func (s *session) retireSure(how lifecycle.Retired) (bool, error) {
	title, text := step.RetireSure(how)
	if title == "" {
		return true, nil
	}
	s.out.indented(text)
	sure, err := s.confirm(question{text: title}, false)
	if errors.Is(err, errBack) {
		return false, nil
	}
	return sure, err
}

// rollback checks the previous version as it is kept, and makes it current again when the person agrees.
func (s *session) rollback() error {
	s.label = number(s.label, nil, 0)
	for {
		before, err := s.env.Before(s.ctx, s.a.Name, s.tell)
		if credstore.KindOf(err) == credstore.NotFound {
			s.out.indented("No previous version of " + s.a.Name + " is kept, so you cannot roll back.")
			return errLeave
		}
		if err == nil {
			given := s.a.Given
			s.a = flow.Of(before)
			s.a.Given = given
			break
		}
		if err := s.tryAgain(err); err != nil {
			return err
		}
	}
	if s.a.Activated {
		s.out.indented("The previous version is current again, and has not been confirmed.")
		return s.confirmCurrent()
	}
	s.out.indented("Reading the previous version from the store. The current version stays until it has passed.")
	return s.checkAndActivate()
}
