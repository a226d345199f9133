package screen

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// Retire asks what becomes of the version that was replaced. It comes after the hand-off: until the product has the new
// values it uses the old ones.
type retireScreen struct {
	*stepForm
	run     *Attempt
	waiting *credstore.Waiting
	doing   string
	since   time.Time
	// logging is set while Mimecast is asked to log the previous key out: its answer is waited for.
	logging      bool
	answer       <-chan retiredMsg
	problem, fix string
}

// retiredMsg is the end of what was chosen.
type retiredMsg struct {
	retired lifecycle.Retired
	// problem and fix say what went wrong.
	problem, fix string
}

// retireMsg is the person's yes to what was chosen.
type retireMsg struct{ of *retireScreen }

// NewRetire makes the step.
func NewRetire(env Env, a flow.Answers) Screen {
	s := &retireScreen{stepForm: newForm(env, a, "Retire the previous version", step.RetireForm)}
	s.notice = s.words
	s.layout()
	return s
}

// Update implements Screen.
func (s *retireScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case spinner.TickMsg:
		return s, s.spinner.Update(msg, s.doing != ""), Intent{}
	case AttemptMsg:
		if msg.of != s.run {
			return s, nil, Intent{}
		}
		switch m := msg.msg.(type) {
		case lifecycle.Waiting:
			s.waiting = &m.Waiting
		case retiredMsg:
			return s, nil, s.ended(m)
		}
		return s, msg.of.Next(), Intent{}
	case retireMsg:
		if msg.of != s || s.doing != "" {
			return s, nil, Intent{}
		}
		return s, s.begin(), Intent{}
	case tea.KeyPressMsg:
		if s.doing != "" {
			if key.Matches(msg, s.env.Keys.Back) && !s.logging {
				s.run.Cancel() // its answer is waited for: the write may have happened
			}
			return s, nil, Intent{}
		}
	}
	cmd, intent := s.update(msg)
	if intent.Act == Next {
		if title, text := step.RetireSure(lifecycle.Retired(s.inputs["retire"].value().Text)); title != "" {
			return s, cmd, Intent{Act: Ask, Title: title, Text: text, Yes: "Delete it", Do: retireMsg{s}}
		}
		return s, tea.Batch(cmd, s.begin()), Intent{}
	}
	return s, cmd, intent
}

// begin does what was chosen.
func (s *retireScreen) begin() tea.Cmd {
	choice := lifecycle.Retired(s.inputs["retire"].value().Text)
	s.problem, s.fix, s.waiting, s.since = "", "", nil, s.env.Now()
	s.doing, s.logging = "Saving the decision", choice == lifecycle.LoggedOut
	if s.logging {
		s.doing = "Logging the previous key out at Mimecast"
	}
	env, a := s.env, s.answers
	answer := make(chan retiredMsg, 1)
	s.answer = answer
	run, cmd := Begin(context.WithoutCancel(env.Context), lifecycle.StoreTime+lifecycle.ConfirmTime, func(ctx context.Context, emit func(any)) {
		done, _, err := env.Retire(ctx, a.Name, a.Replaced.ID, choice, Events(emit))
		problem, fix := lifecycle.ExplainRetire(a.Name, err)
		msg := retiredMsg{retired: done, problem: problem, fix: fix}
		answer <- msg
		emit(msg)
	})
	s.run = run
	return tea.Batch(cmd, s.spinner.Turn(true))
}

// ended handles the end of what was chosen.
func (s *retireScreen) ended(m retiredMsg) Intent {
	s.run.Stop()
	s.doing, s.logging, s.waiting = "", false, nil
	if m.problem != "" {
		s.problem, s.fix = m.problem, m.fix
		s.form.Lead()
		return Intent{}
	}
	s.answers.Retired = m.retired
	s.answers.PreviousKept = m.retired == lifecycle.Kept
	return Intent{Act: Next}
}

// words are what is under way or went wrong.
func (s *retireScreen) words(width int) []string {
	t := s.env.Theme
	var out []string
	switch {
	case s.waiting != nil:
		out = field.Hang(t.Styles.Accent.Render(s.spinner.View())+" ", step.WaitingWords(*s.waiting), width, t.Styles.Text)
	case s.doing != "":
		out = field.Hang(t.Styles.Accent.Render(s.spinner.View())+" ", s.doing, width, t.Styles.Text)
	case s.problem != "":
		out = field.Hang(t.Styles.Bad.Render(t.Glyphs.Failed)+" ", s.problem, width, t.Styles.Text)
		out = append(out, field.Hang("  ", s.fix, width, t.Styles.Text)...)
	default:
		return nil
	}
	return append(out, "")
}

// SetTheme implements Themed.
func (s *retireScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *retireScreen) Keys() []key.Binding {
	k := s.env.Keys
	switch {
	case s.logging:
		return nil
	case s.doing != "":
		return []key.Binding{theme.Named(k.Back, "stop")}
	}
	return s.stepForm.Keys()
}

// Typing implements Typist: nothing is typed here.
func (s *retireScreen) Typing() bool { return false }

// Busy implements Screen: whether the previous key is logged out is only known from Mimecast's answer.
func (s *retireScreen) Busy() string {
	if s.logging {
		return "mimecred is logging the previous key out at Mimecast"
	}
	return ""
}

// Finish implements Finisher.
func (s *retireScreen) Finish(ctx context.Context) flow.Answers {
	if !s.logging {
		return s.answers
	}
	select {
	case m := <-s.answer:
		s.ended(m)
	case <-ctx.Done():
	}
	return s.answers
}

// Answers implements Screen.
func (s *retireScreen) Answers() flow.Answers { return s.answers }

// Close implements Screen.
func (s *retireScreen) Close() { s.run.Stop() }
