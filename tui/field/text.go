package field

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"mimecred/client"
	"mimecred/client/secret"
)

// Text is one line of ordinary text: a name, an address, an ID.
type Text struct {
	config
	line    line
	focused bool
	note    string
	warning string
	problem string
	// held is set when a secret was pasted along with other text.
	held bool
	// never tells what must not be shown besides secrets; nil for nothing.
	never func(text string) bool
}

// NewText makes an empty Text.
func NewText(opts ...Option) *Text { return &Text{config: newConfig(opts)} }

// Value is the text as typed.
func (t *Text) Value() string { return t.line.text() }

// SetValue replaces the text and puts the cursor at its end.
func (t *Text) SetValue(s string) {
	s = printable(s)
	t.line = newLine(s, len(s))
	t.note, t.problem, t.held = "", "", false
}

// SetNote says what was done to the text; editing removes it.
func (t *Text) SetNote(s string) { t.note = s }

// secretWords refuse a secret in a field that is for none.
const secretWords = "This contains a secret, so it is not shown. Clear the field, then paste only what it asks for."

// holdsSecret tells whether the text must not be shown.
func (t *Text) holdsSecret() bool { return t.held || client.HoldsSecret(t.line.text()) }

// masks tells whether the text is not shown. What is too long for an ID may be most of a secret.
func (t *Text) masks() bool {
	text := t.line.text()
	return t.holdsSecret() || t.anyLength && client.LongerThanID(text) || t.never != nil && text != "" && t.never(text)
}

// Refuse says that the field holds a secret, when it does and is not for one; enter goes no further then.
func (t *Text) Refuse() bool {
	if !t.holdsSecret() || t.anyLength && client.HasLengthOfSecret(t.line.text()) {
		return false
	}
	t.problem = secretWords
	return true
}

// SetNever has a text masked that never tells of, such as the value of the field beside it.
func (t *Text) SetNever(never func(text string) bool) { t.never = never }

// SetHint changes the explanation below the field.
func (t *Text) SetHint(s string) { t.hint = s }

// SetWarning sets what looks odd and does not block; lines are separate warnings. "" removes it.
func (t *Text) SetWarning(s string) { t.warning = s }

// SetError sets what is wrong; "" removes it. Editing removes it too.
func (t *Text) SetError(s string) { t.problem = s }

// Update reacts to keys and pastes while the field has the focus.
func (t *Text) Update(msg tea.Msg) tea.Cmd {
	if !t.focused {
		return nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		t.paste(msg.Content)
	case tea.KeyPressMsg:
		before := t.line.text()
		if l, ok := t.line.edit(msg, t.keys); ok {
			t.line = l
		} else if s := printable(typed(msg)); s != "" && (!t.identifier || strings.TrimSpace(s) != "") {
			t.line = t.line.insert(s)
		}
		if t.line.text() != before {
			t.note, t.problem = "", ""
		}
		t.held = t.held && t.line.text() != ""
	}
	return nil
}

// paste puts text in; a text of several lines becomes one, and the field says so.
func (t *Text) paste(raw string) {
	t.problem = ""
	if len(raw) > MaxPaste {
		t.note, t.problem = "", "That is too long to be meant for this field. Nothing was pasted."
		return
	}
	t.held = t.held && !t.identifier || client.HoldsSecret(raw) && !client.HasLengthOfSecret(strings.TrimSpace(raw))
	if t.identifier {
		text, removed := secret.Clean(raw)
		t.note = removed.String()
		if text != "" { // a paste is a whole value
			t.line = line{}.insert(printable(text))
		}
		return
	}
	text, removed := secret.CleanLine(raw)
	t.note = removed.String()
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if strings.Contains(text, "\n") {
		text = strings.Join(strings.Fields(text), " ")
		t.note = "several lines were joined"
	}
	t.line = t.line.insert(printable(strings.TrimSpace(text)))
}

// printable drops what would move the terminal's cursor.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar, r == '\u2028', r == '\u2029':
			return -1
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1 // they turn the direction of what follows
		}
		return r
	}, s)
}

// Focus implements Field.
func (t *Text) Focus() tea.Cmd { t.focused = true; return nil }

// Blur implements Field.
func (t *Text) Blur() { t.focused = false }

// Focused implements Field.
func (t *Text) Focused() bool { return t.focused }

// Takes implements Field.
func (t *Text) Takes(tea.KeyPressMsg) bool { return false }

// Typing implements Field.
func (t *Text) Typing() bool { return true }

// Click implements Field: the cursor goes to the clicked character.
func (t *Text) Click(width, x, _ int) {
	if t.masks() {
		return // where the cursor is in a masked text matters to nobody
	}
	if w := lipgloss.Width(t.line.text()); w < width-indent {
		t.line.pos = len(t.line.parts)
		for i := range t.line.parts {
			if lipgloss.Width(strings.Join(t.line.parts[:i+1], "")) > x-indent {
				t.line.pos = i
				break
			}
		}
	}
}

// View implements Field.
func (t *Text) View(width int) Drawn {
	d := Drawn{Lines: t.labelLines(width, t.focused)}
	l := t.line
	if t.masks() {
		l = newLine(strings.Repeat(t.theme.Glyphs.Mask, len(l.parts)), l.pos)
	}
	shown, x := l.window(width-indent, t.theme.Glyphs)
	shown = t.theme.Styles.Text.Render(shown)
	if t.line.text() == "" {
		shown = t.emptyLine(width - indent)
	}
	y := len(d.Lines)
	d.Lines = append(d.Lines, strings.Repeat(" ", indent)+shown)
	d.Lines = append(d.Lines, t.below(width, t.note, t.warning, t.problem)...)
	if t.focused {
		d.Cursor, d.To = cursorAt(indent+x, y), len(d.Lines)
	}
	return d
}
