package screen

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// page is what the screens that consist of a form have in common: a heading, the form, and the keys that mean the same on
// every step.
type page struct {
	env     Env
	answers flow.Answers
	title   string
	form    *field.Form
	size    SizeMsg
	// look is the theme that the fields share.
	look *theme.Theme
	// spinner turns while something is under way.
	spinner field.Spinner
}

func newPage(env Env, a flow.Answers, title string) page {
	look := env.Theme
	return page{env: env, answers: a, title: title, form: field.NewForm(env.Theme), look: &look, spinner: field.NewSpinner(env.Theme)}
}

// recolour applies a theme for everything on the page.
func (p *page) recolour(t theme.Theme) {
	p.env.Theme, *p.look = t, t
	p.form.SetTheme(t)
}

// event is what a message amounted to, beyond changing the form.
type event int

const (
	eventNone event = iota
	eventSubmit
	eventBack
	eventFill
	eventOther
)

// handle gives the message to the form, except for the keys that every step has.
func (p *page) handle(msg tea.Msg) (tea.Cmd, event) {
	switch msg := msg.(type) {
	case SizeMsg:
		p.size = msg
		p.form.SetSize(msg.Width, max(1, msg.Height-headingLines(msg.Height)))
		return nil, eventNone
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, p.env.Keys.Back):
			return nil, eventBack
		case p.env.Demo != nil && key.Matches(msg, p.env.Keys.Fill):
			return nil, eventFill
		case key.Matches(msg, p.env.Keys.Other):
			return nil, eventOther
		}
	case tea.MouseClickMsg:
		msg.Y -= headingLines(p.size.Height)
		cmd, _ := p.form.Update(msg)
		return cmd, eventNone
	}
	cmd, done := p.form.Update(msg)
	if done {
		return cmd, eventSubmit
	}
	return cmd, eventNone
}

// headingLines is how many lines the heading takes in a body of that height; in a low one it goes first, the app names
// the step too.
func headingLines(height int) int {
	switch {
	case height >= 14:
		return 2
	case height >= 9:
		return 1
	}
	return 0
}

// View implements Screen.
func (p *page) View(width, height int) Frame {
	width, height = max(1, width), max(1, height)
	head := headingLines(height)
	d := p.form.View(width, height-head)
	var lines []string
	if head > 0 {
		lines = append(field.Wrap(p.title, width, 0, p.env.Theme.Styles.Title)[:1], make([]string, head-1)...)
	}
	frame := Frame{Body: strings.Join(append(lines, d.Lines...), "\n"), Cursor: d.Cursor}
	if frame.Cursor != nil {
		frame.Cursor.Y += head
	}
	return frame
}

// Init implements Screen.
func (p *page) Init() tea.Cmd { return nil }

// Busy implements Screen: nothing here changes the server.
func (p *page) Busy() string { return "" }

// Close implements Screen.
func (p *page) Close() {}

// Typing implements Typist.
func (p *page) Typing() bool { return p.form.Typing() }

// keys are the keys of a step with a form: enter first, then more, then back.
func (p *page) keys(more ...key.Binding) []key.Binding {
	k := append([]key.Binding{p.env.Keys.Next}, more...)
	if p.env.Demo != nil {
		k = append(k, p.env.Keys.Fill)
	}
	return append(k, p.env.Keys.Back)
}

// fieldOptions are the options that every field of this program gets.
func (p *page) fieldOptions(more ...field.Option) []field.Option {
	base := []field.Option{field.WithThemeAt(p.look)}
	if p.env.Now != nil {
		base = append(base, field.WithClock(p.env.Now))
	}
	return append(base, more...)
}

// prose is an item of wrapped text in muted style, with an empty line after it; nothing for an empty text.
func (p *page) prose(text func() string) field.Item {
	return field.Prose(func(width int) []string {
		lines := field.Wrap(text(), width, 0, p.env.Theme.Styles.Muted)
		if len(lines) == 0 {
			return nil
		}
		return append(lines, "")
	})
}

// said is prose that does not change.
func (p *page) said(text string) field.Item { return p.prose(func() string { return text }) }

// emptyLine is an empty line.
func emptyLine() field.Item { return field.Prose(func(int) []string { return []string{""} }) }

// demo is the line that tells the made-up value to type; nothing outside of the demo.
func (p *page) demo(what string) field.Item {
	return p.demoNow(func() string { return what })
}

// demoNow is demo for what changes while it is on screen.
func (p *page) demoNow(what func() string) field.Item {
	return p.prose(func() string {
		if p.env.Demo == nil || what() == "" {
			return ""
		}
		return "Demo: " + what() + " " + p.env.Theme.Glyphs.Dot + " " + p.env.Keys.Fill.Help().Key + " fills it in."
	})
}

// values tell made-up values in full: in the demo they are no secrets, and are there to be typed.
func (p *page) values(named ...[2]string) string {
	var parts []string
	for _, v := range named {
		parts = append(parts, v[0]+" "+v[1])
	}
	return strings.Join(parts, " "+p.env.Theme.Glyphs.Dot+" ")
}

// fieldRows are options as rows of a choice.
func fieldRows(options ...step.Option) []field.Row {
	rows := make([]field.Row, 0, len(options))
	for _, o := range options {
		rows = append(rows, field.Row{
			ID: o.ID, Title: o.Title, Aside: o.Aside, About: o.About, Words: strings.Join(o.Words, " ") + " " + o.ID, Always: o.Always, Disabled: o.Problem, Fix: o.Fix,
		})
	}
	return rows
}
