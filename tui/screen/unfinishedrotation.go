package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// What is done about a rotation that an earlier run did not finish.

// discard deletes what an earlier run began, with its pending version.
func (s *rotateScreen) discard() tea.Cmd {
	s.phase = rotateBeginning
	env, found := s.env, s.found
	run, cmd := Begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		emit(gaveUpMsg{env.DiscardFound(ctx, found, Events(emit))})
	})
	s.run = run
	return tea.Batch(cmd, s.spinner.Turn(true))
}

// restDecides tells whether the row under the cursor says all there is to say, so that how a new credential comes to be is not
// asked.
func (s *rotateScreen) restDecides() bool {
	if s.rest == nil {
		return false
	}
	switch s.rest.Value() {
	case step.RestDiscard:
		return true
	case step.RestContinue:
		return s.found.Change.Phase != credstore.Begun
	}
	return false
}

// askLoss asks, or stops asking, whether keys that nobody else has are to be lost.
func (s *rotateScreen) askLoss(ask bool) {
	s.losing = nil
	if ask {
		s.losing = field.NewChoice([]field.Row{
			{ID: losingBack, Title: "Go back"},
			{ID: losingKeys, Title: "Lose the keys, and discard the rotation"},
		}, s.fieldOptions(field.WithLabel("Lose the keys?"))...)
	}
	s.layout()
}

// continueRest continues what an earlier run left.
func (s *rotateScreen) continueRest(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	a, to := flow.ContinueRotation(s.answers, s.found, s.env.Vault.Location(s.found.Entry.Store, s.found.Name))
	s.answers = a
	return s, cmd, Intent{Act: Jump, Step: to}
}
