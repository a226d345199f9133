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

// loaded is what a store has for the name; waiting that it is silent.
type loaded struct {
	name   string
	record credstore.Record
	err    error
}

// waits tells whether a version is pending under the name as it is now.
func (s *profileScreen) waits() bool {
	return s.exists && s.entry.Name == s.name() && step.HasPending(s.entry, s.answers)
}

// load reads the pending version.
func (s *profileScreen) load() tea.Cmd {
	s.loading.Stop()
	s.problem, s.fix = "", ""
	vault, name := s.env.Vault, s.entry.Name
	run, cmd := Begin(s.env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		ctx = credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(lifecycle.Waiting{Waiting: w}) })
		r, err := vault.Load(ctx, name)
		emit(loaded{name, r, err})
	})
	s.loading = run
	return cmd
}

// tookUp handles what load says.
func (s *profileScreen) tookUp(m AttemptMsg) (Screen, tea.Cmd, Intent) {
	next := s.loading.Next()
	msg, ok := m.msg.(loaded)
	if !ok {
		if w, is := m.msg.(lifecycle.Waiting); is {
			s.waiting = &w.Waiting
		}
		return s, next, Intent{}
	}
	s.loading.Stop()
	s.loading, s.waiting = nil, nil
	if msg.err != nil && credstore.KindOf(msg.err) != credstore.NotFound {
		s.problem, s.fix = credstore.Explain(msg.err)
		return s, nil, Intent{}
	}
	if s.inputs[askPending].value().Text == step.PendingAnew {
		if reason := step.MayReplacePending(msg.name, msg.record.Pending); reason != "" {
			s.inputs[askPending].problem(reason)
			return s, s.form.Focus(s.inputs[askPending].Field), Intent{}
		}
		return s, nil, Intent{Act: Next}
	}
	a, ok := flow.ForPending(s.Answers(), msg.record, s.entry.Store, s.env.Vault.Location(s.entry.Store, msg.name))
	if !ok {
		return s, nil, Intent{Act: Next} // it was discarded or activated meanwhile
	}
	s.resumed = &a
	return s, nil, Intent{Act: Jump, Step: flow.Check}
}

// reading says how far reading from the store is, and what is wrong with it.
func (s *profileScreen) reading(width int) []string {
	st, g := s.env.Theme.Styles, s.env.Theme.Glyphs
	switch {
	case s.problem != "":
		lines := field.Wrap(g.Failed+" "+s.problem, width, 2, st.Bad)
		return append(lines, field.Wrap(s.fix, width, 2, st.Text)...)
	case s.waiting != nil:
		return field.Wrap(step.WaitingWords(*s.waiting)+" Esc stops waiting.", width, 0, st.Accent)
	case s.loading != nil:
		return field.Wrap("Reading the pending version", width, 0, st.Accent)
	}
	return nil
}
