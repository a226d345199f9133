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

// forStore bounds an operation of a store and says when the store waits for the person.
func (s *session) forStore(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, lifecycle.StoreTime)
	return credstore.OnWaiting(ctx, s.waitsFor), cancel
}

// tell says what the lifecycle tells of: that a store waits for the person, and each check as it ends.
func (s *session) tell(e lifecycle.Event) {
	switch e := e.(type) {
	case lifecycle.Waiting:
		s.waitsFor(e.Waiting)
	case lifecycle.Checked:
		s.tellResult(e.Result)
	}
}

func (s *session) waitsFor(w credstore.Waiting) {
	s.out.line("    Waiting for %s until %s.", w.What, w.Until.Format("15:04:05"))
}

// stage writes the credential as the pending version and has the store read it back.
func (s *session) stage(ctx context.Context) error {
	change, note, err := s.env.Stage(ctx, s.a.Change, s.tell)
	if err != nil {
		return err
	}
	s.a.Change = change
	s.out.indented(note)
	return nil
}

// activate makes what was checked the current version.
func (s *session) activate() error {
	change, err := s.env.Activate(s.ctx, s.a.Change, s.tell)
	if err != nil {
		return err
	}
	s.a.Change = change
	return nil
}

// confirmCurrent makes a live call with what is current now, as often as the person wants. That it fails takes nothing back.
func (s *session) confirmCurrent() error {
	for {
		stop := s.underWay()
		c := s.env.Confirm(s.ctx, s.a.Change, s.tell)
		stop()
		s.a.Confirmed, s.a.Confirmation = c.OK, c.Results
		if c.OK || s.ctx.Err() != nil {
			return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
		}
		s.out.indented(c.Problem)
		s.out.indented(c.Fix)
		s.out.indented(step.PreviousKept(s.a, c.Refused))
		again, err := s.confirm(question{text: "It is current, and not confirmed. Try again?", help: []string{"no: go on; mimecred check " + s.a.Name + " tries again later."}}, false)
		if errors.Is(err, errBack) || err == nil && !again {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// explainStore says what is wrong with a store and what helps.
func (s *session) explainStore(err error) {
	sentence, fix := credstore.Explain(err)
	s.out.indented(sentence)
	s.out.indented(fix)
}

// The answers after something went wrong.
const (
	wrongAgain  = "again"
	wrongStore  = "store"
	wrongAnyway = "anyway"
	wrongOther  = "other"
	wrongQuit   = "quit"
)

// storeFailed asks what to do about a store that failed. It gives nil to try again.
func (s *session) storeFailed(err error) error {
	if s.ctx.Err() != nil {
		return s.ctx.Err() //nolint:wrapcheck // a context's error says it all
	}
	s.explainStore(err)
	rows := []row{{id: wrongAgain, title: "Try again"}}
	if flow.AtRisk(s.a).Created { // at once, without a way back through the steps
		for _, c := range s.env.Again(s.ctx).OtherStores(s.a) {
			rows = append(rows, row{id: wrongStore + ":" + c.Kind, title: step.SaveThere(c)})
		}
		s.out.indented(step.WithCurrent(s.a))
	}
	rows = append(rows, row{id: wrongStore, title: "Change the name or the store"}, row{id: wrongQuit, title: "Quit"})
	for {
		id, _, err := s.choose(question{text: "What now?"}, rows, wrongAgain, false)
		other, elsewhere := strings.CutPrefix(id, wrongStore+":")
		switch {
		case err != nil:
			return err
		case elsewhere:
			s.a.Store = other
			return nil
		case id == wrongStore:
			return &jump{flow.Profile}
		case id == wrongAgain:
			return nil
		}
		if err := s.leave(); err != nil {
			return err
		}
	}
}
