package plain

import (
	"context"
	"errors"
	"fmt"
	"io"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// The answers to the question before leaving.
const (
	leaveStay = "stay"
	leaveKeep = "keep"
	leaveLose = "lose"
	leaveGo   = "leave"
)

// leave is "q": it gives errLeave, after a question when something would be lost, and nil when the person stays.
func (s *session) leave() error {
	risk := flow.AtRisk(s.a)
	if !risk.Any() {
		return errLeave
	}
	rows := []row{{id: leaveStay, title: "Go back to the questions", words: []string{"no"}}}
	quit, passing := []string{"q", "quit", "yes"}, s.env.Passing(s.a.StagedStore)
	switch {
	case risk.Created:
		rows = append(rows, row{id: leaveKeep, title: "Keep the keys on trial, and leave"},
			row{id: leaveLose, title: "Leave and lose the keys"})
	case risk.Staged:
		label := "Leave it on trial"
		if passing {
			label = "Leave, and lose it"
		}
		rows = append(rows, row{id: leaveGo, title: label, words: quit},
			row{id: leaveLose, title: "Remove it from the store, and leave"})
	default:
		rows = append(rows, row{id: leaveGo, title: "Leave", words: quit})
	}
	for _, line := range risk.Lines(passing) {
		s.out.indented(line)
	}
	id, _, err := s.choose(question{text: "Leave now?", leaving: true}, rows, leaveStay, false)
	switch {
	case errors.Is(err, errBack) || errors.Is(err, errConsole):
		return nil
	case err != nil:
		return err
	}
	switch id {
	case leaveKeep:
		return s.keepAndLeave()
	case leaveLose:
		return s.loseAndLeave(risk)
	case leaveGo:
		return errLeave
	default:
		return nil
	}
}

func (s *session) keepAndLeave() error {
	if err := s.stage(s.ctx); err != nil {
		s.explainStore(err)
		return nil
	}
	s.out.indented("Saved on trial " + s.a.Location + ".")
	return errLeave
}

// loseAndLeave asks a second time before keys are lost that exist at Mimecast.
func (s *session) loseAndLeave(risk flow.Risk) error {
	if !s.a.KeysCreatedAt.IsZero() {
		s.out.indented("The keys stay valid at Mimecast, and nobody will have them. You can create new keys at any time.")
		sure, err := s.confirm(question{text: "Lose the keys?", leaving: true}, false)
		if errors.Is(err, errBack) || errors.Is(err, errConsole) || err == nil && !sure {
			return nil
		}
		if err != nil {
			return err
		}
	}
	if risk.Staged {
		if err := s.env.Discard(s.ctx, s.a.Change, s.tell); err != nil {
			s.explainStore(err)
			return nil
		}
		s.a.Staged = false
		if s.env.Unfinished != nil {
			_ = s.env.Unfinished.Forget(s.a.Name)
		}
	}
	return errLeave
}

// endError tells where the input ended. It is io.ErrUnexpectedEOF to errors.Is.
type endError struct{ question string }

func (e *endError) Error() string {
	return fmt.Sprintf("the input ended at the question %q", e.question)
}

func (e *endError) Unwrap() error { return io.ErrUnexpectedEOF }

// ended makes the error for a run that stopped in the middle. Keys that Mimecast has created are stored first, if at all
// possible: nobody else has them.
func (s *session) ended(err error) error {
	what := err
	if errors.Is(err, errEnded) {
		what = &endError{s.asking}
	}
	if flow.AtRisk(s.a).Created && s.a.Credential() != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), lifecycle.RescueTime)
		defer cancel()
		if failed := s.stage(ctx); failed != nil {
			sentence, _ := credstore.Explain(failed)
			return fmt.Errorf("%w; Mimecast created keys that could not be stored and are lost: %s", what, sentence)
		}
	}
	return fmt.Errorf("%w; %s", what, s.kept())
}

// kept says what of the work is in a store.
func (s *session) kept() string {
	switch {
	case s.a.Activated:
		return "the credential is current, " + s.a.Location
	case s.a.Staged:
		words := "the credential is saved on trial " + s.a.Location + " and is not current yet"
		if !s.env.Passing(s.a.StagedStore) {
			words += "; mimecred check " + s.a.StagedName + " tests and activates it"
		}
		return words
	case s.a.Replaces:
		return "nothing was stored; the current version of " + s.a.Name + " stays current"
	default:
		return "nothing was stored"
	}
}

// endOf gives the end of the input its own error, whatever reader it came from.
func endOf(err error) error {
	if errors.Is(err, io.EOF) {
		return errEnded
	}
	return err
}
