package field

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client/secret"
)

// MaxPaste is the longest paste that a field accepts, in bytes.
const MaxPaste = 64 << 10

// RevealTime is how long a secret stays readable when no key is pressed.
const RevealTime = 10 * time.Second

// revealLines is how many lines a readable secret may fill; longer than any key of Mimecast at 40 columns.
const revealLines = 6

// Secret is a masked input. It accepts pastes of any shape, cleans them and says what it removed; it never cuts silently. Its
// value is a secret.Value, so that no format verb prints it.
type Secret struct {
	config
	value   secret.Value
	pos     int
	focused bool
	shown   bool
	attempt int
	removed secret.Removed
	burst   burst
	warning string
	problem string
}

// NewSecret makes an empty Secret for a key; see WithPassword.
func NewSecret(opts ...Option) *Secret {
	s := &Secret{config: newConfig(opts)}
	s.burst.now = s.now
	return s
}

// Value is the secret as cleaned.
func (s *Secret) Value() secret.Value { return s.value }

// SetValue replaces the secret as it is, uncleaned.
func (s *Secret) SetValue(v secret.Value) {
	s.set(newLine(v.Reveal(), v.Len()))
	s.removed, s.problem, s.shown = secret.Removed{}, "", false
}

// SetWarning sets what looks odd and does not block; lines are separate warnings. "" removes it.
func (s *Secret) SetWarning(text string) { s.warning = text }

// SetError sets what is wrong; "" removes it. Editing removes it too.
func (s *Secret) SetError(text string) { s.problem = text }

// SetHint changes the explanation below the field.
func (s *Secret) SetHint(text string) { s.hint = text }

// Revealed tells whether the secret is readable on the screen now.
func (s *Secret) Revealed() bool { return s.shown }

func (s *Secret) line() line { return newLine(s.value.Reveal(), s.pos) }

func (s *Secret) set(l line) {
	s.value, s.pos = secret.New(l.text()), l.pos
}

// hideMsg ends a reveal. It names the field and the reveal that it belongs to.
type hideMsg struct {
	field   *Secret
	attempt int
}

// Update reacts to keys and pastes while the field has the focus, and to the end of a reveal at any time.
func (s *Secret) Update(msg tea.Msg) tea.Cmd {
	if hide, ok := msg.(hideMsg); ok {
		if hide.field == s && hide.attempt == s.attempt {
			s.shown = false
		}
		return nil
	}
	if !s.focused {
		return nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		s.shown = false
		if strings.TrimSpace(msg.Content) != "" && len(msg.Content)+s.value.Len() <= MaxPaste { // a paste is a whole value
			s.set(line{})
			s.removed = secret.Removed{}
		}
		s.paste(msg.Content)
	case tea.KeyPressMsg:
		return s.press(msg)
	}
	return nil
}

func (s *Secret) press(msg tea.KeyPressMsg) tea.Cmd {
	wasShown := s.shown
	s.shown = false
	if key.Matches(msg, s.keys.Reveal) {
		if wasShown || s.value.IsZero() {
			return nil
		}
		s.shown = true
		s.attempt++
		over := hideMsg{s, s.attempt}
		return tea.Tick(RevealTime, func(time.Time) tea.Msg { return over })
	}
	if newline(msg) {
		if s.burst.running() {
			s.removed.LineBreaks++
			s.burst.last = s.now()
		}
		return nil
	}
	if l, ok := s.line().edit(msg, s.keys); ok {
		if l.text() != s.value.Reveal() {
			s.problem = ""
		}
		s.set(l)
		if s.value.IsZero() {
			s.removed = secret.Removed{}
		}
		return nil
	}
	if text := typed(msg); text != "" {
		s.burst.rune()
		s.paste(text)
	}
	return nil
}

// paste inserts what arrived, cleaned. A key is cleaned as a whole, since quotes around it may arrive one by one.
func (s *Secret) paste(raw string) {
	l := s.line()
	after := l.after()
	if len(raw)+len(l.text()) > MaxPaste {
		s.problem = fmt.Sprintf("That is %d characters: too long for a secret. Nothing was pasted.", utf8.RuneCountInString(raw))
		return
	}
	s.problem = ""
	var text string
	var removed secret.Removed
	if s.password {
		text, removed = secret.CleanLine(raw)
		text = l.before() + text + after
	} else {
		text, removed = secret.Clean(l.before() + raw + after)
	}
	s.add(removed)
	head := text
	if strings.HasSuffix(text, after) {
		head = text[:len(text)-len(after)]
	}
	s.set(newLine(text, len(split(head))))
}

func (s *Secret) add(r secret.Removed) {
	s.removed.LineBreaks += r.LineBreaks
	s.removed.Spaces += r.Spaces
	s.removed.Invisible += r.Invisible
	s.removed.Quotes += r.Quotes
}

// Focus implements Field.
func (s *Secret) Focus() tea.Cmd { s.focused = true; return nil }

// Blur implements Field; a secret does not stay readable behind one's back.
func (s *Secret) Blur() { s.focused, s.shown = false, false }

// Focused implements Field.
func (s *Secret) Focused() bool { return s.focused }

// Takes implements Field: a line break amid a paste that a terminal delivers as single keys belongs to the paste.
func (s *Secret) Takes(msg tea.KeyPressMsg) bool { return newline(msg) && s.burst.running() }

// Typing implements Field.
func (s *Secret) Typing() bool { return true }

// Click implements Field; where the cursor is in a masked text matters to nobody.
func (s *Secret) Click(int, int, int) {}

// Length says how long the secret is and what was removed from it: "64 characters · 1 line break removed".
func (s *Secret) Length() string {
	n := utf8.RuneCountInString(s.value.Reveal())
	text := fmt.Sprintf("%d characters", n)
	if n == 1 {
		text = "1 character"
	}
	if r := s.removed.String(); r != "" {
		text += " " + s.theme.Glyphs.Dot + " " + r
	}
	return text
}

// View implements Field.
func (s *Secret) View(width int) Drawn {
	d := Drawn{Lines: s.labelLines(width, s.focused)}
	room, margin, y := max(1, width-indent), strings.Repeat(" ", indent), len(d.Lines)
	x, note := 0, ""
	switch {
	case s.value.IsZero():
		d.Lines = append(d.Lines, margin+s.emptyLine(room))
		if r := s.removed.String(); r != "" {
			note = s.Length()
		}
	case s.shown:
		note = s.Length()
		lines := strings.Split(ansi.Hardwrap(printable(s.value.Reveal()), max(1, room-1), true), "\n")
		if len(lines) > revealLines {
			lines = append(lines[:revealLines-1], s.theme.Glyphs.More)
		}
		for _, part := range lines {
			d.Lines = append(d.Lines, margin+s.theme.Styles.Value.Render(part))
		}
		y += len(lines) - 1
		x = ansi.StringWidth(lines[len(lines)-1])
	default:
		note = s.Length()
		shown := ""
		shown, x = s.masked(room)
		d.Lines = append(d.Lines, margin+s.theme.Styles.Text.Render(shown))
	}
	d.Lines = append(d.Lines, s.below(width, note, s.warning, s.problem)...)
	if s.focused {
		d.Cursor, d.To = cursorAt(indent+x, y), len(d.Lines)
	}
	return d
}

// masked draws one sign a character, as many as fit around the cursor.
func (s *Secret) masked(room int) (shown string, x int) {
	l := s.line()
	// No more than what can be seen on either side of the cursor needs drawing.
	before, after := min(l.pos, room+1), min(len(l.parts)-l.pos, room+1)
	mask := newLine(strings.Repeat(s.theme.Glyphs.Mask, before+after), before)
	return mask.window(room, s.theme.Glyphs)
}
