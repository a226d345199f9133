package screen

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
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
	// look finds out what of it is saved on trial, and reads that once it is chosen; left is nil until it is known. goOn is set when
	// something was chosen before that.
	look *Attempt
	left []step.LeftOver
	goOn bool
	// problem and fix say why what is saved cannot be read.
	problem, fix string
}

// leftOversMsg are the set-ups with what is saved of them.
type leftOversMsg struct{ list []step.LeftOver }

// Init looks for what is saved.
func (s *continueScreen) Init() tea.Cmd {
	env, a := s.env.Env, s.answers
	run, cmd := Begin(s.env.Context, lookupLimit, func(_ context.Context, emit func(any)) {
		emit(leftOversMsg{step.LeftOvers(env, a)})
	})
	s.look = run
	return cmd
}

// NewContinue makes the step.
func NewContinue(env Env, a flow.Answers) Screen {
	s := &continueScreen{page: newPage(env, a, "Continue")}
	var list []step.LeftOver
	for _, left := range a.Unfinished {
		list = append(list, step.LeftOver{State: left})
	}
	s.list = field.NewChoice(s.rows(list), s.fieldOptions(field.WithLabel("Continue an unfinished set-up?"))...)
	s.form.SetItems(s.list, emptyLine(), s.prose(func() string {
		if at := s.at(); at != nil {
			return step.LeftSaved(*at)
		}
		return ""
	}), field.Prose(func(width int) []string {
		if s.problem == "" {
			return nil
		}
		lines := field.Wrap(s.env.Theme.Glyphs.Failed+" "+s.problem, width, 2, s.env.Theme.Styles.Bad)
		return append(lines, field.Wrap(s.fix, width, 2, s.env.Theme.Styles.Text)...)
	}))
	return s
}

// rows are what can be chosen.
func (s *continueScreen) rows(list []step.LeftOver) []field.Row {
	var rows []field.Row
	for _, left := range list {
		rows = append(rows, field.Row{
			ID: rowOf(left.Name), Title: "Continue " + left.Name, Aside: "(" + left.Where(s.env.Now()) + ")", About: aboutState(s.env, left.State),
		})
	}
	return append(rows, field.Row{ID: rowAnew, Title: "Start again"})
}

// at is the set-up under the cursor; nil for a new one, and while it is not known what is saved.
func (s *continueScreen) at() *step.LeftOver {
	for i, left := range s.left {
		if s.list.Value() == rowOf(left.Name) {
			return &s.left[i]
		}
	}
	return nil
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
		if m.of != s.look {
			return s, nil, Intent{}
		}
		return s.looked(m)
	}
	cmd, what := s.handle(msg)
	switch {
	case what != eventSubmit:
		return s, cmd, Intent{}
	case s.left == nil:
		s.goOn = true
		return s, cmd, Intent{}
	}
	return s.choose(cmd)
}

// looked handles what the look into the list, or into a store, says.
func (s *continueScreen) looked(m AttemptMsg) (Screen, tea.Cmd, Intent) {
	switch found := m.msg.(type) {
	case leftOversMsg:
		s.look.Stop()
		s.left = found.list
		s.list.SetRows(s.rows(s.left))
		if s.goOn {
			return s.choose(nil)
		}
	case loaded:
		s.look.Stop()
		if found.err != nil && credstore.KindOf(found.err) != credstore.NotFound {
			s.problem, s.fix = credstore.Explain(found.err)
			return s, nil, Intent{}
		}
		left := s.at()
		if left == nil || left.Name != found.name {
			return s, nil, Intent{} // something else was chosen meanwhile
		}
		if a, ok := left.TakeUp(s.env.Env, s.answers, found.record); ok {
			s.chosen = &a
			return s, nil, Intent{Act: Jump, Step: flow.Check}
		}
		return s.resume(nil, left.State) // it was discarded or activated meanwhile
	default:
		return s, s.look.Next(), Intent{}
	}
	return s, nil, Intent{}
}

// choose goes on with what is under the cursor.
func (s *continueScreen) choose(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	s.problem, s.fix = "", ""
	left := s.at()
	switch {
	case left != nil && left.Pending != nil:
		vault, name := s.env.Vault, left.Name
		s.look.Stop()
		run, load := Begin(s.env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
			r, err := vault.Load(ctx, name)
			emit(loaded{name, r, err})
		})
		s.look = run
		return s, tea.Batch(cmd, load), Intent{}
	case left != nil:
		return s.resume(cmd, left.State)
	}
	a := s.answers
	a.Unfinished = nil
	if len(s.answers.Unfinished) > 1 { // a single one is what is started again
		a.Taken = flow.Names(s.answers.Unfinished)
	}
	s.chosen = &a
	return s, cmd, Intent{Act: Next}
}

// resume goes on where a set-up was left.
func (s *continueScreen) resume(cmd tea.Cmd, left flow.State) (Screen, tea.Cmd, Intent) {
	a := s.answers
	a.Unfinished = nil
	resumed, at := left.Resume(a)
	s.chosen = &resumed
	return s, cmd, Intent{Act: Jump, Step: at}
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
