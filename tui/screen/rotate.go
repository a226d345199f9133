package screen

import (
	"context"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// rotateScreen is the first step of a rotation: it reads the current version and tests it one last time, since a new credential of
// API 2.0 may stop it at once. It asks how to get the new credential. What an earlier rotation left
// unfinished is offered first.
type rotateScreen struct {
	page
	way  *field.Choice
	rest *field.Choice // what to do about an unfinished change; nil when there is none

	run     *Attempt
	waiting *credstore.Waiting
	phase   rotatePhase
	// found is what the store and the list have.
	found lifecycle.Found
	// tested are the results of the test as they come, goOn that enter was pressed before it ended.
	tested []client.Result
	goOn   bool
	// losing is set while it is asked whether keys that nobody else has are to be lost.
	losing *field.Choice
	// decided is whether the row of rest, as it was drawn last, leaves nothing to ask.
	decided bool
	// problem and fix say why it cannot go on.
	problem, fix string
}

type rotatePhase int

const (
	rotateLoading rotatePhase = iota
	rotateTesting
	rotateReady
	rotateBeginning
	rotateStopped
)

// foundMsg is what there is of the profile; testedMsg the end of the test; begunMsg that the change is announced.
type (
	foundMsg struct {
		found lifecycle.Found
		err   error
	}
	testedMsg struct{ change lifecycle.Change }
	begunMsg  struct {
		change lifecycle.Change
		err    error
	}
	gaveUpMsg struct{ err error }
)

// The rows of the question before keys are lost.
const (
	losingBack = "back"
	losingKeys = "lose"
)

// NewRotate makes the step.
func NewRotate(env Env, a flow.Answers) Screen {
	s := &rotateScreen{page: newPage(env, a, "Rotate")}
	s.layout()
	return s
}

// Init reads the profile.
func (s *rotateScreen) Init() tea.Cmd { return s.load() }

func (s *rotateScreen) load() tea.Cmd {
	s.run.Stop()
	s.phase, s.problem, s.fix, s.waiting = rotateLoading, "", "", nil
	env, name := s.env, s.answers.Name
	run, cmd := Begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		found, err := env.Find(ctx, name, Events(emit))
		emit(foundMsg{found, err})
	})
	s.run = run
	return tea.Batch(cmd, s.spinner.Turn(true))
}

// loaded applies what load found.
func (s *rotateScreen) loaded(msg foundMsg) tea.Cmd {
	s.run.Stop()
	found := msg.found
	s.waiting, s.found = nil, found
	switch {
	case msg.err != nil:
		s.phase = rotateStopped
		s.problem, s.fix = credstore.Explain(msg.err)
		return nil
	case found.Record.Current == nil:
		s.phase = rotateStopped
		s.problem = s.answers.Name + " has no current version to rotate."
		s.fix = "mimecred setup " + s.answers.Name + " sets it up."
		return nil
	}
	if s.answers.Replaced.ID == found.Record.Current.ID && found.Change.Phase == credstore.Begun {
		found.Unfinished, s.found.Unfinished = false, false // it was begun a moment ago, here
	}
	s.answers = flow.Rotating(s.answers, found)
	s.rest, s.losing = nil, nil
	if found.Unfinished {
		if rows := fieldRows(step.RestOptions(found)...); len(rows) > 0 {
			s.rest = field.NewChoice(rows, s.fieldOptions(field.WithLabel(step.RestLabel))...)
		}
	}
	way := step.RotateForm(s.env.Env, s.answers).Questions[0]
	s.way = field.NewChoice(fieldRows(way.Options...), s.fieldOptions(field.WithLabel(way.Label))...)
	s.way.Select(way.Value.Text)
	cmd := s.test()
	s.layout()
	return cmd
}

// test tests the current version once more.
func (s *rotateScreen) test() tea.Cmd {
	if len(s.answers.Replaced.Tested) > 0 {
		s.phase = rotateReady
		return nil
	}
	s.run.Stop()
	s.phase, s.tested = rotateTesting, nil
	env, found, a := s.env, s.found, s.answers
	run, cmd := Begin(env.Context, lifecycle.CheckTime, func(ctx context.Context, emit func(any)) {
		change, _ := env.TestCurrent(ctx, found, a.Change, Events(emit))
		emit(testedMsg{change})
	})
	s.run = run
	return tea.Batch(cmd, s.spinner.Turn(true))
}

// testEnded goes on once the test is over, or was called off.
func (s *rotateScreen) testEnded() {
	s.run.Stop()
	s.phase = rotateReady
	if lifecycle.KeysExpired(s.answers.Replaced.Tested) {
		s.way.Select(step.RotateForm(s.env.Env, s.answers).Questions[0].Value.Text)
	}
	s.layout()
}

// Update implements Screen.
func (s *rotateScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case spinner.TickMsg:
		return s, s.spinner.Update(msg, s.running()), Intent{}
	case AttemptMsg:
		if msg.of != s.run {
			return s, nil, Intent{}
		}
		return s.apply(msg)
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, s.env.Keys.Back) && s.phase == rotateTesting:
			s.testEnded()
			s.goOn = false
			return s, nil, Intent{}
		case key.Matches(msg, s.env.Keys.Retry) && s.phase == rotateStopped:
			return s, s.load(), Intent{}
		case key.Matches(msg, s.env.Keys.Back) && s.losing != nil:
			s.askLoss(false)
			return s, nil, Intent{}
		case key.Matches(msg, s.env.Keys.Next) && s.losing == nil && s.form.Focused() == s.rest && s.restDecides():
			return s.submit(nil)
		}
	}
	cmd, what := s.handle(msg)
	if s.restDecides() != s.decided {
		s.layout()
	}
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		return s.submit(cmd)
	case eventNone, eventFill, eventOther:
	}
	return s, cmd, Intent{}
}

func (s *rotateScreen) apply(m AttemptMsg) (Screen, tea.Cmd, Intent) {
	switch msg := m.msg.(type) {
	case lifecycle.Waiting:
		s.waiting = &msg.Waiting
	case foundMsg:
		return s, s.loaded(msg), Intent{}
	case lifecycle.Checked:
		s.tested = append(s.tested, msg.Result)
	case testedMsg:
		s.answers.Change = msg.change
		s.testEnded()
		if s.goOn {
			s.goOn = false
			return s.submit(nil)
		}
		return s, nil, Intent{}
	case begunMsg:
		return s.begun(msg)
	case gaveUpMsg:
		s.run.Stop()
		switch {
		case msg.err == nil && s.found.Change.Reminds():
			s.answers.LostKeys = nil
			return s, s.load(), Intent{}
		case msg.err == nil:
			s.answers.Change = s.answers.Discarded()
			return s, nil, Intent{Act: Quit}
		}
		s.phase = rotateStopped
		s.problem, s.fix = credstore.Explain(msg.err)
		return s, nil, Intent{}
	}
	return s, m.of.Next(), Intent{}
}

func (s *rotateScreen) running() bool {
	return s.phase == rotateLoading || s.phase == rotateTesting || s.phase == rotateBeginning
}

// submit goes on: with what was left, or with a new credential.
func (s *rotateScreen) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	switch s.phase {
	case rotateTesting:
		s.goOn = true // what works now must be known before it is stopped
		return s, cmd, Intent{}
	case rotateLoading, rotateBeginning, rotateStopped:
		return s, cmd, Intent{}
	case rotateReady:
	}
	switch {
	case s.losing != nil:
		if s.losing.Value() == losingKeys {
			s.askLoss(false)
			return s, tea.Batch(cmd, s.discard()), Intent{}
		}
		s.askLoss(false)
		return s, cmd, Intent{}
	case s.rest == nil || s.found.Change.Phase == credstore.Begun && s.rest.Value() == step.RestContinue:
	case s.rest.Value() == step.RestContinue:
		return s.continueRest(cmd)
	case s.rest.Value() == step.RestDiscard && s.found.KeysPending():
		s.askLoss(true)
		return s, cmd, Intent{}
	case s.rest.Value() == step.RestDiscard:
		return s, tea.Batch(cmd, s.discard()), Intent{}
	default:
		if reason := step.MayReplacePending(s.answers.Name, s.found.Record.Pending); reason != "" {
			s.rest.SetError(reason)
			return s, tea.Batch(cmd, s.form.Focus(s.rest)), Intent{}
		}
	}
	s.answers.Way = lifecycle.Way(s.way.Value())
	return s, tea.Batch(cmd, s.announce()), Intent{}
}

// announce notes that the rotation begins, and holds the profile from here on.
func (s *rotateScreen) announce() tea.Cmd {
	s.phase = rotateBeginning
	env, a := s.env, s.answers
	run, cmd := Begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		begun, err := env.Begin(ctx, a.Change, Events(emit))
		emit(begunMsg{begun, err})
	})
	s.run = run
	return tea.Batch(cmd, s.spinner.Turn(true))
}

func (s *rotateScreen) begun(msg begunMsg) (Screen, tea.Cmd, Intent) {
	s.run.Stop()
	s.phase = rotateReady
	if msg.err != nil {
		s.phase = rotateStopped
		s.problem, s.fix = credstore.Explain(msg.err)
		return s, nil, Intent{}
	}
	s.answers.Change = msg.change
	return s, nil, Intent{Act: Next}
}

// layout puts the parts on the page.
func (s *rotateScreen) layout() {
	items := []field.Item{field.Notice(s.words)}
	s.decided = s.restDecides()
	switch {
	case s.phase == rotateLoading || s.phase == rotateStopped:
	case s.losing != nil:
		items = nil
		for _, text := range step.LossWords(s.found.Record.Pending) {
			items = append(items, s.said(text))
		}
		items = append(items, emptyLine(), s.losing)
	default:
		if s.rest != nil {
			items = append(items, s.rest)
		}
		if s.rest != nil && s.way != nil && !s.decided {
			items = append(items, emptyLine())
		}
		if s.way != nil && !s.decided {
			items = append(items, s.way)
		}
	}
	s.form.SetItems(items...)
}

// SetTheme implements Themed.
func (s *rotateScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *rotateScreen) Keys() []key.Binding {
	k := s.env.Keys
	switch s.phase {
	case rotateStopped:
		return []key.Binding{k.Retry, k.Back}
	case rotateLoading, rotateBeginning:
		return []key.Binding{k.Back}
	case rotateTesting:
		return []key.Binding{k.Next, k.Down, k.Up, theme.Named(k.Back, "skip the test")}
	case rotateReady:
	}
	if s.losing != nil {
		return []key.Binding{k.Next, k.Down, k.Up, k.Back}
	}
	return s.keys(k.Down, k.Up)
}

// Typing implements Typist: nothing is typed here.
func (s *rotateScreen) Typing() bool { return false }

// Answers implements Screen.
func (s *rotateScreen) Answers() flow.Answers { return s.answers }

// Close implements Screen.
func (s *rotateScreen) Close() { s.run.Stop() }
