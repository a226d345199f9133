package field

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/theme"
)

// indent is how far the parts of a field lie under its label, in cells.
const indent = 2

// lowHeight is the height below which nothing is shown above the focused part unless there is room for all of it.
const lowHeight = 8

// Wrap breaks text into lines of at most width cells, at spaces where it can, each in style and moved in by margin.
func Wrap(text string, width, margin int, style lipgloss.Style) []string {
	if text == "" {
		return nil
	}
	if width <= margin+8 {
		margin = 0
	}
	var lines []string
	for _, part := range Break(text, width-margin) {
		lines = append(lines, strings.Repeat(" ", margin)+style.Render(part))
	}
	return lines
}

// Break is text in lines of at most width cells, broken at spaces where it can be. Hosts and file names have hyphens: a line must not
// end in the middle of one where there is a space to end at, and a hyphen between spaces must not be lost.
func Break(text string, width int) []string {
	const hyphen, unbroken = "-", "\u2011"
	wrapped := ansi.Wrap(strings.ReplaceAll(text, hyphen, unbroken), max(1, width), "")
	lines := strings.Split(strings.ReplaceAll(wrapped, unbroken, hyphen), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

// Cut is text, drawn or not, in at most width cells, with more where something is missing: after a whole word where that leaves at
// least half of the width.
func Cut(text string, width int, more string) string {
	width = max(width, 0)
	if ansi.StringWidth(text) <= width {
		return text
	}
	room, plain := max(width-ansi.StringWidth(more), 0), ansi.Strip(text)
	kept := ansi.Truncate(plain, room, "")
	if rest := plain[len(kept):]; !strings.HasPrefix(rest, " ") {
		if end := strings.LastIndex(kept, " "); end >= 0 && ansi.StringWidth(kept[:end]) >= width/2 {
			kept = kept[:end]
		}
	}
	kept = strings.TrimRight(kept, " ")
	return ansi.Truncate(text, ansi.StringWidth(kept)+width-room, more)
}

// Hang breaks text into lines of at most width cells behind a sign; later lines are moved in as far as the sign is wide.
func Hang(sign, text string, width int, style lipgloss.Style) []string {
	in := lipgloss.Width(sign)
	var lines []string
	for i, part := range Break(text, width-in) {
		lead := sign
		if i > 0 {
			lead = strings.Repeat(" ", in)
		}
		lines = append(lines, lead+style.Render(part))
	}
	return lines
}

// Prose is an Item of lines that are made anew each time.
type Prose func(width int) []string

// Notice is Prose that belongs to the field right below it: while that has the focus, the notice stays in sight.
type Notice func(width int) []string

// View implements Item.
func (n Notice) View(width int) Drawn {
	lines := n(width)
	return Drawn{Lines: lines, To: len(lines)}
}

// View implements Item.
func (p Prose) View(width int) Drawn { return Drawn{Lines: p(width)} }

// Wheeled is how many rows a turn of the wheel goes.
func Wheeled(msg tea.MouseWheelMsg) int {
	switch msg.Button {
	case tea.MouseWheelUp:
		return -1
	case tea.MouseWheelDown:
		return 1
	default:
		return 0
	}
}

func cursorAt(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Shape = tea.CursorBar
	return c
}

// emptyLine draws the placeholder of an empty field; the brackets tell it from a value without colour.
func (c config) emptyLine(width int) string {
	if c.placeholder == "" {
		return ""
	}
	shown, _ := newLine("("+c.placeholder+")", 0).window(width, c.theme.Glyphs)
	return c.theme.Styles.Muted.Render(shown)
}

// labelLines draws the line above a field; the sign before it tells where the focus is without colour.
func (c config) labelLines(width int, focused bool) []string {
	if c.label == "" {
		return nil
	}
	sign, style := " ", c.theme.Styles.Label
	if focused {
		sign, style = c.theme.Glyphs.Selected, c.theme.Styles.Selected
	}
	lines := Wrap(c.label, width, indent, style)
	if strings.HasPrefix(lines[0], "  ") {
		lines[0] = style.Render(sign) + lines[0][1:]
	}
	return lines
}

// below draws what is under a field: its hint, what was noticed, and what is wrong.
func (c config) below(width int, note, warning, problem string) []string {
	s, g := c.theme.Styles, c.theme.Glyphs
	var lines []string
	if note != "" {
		lines = append(lines, Wrap(note, width, indent, s.Muted)...)
	}
	if c.hint != "" && problem == "" {
		lines = append(lines, Wrap(c.hint, width, indent, s.Muted)...)
	}
	if warning != "" {
		for part := range strings.SplitSeq(warning, "\n") {
			lines = append(lines, Wrap(g.Warning+" "+part, width, indent, s.Warn)...)
		}
	}
	if problem != "" {
		lines = append(lines, Wrap(g.Failed+" "+problem, width, indent, s.Bad)...)
	}
	return lines
}

// clip cuts drawn lines to height, keeping d.From to d.To in sight, moved by scroll lines as far as there are any. It gives
// the first line shown. Signs at the right edge say that there is more.
func clip(d Drawn, width, height, scroll int, t theme.Theme) (Drawn, int) {
	height = max(1, height)
	if len(d.Lines) <= height {
		return d, 0
	}
	top := 0
	if d.To > d.From && d.To > height {
		top = min(d.To-height, d.From)
		if d.To < len(d.Lines) && d.From > top {
			top++
		}
		if height < lowHeight {
			top = d.From // where lines are dear, those below the focus matter more than those above
		}
	}
	if d.Cursor != nil {
		// Where not even the focused part fits, the line with the cursor matters most.
		top = max(min(top, d.Cursor.Y), d.Cursor.Y-height+1)
	}
	return d.from(top+scroll, width, height, t)
}

// from is height lines of a drawing from one on, as far as there are so many, and the first of them.
func (d Drawn) from(top, width, height int, t theme.Theme) (Drawn, int) {
	top = max(0, min(top, len(d.Lines)-height))
	lines := append([]string(nil), d.Lines[top:min(top+height, len(d.Lines))]...)
	if top > 0 {
		lines[0] = mark(lines[0], width, t.Styles.Muted.Render(t.Glyphs.Above))
	}
	height = min(height, len(d.Lines))
	if top+height < len(d.Lines) {
		lines[height-1] = mark(lines[height-1], width, t.Styles.Muted.Render(t.Glyphs.Below))
	}
	out := Drawn{Lines: lines}
	if d.Cursor != nil && d.Cursor.Y >= top && d.Cursor.Y < top+height {
		c := *d.Cursor
		c.Y -= top
		out.Cursor = &c
	}
	return out, top
}

// mark puts a sign at the right edge of a line.
func mark(text string, width int, sign string) string {
	room := width - lipgloss.Width(sign)
	if room < 1 {
		return text
	}
	if w := lipgloss.Width(text); w < room {
		return text + strings.Repeat(" ", room-w) + sign
	}
	return ansi.Truncate(text, room-1, "") + " " + sign
}
