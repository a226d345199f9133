package screen

import (
	"fmt"
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/client/secret"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// handOffScreen is the form of the product that uses the credential, field by field. Enter copies one value. Once it was seen in
// the clipboard, the row is ticked and the cursor goes to the next; otherwise the person ticks it, when the value has
// arrived. Secrets are masked until the person asks to see one.
type handOffScreen struct {
	page
	sheet *sheet
	clip  copied
	// copying is the row whose value was copied last, -1 for none.
	copying int
	reveal  int
}

// hideMsg ends a reveal of the hand-off.
type hideMsg struct {
	of     *handOffScreen
	reveal int
}

// NewHandOff makes the step. The values are those of the answers' credential.
func NewHandOff(env Env, a flow.Answers) Screen {
	if env.Clipboard == nil {
		env.Clipboard = NewClipboard(nil)
	}
	s := &handOffScreen{page: newPage(env, a, "Hand-off"), copying: -1}
	s.sheet = newSheet(s.look)
	if flow.Next(flow.HandOff, a) == flow.None {
		s.sheet.goOn = "Finish"
	}
	forms := step.Forms(a)
	for _, f := range forms {
		for n, e := range f.Entries {
			row := sheetRow{Entry: e, mark: handOffMark(f.Integration.ID, e.Key)}
			row.done = a.Ticked[row.mark]
			if n == 0 && len(forms) > 1 {
				row.heading = f.Integration.Name
			}
			if n == len(f.Entries)-1 {
				row.save = f.Integration.Save
			}
			s.sheet.rows = append(s.sheet.rows, row)
		}
	}
	for r := s.sheet.current(); r != nil && (r.done || r.Unchanged); r = s.sheet.current() {
		s.sheet.Move(s.sheet.At() + 1)
	}
	s.form.SetItems(field.Prose(s.where), s.sheet, field.Prose(s.rest))
	return s
}

func handOffMark(integration, key string) string { return "handoff:" + integration + ":" + key }

// where says in which product, and where in it, the form is.
func (s *handOffScreen) where(width int) []string {
	var lines []string
	for i, text := range step.SavedBrief(s.env.Env, s.answers) {
		style := s.env.Theme.Styles.Text
		if i == 0 {
			style = s.env.Theme.Styles.Good
		}
		lines = append(lines, field.Wrap(text, width, 0, style)...)
	}
	for _, f := range step.Forms(s.answers) {
		if f.Integration.Form != "" {
			lines = append(lines, field.Wrap(f.Integration.Vendor+": "+f.Integration.Form, width, 0, s.env.Theme.Styles.Muted)...)
		}
	}
	if len(lines) > 0 {
		lines = append(lines, "")
	}
	return lines
}

// rest is what is worth knowing beside the form.
func (s *handOffScreen) rest(width int) []string {
	var lines []string
	for _, text := range step.SavedRest(s.env.Env, s.answers) {
		lines = append(append(lines, ""), field.Wrap(text, width, 0, s.env.Theme.Styles.Muted)...)
	}
	return lines
}

// Update implements Screen.
func (s *handOffScreen) Update(msg tea.Msg) (Screen, tea.Cmd, Intent) {
	if mine, seen := s.clip.update(msg); mine {
		if seen && s.copying >= 0 {
			s.finish(s.copying)
		}
		return s, nil, Intent{}
	}
	switch msg := msg.(type) {
	case hideMsg:
		if msg.of == s && msg.reveal == s.reveal {
			s.sheet.shown = -1
		}
		return s, nil, Intent{}
	case tea.KeyPressMsg:
		shown := s.sheet.shown
		s.sheet.shown = -1
		switch {
		case key.Matches(msg, s.env.Keys.Reveal):
			return s, s.show(shown), Intent{}
		case key.Matches(msg, s.env.Keys.Copy):
			return s, s.copy(), Intent{}
		}
	}
	before := s.sheet.done()
	cmd, what := s.handle(msg)
	if at := s.sheet.At(); at == s.copying && s.sheet.done() > before {
		s.finish(at) // ticked by the person: the value has arrived
	}
	switch what {
	case eventBack:
		return s, cmd, Intent{Act: Back}
	case eventSubmit:
		if s.sheet.current() == nil {
			return s, cmd, s.leave()
		}
		return s, tea.Batch(cmd, s.copy()), Intent{}
	case eventNone, eventFill, eventOther:
	}
	return s, cmd, Intent{}
}

// leave goes on, and asks before that when the form is not done, or nothing keeps the credential. Who goes back finds the first
// field that is not done.
func (s *handOffScreen) leave() Intent {
	n := s.sheet.left()
	title, text := step.LeavingForm(s.env.Env, s.answers, n)
	if title == "" {
		return Intent{Act: Next}
	}
	if n > 0 {
		s.sheet.Move(slices.IndexFunc(s.sheet.rows, func(r sheetRow) bool { return !r.done && !r.Unchanged }))
	}
	return Intent{Act: Ask, Title: title, Text: text}
}

// show makes the secret under the cursor readable until the next key, or for a while; shown is the one that was readable.
func (s *handOffScreen) show(shown int) tea.Cmd {
	r := s.sheet.current()
	if r == nil || r.Value.IsZero() || shown == s.sheet.At() {
		return nil
	}
	s.sheet.shown = s.sheet.At()
	s.reveal++
	over := hideMsg{s, s.reveal}
	return s.env.After(field.RevealTime, func(time.Time) tea.Msg { return over })
}

// copy copies the value under the cursor; a row without a value is done by that.
func (s *handOffScreen) copy() tea.Cmd {
	r := s.sheet.current()
	switch {
	case r == nil:
		return nil
	case !r.Copyable():
		s.finish(s.sheet.At())
		return nil
	}
	v := r.Value
	if v.IsZero() {
		v = secret.New(r.Text)
	}
	s.copying = s.sheet.At()
	return s.clip.copy(s.env, r.Label, v)
}

// finish ticks a row; the cursor goes to the next if it is still there.
func (s *handOffScreen) finish(row int) {
	s.sheet.rows[row].done = true
	if s.copying == row {
		s.copying = -1
	}
	if s.sheet.At() == row {
		s.sheet.Move(row + 1)
	}
}

// View implements Screen: the last line tells how far the form is and what the clipboard holds.
func (s *handOffScreen) View(width, height int) Frame {
	status := s.clip.status
	if s.clip.unseen && s.copying >= 0 && s.sheet.At() == s.copying {
		status += ". Pasted? " + s.env.Keys.Toggle.Help().Key + " ticks it."
	}
	changed, done := s.sheet.changed()
	progress := fmt.Sprintf("%d/%d done", done, changed)
	if same := len(s.sheet.rows) - changed; same > 0 {
		progress = fmt.Sprintf("%d unchanged, %s", same, progress)
	}
	return s.withStatus(width, height, progress, status)
}

// SetTheme implements Themed.
func (s *handOffScreen) SetTheme(t theme.Theme) Screen {
	s.recolour(t)
	return s
}

// Keys implements Screen.
func (s *handOffScreen) Keys() []key.Binding {
	k := s.env.Keys
	r := s.sheet.current()
	if r == nil {
		return []key.Binding{k.Next, k.Up, k.Back}
	}
	keys := []key.Binding{theme.Named(k.Next, "done")}
	if r.Copyable() {
		keys = []key.Binding{theme.Named(k.Next, "copy")}
		if !r.Value.IsZero() {
			keys = append(keys, k.Reveal)
		}
		copyKey := k.Copy
		copyKey.SetHelp("", "")
		keys = append(keys, copyKey)
	}
	return append(keys, theme.Named(k.Toggle, "tick"), k.Down, k.Up, k.Back)
}

// Answers implements Screen.
func (s *handOffScreen) Answers() flow.Answers {
	a := s.answers
	for _, r := range s.sheet.rows {
		a.Ticked = tick(a.Ticked, r.mark, r.done)
	}
	return a
}
