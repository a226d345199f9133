package screen

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// editScreen is the first step of a change around a credential: it reads the profile and asks what is to be changed. What changes is
// tested with the credential as it is, and becomes current when it passes, as a new credential would.
type editScreen struct {
	*stepForm
	run          *Attempt
	waiting      *credstore.Waiting
	loaded       bool
	problem, fix string
}

// loadedMsg is what the store has for a profile.
type loadedMsg struct {
	record credstore.Record
	entry  credstore.Entry
	err    error
}

// NewEdit makes the step.
func NewEdit(env Env, a flow.Answers) Screen {
	s := &editScreen{stepForm: newForm(env, a, "Edit", step.EditForm), loaded: a.Credential() != nil}
	s.notice, s.silent = s.words, func() bool { return !s.loaded }
	s.layout()
	return s
}

// Init reads the profile, unless the person has been here before.
func (s *editScreen) Init() tea.Cmd {
	if s.loaded {
		return nil
	}
	return s.load()
}

func (s *editScreen) load() tea.Cmd {
	s.problem, s.fix, s.waiting = "", "", nil
	env, name := s.env, s.answers.Name
	s.run = nil
	run, cmd := Begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		ctx = credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(lifecycle.Waiting{Waiting: w}) })
		var m loadedMsg
		if m.record, m.err = env.Vault.Load(ctx, name); m.err == nil {
			m.entry, _, m.err = env.Vault.Lookup(name)
		}
		emit(m)
	})
	s.run = run
	return cmd
}

// fill shows what the store has.
func (s *editScreen) fill(m loadedMsg) {
	s.run.Stop()
	s.waiting = nil
	if m.err != nil {
		s.problem, s.fix = credstore.Explain(m.err)
		return
	}
	a, problem, fix := step.EditOf(s.env.Env, s.answers.Name, m.record, m.entry)
	if s.problem, s.fix = problem, fix; problem == "" {
		s.answers, s.loaded = a.AllowLike(s.answers), true
		s.inputs = map[string]input{} // with what the profile has
		s.answer()
		s.layout()
	}
}

// words say what is under way or wrong.
func (s *editScreen) words(width int) []string {
	t := s.env.Theme
	switch {
	case s.problem != "":
		lines := field.Hang(t.Styles.Bad.Render(t.Glyphs.Failed)+" ", s.problem, width, t.Styles.Text)
		return append(lines, field.Hang("  ", s.fix, width, t.Styles.Text)...)
	case s.waiting != nil:
		return field.Hang("", step.WaitingWords(*s.waiting)+" Esc stops waiting.", width, t.Styles.Accent)
	case !s.loaded:
		return field.Hang("", "Reading "+s.answers.Name+" from its store", width, t.Styles.Accent)
	}
	return nil
}

// Update implements Screen.
func (s *editScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case AttemptMsg:
		if msg.of != s.run {
			return s, nil, Intent{}
		}
		switch m := msg.msg.(type) {
		case lifecycle.Waiting:
			s.waiting = &m.Waiting
		case loadedMsg:
			s.fill(m)
			return s, nil, Intent{}
		}
		return s, msg.of.Next(), Intent{}
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, s.env.Keys.Retry) && s.problem != "":
			return s, s.load(), Intent{}
		case !s.loaded && !key.Matches(msg, s.env.Keys.Back):
			return s, nil, Intent{}
		}
	}
	cmd, intent := s.update(msg)
	if intent.Act == Next {
		intent = Intent{Act: Jump, Step: s.answered.Then}
	}
	return s, cmd, intent
}

// SetTheme implements Themed.
func (s *editScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *editScreen) Keys() []key.Binding {
	k := s.env.Keys
	switch {
	case s.problem != "":
		return []key.Binding{k.Retry, k.Back}
	case !s.loaded:
		return []key.Binding{k.Back}
	}
	return s.stepForm.Keys()
}

// Typing implements Typist.
func (s *editScreen) Typing() bool { return s.loaded && s.stepForm.Typing() }

// Answers implements Screen.
func (s *editScreen) Answers() flow.Answers {
	if !s.loaded {
		return s.answers
	}
	return s.answered
}

// Close implements Screen.
func (s *editScreen) Close() { s.run.Stop() }
