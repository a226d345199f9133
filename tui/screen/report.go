package screen

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// report is a screen that shows facts and takes no answer.
type report struct {
	env     Env
	answers flow.Answers
	title   string
	// intro has a paragraph each.
	intro []string
	facts []step.Fact
	after []step.Command
	next  string
	// todo is what remains to be done in the console, lost what is told of lost keys.
	todo, lost []string
	// back is set where nothing is done yet.
	back bool
	// leaving and losing are the question before the screen is left, asked once; "" for none.
	leaving, losing string
	reader          field.Reader
	size            SizeMsg
}

// NewStart makes the first screen of whoever has no profile yet.
func NewStart(env Env, a flow.Answers) Screen {
	return &report{env: env, answers: a, title: "Welcome", next: "begin", back: true, reader: field.NewReader(), intro: step.StartLines(env.Env)}
}

// NewDone makes the last screen of what no product's form follows: what was saved, and what to do next.
func NewDone(env Env, a flow.Answers) Screen {
	leaving, losing := step.MemoryOnly(env.Env, a)
	return &report{
		leaving: leaving, losing: losing,
		env: env, answers: a, title: "Done", next: "finish", reader: field.NewReader(),
		intro: []string{step.DoneWords(env.Env, a) + " " + step.SavedWords(env.Env, a)},
		facts: step.SavedFacts(env.Env, a, env.Theme.Glyphs.Dot), after: step.NextCommands(env.Env, a), todo: step.Afterwards(a),
		lost: lifecycle.LostLines(a.LostKeys),
	}
}

// Init implements Screen.
func (r *report) Init() tea.Cmd { return nil }

// Update implements Screen.
func (r *report) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if r.reader.Update(msg, r.lines(max(r.size.Width, 1)), r.size.Width, r.size.Height) {
		return r, nil, Intent{}
	}
	switch msg := msg.(type) {
	case SizeMsg:
		r.size = msg
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, r.env.Keys.Next) && r.leaving != "":
			title := r.leaving
			r.leaving = ""
			return r, nil, Intent{Act: Ask, Title: title, Text: r.losing}
		case key.Matches(msg, r.env.Keys.Next):
			return r, nil, Intent{Act: Next}
		case r.back && key.Matches(msg, r.env.Keys.Back):
			return r, nil, Intent{Act: Back}
		}
	}
	return r, nil, Intent{}
}

func (r *report) lines(width int) []string {
	s := r.env.Theme.Styles
	lines := []string{s.Title.Render(r.title), ""}
	for _, text := range r.intro {
		lines = append(append(lines, field.Hang("", text, width, s.Text)...), "")
	}
	label := 0
	for _, f := range r.facts {
		label = max(label, len(f.Name))
	}
	for _, f := range r.facts {
		lines = append(lines, field.Hang(s.Label.Render(f.Name+strings.Repeat(" ", label-len(f.Name)))+"  ", f.Value, width, s.Text)...)
	}
	for _, command := range r.after {
		lines = append(lines, field.Hang("  ", command.Line, width, s.Value)...)
		lines = append(lines, field.Hang("    ", command.About, width, s.Muted)...)
	}
	for _, text := range r.lost {
		lines = append(lines, "")
		lines = append(lines, field.Hang(s.Warn.Render(r.env.Theme.Glyphs.Warning)+" ", text, width, s.Text)...)
	}
	for _, text := range r.todo {
		lines = append(lines, "")
		lines = append(lines, field.Hang("", "In the console: "+text, width, s.Text)...)
	}
	return lines
}

// View implements Screen.
func (r *report) View(width, height int) Frame {
	body, _ := r.reader.View(r.lines(width), width, height)
	return Frame{Body: body}
}

// Keys implements Screen.
func (r *report) Keys() []key.Binding {
	next := r.env.Keys.Next
	next.SetHelp(next.Help().Key, r.next)
	keys := []key.Binding{next}
	if r.size.Height > 0 && len(r.lines(r.size.Width)) > r.size.Height {
		keys = append(keys, r.env.Keys.Down, r.env.Keys.Up)
	}
	if r.back {
		keys = append(keys, r.env.Keys.Back)
	}
	return keys
}

// Typing implements Typist: there is nothing to type.
func (r *report) Typing() bool { return false }

// SetTheme implements Themed.
func (r *report) SetTheme(t theme.Theme) Screen {
	r.env.Theme = t
	return r
}

// Answers implements Screen.
func (r *report) Answers() flow.Answers { return r.answers }

// Busy implements Screen.
func (r *report) Busy() string { return "" }

// Close implements Screen.
func (r *report) Close() {}
