package screen

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client/catalog"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// rowAnew is the row that begins a new set-up.
const rowAnew = "anew"

// rowOf is the row of an unfinished set-up; profile names have no colon.
func rowOf(name string) string { return "name:" + name }

// Continue offers set-ups that were left before they were finished.
type continueScreen struct {
	page
	list *field.Choice
	// chosen is what the person decided; nil until then.
	chosen *flow.Answers
	// look finds out what of it has a pending version in a store, which is gone on with at the first step; goOn is set
	// when something was chosen before that was known.
	look  *Attempt
	waits map[string]bool
	goOn  bool
}

// pendingMsg are the names that have a pending version.
type pendingMsg struct{ names map[string]bool }

// Init looks for pending versions in the stores.
func (s *continueScreen) Init() tea.Cmd {
	if s.env.Vault == nil {
		s.waits = map[string]bool{}
		return nil
	}
	vault, left, a := s.env.Vault, s.answers.Unfinished, s.answers
	run, cmd := Begin(s.env.Context, lookupLimit, func(_ context.Context, emit func(any)) {
		names := map[string]bool{}
		for _, one := range left {
			entry, exists, err := vault.Lookup(one.Name)
			names[one.Name] = err == nil && exists && step.HasPending(entry, a)
		}
		emit(pendingMsg{names})
	})
	s.look = run
	return cmd
}

// NewContinue makes the step.
func NewContinue(env Env, a flow.Answers) Screen {
	s := &continueScreen{page: newPage(env, a, "Continue")}
	var rows []field.Row
	for _, left := range a.Unfinished {
		rows = append(rows, field.Row{
			ID: rowOf(left.Name), Title: "Continue " + left.Name, Aside: "(" + step.WhereLeft(left, env.Now()) + ")", About: aboutState(env, left),
		})
	}
	rows = append(rows, field.Row{ID: rowAnew, Title: "Start again"})
	s.list = field.NewChoice(rows, s.fieldOptions(field.WithLabel("Continue an unfinished set-up?"))...)
	s.form.SetItems(s.list, emptyLine(), s.said("Nothing of the credential was saved: you enter it again."))
	return s
}

// aboutState is what was being set up.
func aboutState(env Env, s flow.State) string {
	words := []string{"API " + string(s.API)}
	if i, ok := catalog.Lookup(s.Integration); ok && !i.Generic {
		words = append([]string{i.Name}, words...)
	}
	return strings.Join(words, " "+env.Theme.Glyphs.Dot+" ")
}

// Update implements Screen.
func (s *continueScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if m, ok := msg.(AttemptMsg); ok {
		if found, is := m.msg.(pendingMsg); is && m.of == s.look {
			s.look.Stop()
			s.waits = found.names
			if s.goOn {
				return s.choose(nil)
			}
		}
		return s, nil, Intent{}
	}
	cmd, what := s.handle(msg)
	switch {
	case what != eventSubmit:
		return s, cmd, Intent{}
	case s.waits == nil:
		s.goOn = true
		return s, cmd, Intent{}
	}
	return s.choose(cmd)
}

// choose goes on with what is under the cursor.
func (s *continueScreen) choose(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	a := s.answers
	a.Unfinished = nil
	for _, left := range s.answers.Unfinished {
		if s.list.Value() == rowOf(left.Name) {
			resumed, at := left.Resume(a)
			s.chosen = &resumed
			if s.waits[left.Name] {
				at = flow.Profile // where the pending version is offered
			}
			return s, cmd, Intent{Act: Jump, Step: at}
		}
	}
	if len(s.answers.Unfinished) > 1 { // a single one is what is started again
		a.Taken = flow.Names(s.answers.Unfinished)
	}
	s.chosen = &a
	return s, cmd, Intent{Act: Next}
}

// Close implements Screen.
func (s *continueScreen) Close() { s.look.Stop() }

// SetTheme implements Themed.
func (s *continueScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *continueScreen) Keys() []key.Binding {
	return []key.Binding{s.env.Keys.Next, s.env.Keys.Up, s.env.Keys.Down}
}

// Answers implements Screen.
func (s *continueScreen) Answers() flow.Answers {
	if s.chosen != nil {
		return *s.chosen
	}
	return s.answers
}
