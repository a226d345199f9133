package screen

import (
	"context"
	"fmt"
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

// Edit is the first step of a change around a credential: it reads the profile and asks what is to be changed. What changes is
// tested with the credential as it is, and put in force when it passes, as a new credential would be.
type Edit struct {
	page
	domain, after *field.Text
	what          *field.Choice
	run           *attempt
	waiting       *credstore.Waiting
	loaded        bool
	problem, fix  string
}

// loadedMsg is what the store has for a profile.
type loadedMsg struct {
	record credstore.Record
	entry  credstore.Entry
	err    error
}

// The rows of what to change. Those that lead to a step are called as it is.
const editSave = "save"

// NewEdit makes the step.
func NewEdit(env Env, a flow.Answers) Screen {
	s := &Edit{page: newPage(env, a, "Edit")}
	s.domain = field.NewText(s.fieldOptions(
		field.WithLabel("Internal domain"), field.WithPlaceholder("example.com"),
		field.WithHint("One of your own domains, for the checks of users or messages. May be empty."),
	)...)
	s.after = field.NewText(s.fieldOptions(
		field.WithLabel("Rotate after"), field.WithPlaceholder(credstore.DefaultRotateAfter.String()),
		field.WithHint("A reminder, such as 90d, 12w or never. Empty is "+credstore.DefaultRotateAfter.Words()+"."),
	)...)
	if a.Credential() != nil {
		s.loaded = true
		s.fill()
	}
	s.layout()
	return s
}

// Init reads the profile, unless the person has been here before.
func (s *Edit) Init() tea.Cmd {
	if s.loaded {
		return nil
	}
	return s.load()
}

func (s *Edit) load() tea.Cmd {
	s.problem, s.fix, s.waiting = "", "", nil
	env, name := s.env, s.answers.Name
	s.run = nil
	run, cmd := begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
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

// took takes over what the store has.
func (s *Edit) took(m loadedMsg) {
	s.run.stop()
	s.waiting = nil
	if m.err != nil {
		s.problem, s.fix = credstore.Explain(m.err)
		s.layout()
		return
	}
	a, problem, fix := step.EditOf(s.env.Env, s.answers.Name, m.record, m.entry)
	if s.problem, s.fix = problem, fix; problem == "" {
		s.answers, s.loaded = a.AllowLike(s.answers), true
		s.fill()
	}
	s.layout()
}

func (s *Edit) fill() {
	s.domain.SetValue(s.answers.InternalDomain)
	if s.answers.RotateAfter != 0 {
		s.after.SetValue(s.answers.RotateAfter.String())
	}
}

// layout puts the parts on the page.
func (s *Edit) layout() {
	items := []field.Item{field.Notice(s.words)}
	if s.loaded {
		s.what = field.NewChoice(s.rows(), s.fieldOptions(field.WithLabel("Then"))...)
		items = append(items, s.domain, emptyLine(), s.after, emptyLine(), s.what)
	}
	s.form.SetItems(items...)
}

// rows are what can be done, with what is so now.
func (s *Edit) rows() []field.Row {
	a := s.answers
	product := "no particular product"
	if i, ok := catalog.Lookup(a.Integration); ok {
		product = i.Name
	}
	connection := "direct, system certificates"
	if a.Proxy.URL != "" || a.CAFile != "" {
		connection = strings.TrimPrefix(a.Proxy.URL+" "+a.CAFile, " ")
	}
	place := a.BaseURL
	if a.Region != "" {
		place = a.Region + " (" + a.BaseURL + ")"
	}
	return []field.Row{
		{ID: editSave, Title: "Test it and save", About: "The credential stays as it is."},
		{ID: flow.Integration.String(), Title: "Change the product", Aside: product},
		{ID: flow.Region.String(), Title: "Change the region", Aside: place},
		{ID: flow.Connection.String(), Title: "Change the connection", Aside: connection},
	}
}

// words say what is under way or wrong.
func (s *Edit) words(width int) []string {
	t := s.env.Theme
	switch {
	case s.problem != "":
		lines := wrapRow(t.Styles.Bad.Render(t.Glyphs.Failed)+" ", s.problem, width, t.Styles.Text)
		return append(lines, wrapRow("  ", s.fix, width, t.Styles.Text)...)
	case s.waiting != nil:
		return wrapRow("", fmt.Sprintf("Waiting for %s until %s. Esc stops waiting.", s.waiting.What, s.waiting.Until.Format("15:04:05")), width, t.Styles.Accent)
	case !s.loaded:
		return wrapRow("", "Reading "+s.answers.Name+" from its store", width, t.Styles.Accent)
	}
	return append(wrapRow("", "What changes is tested with the credential in force, and put in use when it passes.", width, t.Styles.Muted), "")
}

// Update implements Screen.
func (s *Edit) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	switch msg := msg.(type) {
	case attemptMsg:
		if msg.of != s.run {
			return s, nil, Intent{}
		}
		switch m := msg.msg.(type) {
		case lifecycle.Waiting:
			s.waiting = &m.Waiting
		case loadedMsg:
			s.took(m)
			return s, nil, Intent{}
		}
		return s, msg.of.next(), Intent{}
	case tea.KeyPressMsg:
		if key.Matches(msg, s.env.Keys.Retry) && s.problem != "" {
			return s, s.load(), Intent{}
		}
	}
	cmd, what := s.handle(msg)
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		if s.loaded {
			return s.submit(cmd)
		}
	case eventNone, eventFill, eventOther:
	}
	return s, cmd, Intent{}
}

func (s *Edit) submit(cmd tea.Cmd) (Screen, tea.Cmd, Intent) {
	if text := strings.TrimSpace(s.domain.Value()); text != "" && !domain(text) {
		s.domain.SetError("A domain looks like example.com. Leave it empty to skip those checks.")
		return s, tea.Batch(cmd, s.form.Focus(s.domain)), Intent{}
	}
	if _, err := s.span(); err != nil {
		s.after.SetError(lifecycle.Sentence(err))
		return s, tea.Batch(cmd, s.form.Focus(s.after)), Intent{}
	}
	for _, step := range []flow.Step{flow.Integration, flow.Region, flow.Connection} {
		if s.what.Value() == step.String() {
			return s, cmd, Intent{Act: Jump, Step: step}
		}
	}
	return s, cmd, Intent{Act: Jump, Step: flow.Check}
}

// span is the reminder as typed.
func (s *Edit) span() (credstore.Span, error) {
	if strings.TrimSpace(s.after.Value()) == "" {
		return 0, nil
	}
	span, err := credstore.ParseSpan(s.after.Value())
	if err == nil && span == 0 {
		return credstore.Never, nil
	}
	return span, err
}

// SetTheme implements Themed.
func (s *Edit) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *Edit) Keys() []key.Binding {
	k := s.env.Keys
	switch {
	case s.problem != "":
		return []key.Binding{k.Retry, k.Back}
	case !s.loaded:
		return []key.Binding{k.Back}
	}
	return s.keys(k.NextField, k.Down, k.Up)
}

// Typing implements Typist.
func (s *Edit) Typing() bool { return s.loaded && s.page.Typing() }

// Answers implements Screen.
func (s *Edit) Answers() flow.Answers {
	a := s.answers
	if !s.loaded {
		return a
	}
	before := a
	a.InternalDomain = strings.TrimSpace(s.domain.Value())
	span, err := s.span()
	if err == nil {
		a.RotateAfter = span
	}
	a.Edited = a.Edited || err != nil || a.InternalDomain != before.InternalDomain || a.RotateAfter != before.RotateAfter
	return a
}

// Close implements Screen.
func (s *Edit) Close() { s.run.stop() }
