package field

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/theme"
)

// line is one line of text with a place in it. Bubbles' own input is not used: its real cursor ignores scrolling and wide
// characters, and it reads the clipboard by itself.
//
// A step of the cursor is one user-perceived character, so that a letter and its accent stay together.
type line struct {
	parts []string
	pos   int
}

func newLine(text string, pos int) line {
	l := line{parts: split(text)}
	l.pos = max(0, min(pos, len(l.parts)))
	return l
}

func split(text string) []string {
	var parts []string
	for text != "" {
		part, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		if part == "" {
			part = text[:1]
		}
		parts = append(parts, part)
		text = text[len(part):]
	}
	return parts
}

func (l line) text() string   { return strings.Join(l.parts, "") }
func (l line) before() string { return strings.Join(l.parts[:l.pos], "") }
func (l line) after() string  { return strings.Join(l.parts[l.pos:], "") }

func (l line) insert(s string) line {
	head := l.before() + s
	return newLine(head+l.after(), len(split(head)))
}

func (l line) cut(from, to int) line {
	return newLine(strings.Join(slices.Delete(slices.Clone(l.parts), from, to), ""), from)
}

// edit applies an editing key; known is false when the key is none.
func (l line) edit(msg tea.KeyPressMsg, k KeyMap) (edited line, known bool) {
	switch {
	case key.Matches(msg, k.Left):
		l.pos = max(0, l.pos-1)
	case key.Matches(msg, k.Right):
		l.pos = min(len(l.parts), l.pos+1)
	case key.Matches(msg, k.Home):
		l.pos = 0
	case key.Matches(msg, k.End):
		l.pos = len(l.parts)
	case key.Matches(msg, k.Backspace):
		l = l.cut(max(0, l.pos-1), l.pos)
	case key.Matches(msg, k.Delete):
		l = l.cut(l.pos, min(len(l.parts), l.pos+1))
	case key.Matches(msg, k.DeleteWord):
		l = l.cut(l.wordStart(), l.pos)
	case key.Matches(msg, k.DeleteRest):
		l = l.cut(l.pos, len(l.parts))
	case key.Matches(msg, k.Clear):
		l = line{}
	default:
		return l, false
	}
	return l, true
}

func (l line) wordStart() int {
	i := l.pos
	for i > 0 && l.parts[i-1] == " " {
		i--
	}
	for i > 0 && l.parts[i-1] != " " {
		i--
	}
	return i
}

// window is the part of the line around the cursor that fits into width cells, and the cursor's cell in it. Where text is
// left out, a sign says so.
func (l line) window(width int, g theme.Glyphs) (shown string, x int) {
	width = max(1, width)
	if lipgloss.Width(l.text()) < width {
		return l.text(), lipgloss.Width(l.before())
	}
	inner := max(1, width-2)
	from, w := l.pos, 0
	for from > 0 && w+lipgloss.Width(l.parts[from-1]) < inner {
		from--
		w += lipgloss.Width(l.parts[from])
	}
	to, total := l.pos, w
	for to < len(l.parts) && total+lipgloss.Width(l.parts[to]) <= inner {
		total += lipgloss.Width(l.parts[to])
		to++
	}
	shown, x = strings.Join(l.parts[from:to], ""), w
	if width < 3 {
		return ansi.Truncate(shown, width, ""), min(x, width-1)
	}
	left, right := " ", ""
	if from > 0 {
		left = g.More
	}
	if to < len(l.parts) {
		right = g.More
	}
	return left + shown + right, x + 1
}

// typed is the text that a key press means; "" when it is a command.
func typed(msg tea.KeyPressMsg) string {
	if msg.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper|tea.ModHyper) != 0 {
		return ""
	}
	return msg.Text
}
