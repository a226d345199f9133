package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// askDiscard asks whether what is unfinished about a row is to be discarded, and says what that loses.
func (h *Home) askDiscard(r *row) (tea.Cmd, screen.Intent) {
	u := step.Unsaved{Name: r.name, Change: r.change, Left: r.state, Current: !r.entry.CurrentSince.IsZero()}
	if h.note = u.NotDiscarded(); h.note != "" {
		return nil, screen.Intent{}
	}
	if r.busy {
		h.note = flow.Busy(r.name)
		return nil, screen.Intent{}
	}
	h.sure(u.DiscardQuestion(), u.DiscardLines(h.env.Now()), choice("Discard it", func() (tea.Cmd, screen.Intent) {
		return h.discardNow(u), screen.Intent{}
	}))
	return nil, screen.Intent{}
}

// discardNow discards it; where a version is stored, after a second question before keys are lost that nobody else has.
func (h *Home) discardNow(u step.Unsaved) tea.Cmd {
	if !u.Stored() {
		return h.discard(u)
	}
	return h.beforeLoss(u.Name, "Not discarded", "Lose the keys, and discard it", func() tea.Cmd { return h.discard(u) })
}

// beforeLoss reads a profile, and asks before access keys are lost that nobody else has; then it does what was asked for.
func (h *Home) beforeLoss(name, not, label string, do func() tea.Cmd) tea.Cmd {
	return h.loadRecord("Reading the pending version of "+name, name, func(got loaded) (tea.Cmd, screen.Intent) {
		v, ask, err := lifecycle.Loss(got.record, got.err)
		switch {
		case err != nil:
			h.failed(not, err)
		case ask:
			h.sure("Lose the keys?", step.LossWords(v), choice(label, func() (tea.Cmd, screen.Intent) { return do(), screen.Intent{} }))
		default:
			return do(), screen.Intent{}
		}
		return nil, screen.Intent{}
	})
}

func (h *Home) discard(u step.Unsaved) tea.Cmd {
	h.tests.forget(u.Name)
	env := h.env
	return work(h, "Discarding what is unfinished of "+u.Name, true, func(ctx context.Context) error {
		return u.Discard(ctx, env.Env, nil)
	}, func(err error) (tea.Cmd, screen.Intent) {
		if err != nil {
			h.failed("Not discarded", err)
			return h.load(), screen.Intent{}
		}
		h.forgetState(u.Name)
		h.changes.add(u.Name, "its unfinished change is discarded")
		h.note = u.Discarded()
		return h.load(), screen.Intent{}
	})
}
