package plain

import (
	"errors"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// rotate reads the current version, tests it one last time, says what becomes of it, and asks how the new credential comes to be.
func (s *session) rotate() error {
	s.label = number(s.label, nil, 0)
	found, err := s.findRotation()
	if err != nil {
		return err
	}
	s.a = flow.Rotating(s.a, found)
	s.out.indented(step.SinceWords(s.a, found.Entry, s.env.Now()))
	if err := s.testCurrent(found); err != nil {
		return err
	}
	s.out.indented(step.PreviousWords(found))
	for _, text := range append(step.UnfinishedWords(found), lifecycle.LostLines(s.a.LostKeys)...) {
		s.out.indented(text)
	}
	s.out.indented(step.SharedWords(s.a))
	if err := s.unfinishedRotation(found); err != nil {
		return err
	}
	if err := s.putChoice(step.RotateForm(s.env, s.a).Questions[0]); err != nil {
		return err
	}
	return s.announce()
}

// findRotation reads the profile, however often the person wants to try.
func (s *session) findRotation() (lifecycle.Found, error) {
	for {
		found, err := s.env.Find(s.ctx, s.a.Name, s.tell)
		switch {
		case err != nil:
			if err := s.tryAgain(err); err != nil {
				return found, err
			}
		case found.Record.Current == nil:
			s.out.indented(s.a.Name + " has no current version to rotate. mimecred setup " + s.a.Name + " sets it up.")
			return found, errLeave
		default:
			return found, nil
		}
	}
}

// tryAgain says what is wrong with the store, and asks whether to try once more.
func (s *session) tryAgain(err error) error {
	if s.ctx.Err() != nil {
		return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
	}
	s.explainStore(err)
	again, err := s.confirm(question{text: "Try again?"}, true)
	if err == nil && !again {
		err = errLeave
	}
	return err
}

// testCurrent tests the current credential, unless the person does not want to: a new one may stop it at once.
func (s *session) testCurrent(found lifecycle.Found) error {
	test, err := s.confirm(question{
		text: "Test the current credential first?",
		help: []string{"mimecred compares the new one with what it passes. A new credential of API 2.0 may stop it at once."},
	}, true)
	if err != nil {
		return err
	}
	if !test {
		_, words := step.TestedWords(s.a, s.env.Now())
		s.out.indented(words)
		return nil
	}
	s.out.indented("Testing the current credential, live.")
	quiet := func(e lifecycle.Event) {
		if w, is := e.(lifecycle.Waiting); is {
			s.waitsFor(w.Waiting)
		}
	}
	s.a.Replaced.Tested = nil
	stop := s.underWay()
	s.a.Change, _ = s.env.TestCurrent(s.ctx, found, s.a.Change, quiet)
	stop()
	if s.ctx.Err() != nil {
		return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
	}
	_, words := step.TestedWords(s.a, s.env.Now())
	s.out.indented(words)
	return nil
}

// unfinishedRotation asks what to do about an earlier rotation. It jumps to where that is gone on with.
func (s *session) unfinishedRotation(found lifecycle.Found) error {
	if !found.Unfinished {
		return nil
	}
	offered := step.RestOptions(found)
	if len(offered) == 0 {
		return nil
	}
	for {
		id, _, err := s.choose(question{text: step.RestLabel}, optionRows(offered), step.RestContinue, false)
		switch {
		case err != nil:
			return err
		case id == step.RestDiscard:
			sure, err := s.mayDiscard(found)
			if err != nil {
				return err
			}
			if !sure {
				continue
			}
			return s.discard(found)
		case id == step.RestContinue && found.Change.Phase == credstore.Begun:
			return nil
		case id == step.RestContinue:
			var to flow.Step
			s.a, to = flow.ContinueRotation(s.a, found, s.env.Vault.Location(found.Entry.Store, found.Name))
			return &jump{to}
		}
		reason := step.MayReplacePending(s.a.Name, found.Record.Pending)
		if reason == "" {
			return nil
		}
		s.out.indented(reason)
	}
}

// mayDiscard asks once more before keys are lost that nobody else has.
func (s *session) mayDiscard(found lifecycle.Found) (bool, error) {
	if !found.KeysPending() {
		return true, nil
	}
	for _, text := range step.LossWords(found.Record.Pending) {
		s.out.indented(text)
	}
	sure, err := s.confirm(question{text: "Lose the keys?"}, false)
	if errors.Is(err, errBack) {
		return false, nil
	}
	return sure, err
}

func (s *session) discard(found lifecycle.Found) error {
	for {
		err := s.env.DiscardFound(s.ctx, found, s.tell)
		if err == nil && found.Change.Reminds() {
			s.a.LostKeys = nil
			s.out.indented("The reminder is deleted.")
			return nil
		}
		if err == nil {
			s.a.Change = s.a.Discarded()
			s.out.indented("The rotation of " + s.a.Name + " is discarded; the current version stays current.")
			return errLeave
		}
		if err := s.tryAgain(err); err != nil {
			return err
		}
	}
}

// announce notes that the rotation begins, and holds the profile from here on.
func (s *session) announce() error {
	for {
		change, err := s.env.Begin(s.ctx, s.a.Change, s.tell)
		if err == nil {
			s.a.Change = change
			return nil
		}
		if err := s.tryAgain(err); err != nil {
			return err
		}
	}
}
