package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// gap is the empty columns between the rail and the body.
const gap = 3

// box is where the body lies in the window.
type box struct{ x, y, width, height int }

// frameStyles are the styles of what is around every step.
type frameStyles struct{ border, title, key, muted, accent, text, good theme.Style }

func stylesOf(t theme.Theme) frameStyles {
	return frameStyles{
		border: theme.StyleOf(t.Styles.Border), title: theme.StyleOf(t.Styles.Title), key: theme.StyleOf(t.Styles.Key), muted: theme.StyleOf(t.Styles.Muted),
		accent: theme.StyleOf(t.Styles.Accent), text: theme.StyleOf(t.Styles.Text), good: theme.StyleOf(t.Styles.Good),
	}
}

// bodyBox is where the body lies at the current size.
func (a *app) bodyBox() box {
	switch a.layout() {
	case whole:
		return box{2, 1, a.width - 4, a.height - 2}
	case wide:
		x := 2 + a.railCells() + gap
		return box{x, 1, a.width - x - 2, a.height - 2}
	case narrow:
		y, spare := 3, 0
		if a.height < 16 {
			y = 2 // no empty line under the bar where lines are dear
		}
		return box{2, y, a.width - 4, a.height - y - 1 - spare}
	case frameless:
		return box{0, 1, a.width, a.height - 2}
	default:
		return box{0, 0, a.width, a.height}
	}
}

// View draws everything.
func (a *app) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.WindowTitle = "mimecred"
	if a.done {
		return v
	}
	b := a.bodyBox()
	body, cursor := a.body(b)
	switch a.layout() {
	case whole:
		v.Content = a.framed(body)
	case wide:
		v.Content = a.framed(a.withRail(body))
	case narrow:
		v.Content = a.framed(a.withBar(body, b))
	case frameless:
		v.Content = a.frameless(body, b)
	default:
		v.Content = ansi.Truncate("mimecred: window too small", a.width, "")
		cursor = nil
	}
	if a.env.Theme.Glyphs.Dot == theme.ASCII().Dot {
		v.Content = a.ascii.Replace(v.Content)
	}
	if cursor != nil && cursor.X >= 0 && cursor.X < b.width && cursor.Y >= 0 && cursor.Y < b.height {
		moved := *cursor
		moved.X, moved.Y = moved.X+b.x, moved.Y+b.y
		v.Cursor = &moved
	}
	return v
}

// asciiSigns are the signs of texts that a terminal with ASCII alone does not have, one cell for one cell.
func asciiSigns() *strings.Replacer {
	return strings.NewReplacer("↑", "^", "↓", "v", "→", ">", "·", "-", "…", "~", "–", "-", "—", "-",
		"“", "\"", "”", "\"", "‘", "'", "’", "'", "←", "<")
}

// body is what fills the box: the dialog, the help or the step. It always has as many lines as the box.
func (a *app) body(b box) ([]string, *tea.Cursor) {
	var text string
	var cursor *tea.Cursor
	switch {
	case a.passphrases.now != nil && !a.help:
		frame := a.passphrases.screen.View(b.width, b.height)
		text, cursor = frame.Body, frame.Cursor
	case a.dialog != nil && a.passphrases.now == nil:
		d := a.waitingDialog().view(b.width, b.height)
		text, cursor = strings.Join(d.Lines, "\n"), d.Cursor
	case a.help:
		text = a.helpView(b)
	default:
		frame := a.screen.View(b.width, b.height)
		text, cursor = frame.Body, frame.Cursor
		if frame.Lines != nil {
			return frame.Lines, cursor
		}
	}
	return fit(text, b.width, b.height), cursor
}

// fit makes text exactly height lines, each exactly width cells.
func fit(text string, width, height int) []string {
	lines := strings.Split(text, "\n")
	lines = lines[:min(len(lines), height)]
	for i, line := range lines {
		lines[i] = pad(line, width)
	}
	for len(lines) < height {
		lines = append(lines, strings.Repeat(" ", max(width, 0)))
	}
	return lines
}

// pad makes a line exactly width cells.
func pad(line string, width int) string {
	n := ansi.StringWidth(line)
	switch {
	case n == width:
		return line
	case n > width:
		return ansi.Truncate(line, max(width, 0), "")
	default:
		return line + strings.Repeat(" ", width-n)
	}
}

// framed puts the title bar above, the footer below and the sides around content lines of width-4 cells.
func (a *app) framed(lines []string) string {
	t := a.env.Theme
	side := a.styles.border.Of(t.Glyphs.Vertical)
	title, footer := a.titleBar(), a.footerBar()
	size := len(title) + len(footer) + 1
	for _, line := range lines {
		size += len(line) + 2*len(side) + 3
	}
	var out strings.Builder
	out.Grow(size)
	out.WriteString(title)
	out.WriteByte('\n')
	for _, line := range lines {
		out.WriteString(side)
		out.WriteByte(' ')
		out.WriteString(line)
		out.WriteByte(' ')
		out.WriteString(side)
		out.WriteByte('\n')
	}
	out.WriteString(footer)
	return out.String()
}

// withRail puts the rail of steps left of the body.
func (a *app) withRail(body []string) []string {
	rail := a.rail(len(body))
	lines := make([]string, len(body))
	for i := range body {
		lines[i] = rail[i] + strings.Repeat(" ", gap) + body[i]
	}
	return lines
}

// withBar puts "Check · 8 of 11" and a bar above the body.
func (a *app) withBar(body []string, b box) []string {
	lines := []string{pad(a.progress(b.width), b.width)}
	for len(lines) < b.y-1 {
		lines = append(lines, strings.Repeat(" ", b.width))
	}
	return append(lines, body...)
}

// frameless is one line of where, the body, and one line of keys.
func (a *app) frameless(body []string, b box) string {
	lines := append([]string{pad(a.progress(b.width), b.width)}, body...)
	hints, _ := a.footer(b.width)
	return strings.Join(append(lines, pad(hints, b.width)), "\n")
}

// titleBar is the top border with the program's name on the left and what is being set up on the right.
func (a *app) titleBar() string {
	t := a.env.Theme
	rule := a.styles.border
	name := " mimecred "
	room := max(a.width-len(name)-8, 0)
	about := a.subject(a.product.name)
	if ansi.StringWidth(about) > room {
		about = a.subject(a.product.short)
	}
	about = ansi.Truncate(about, room, t.Glyphs.More)
	if about != "" {
		about = " " + about + " "
	}
	fill := max(a.width-3-len(name)-ansi.StringWidth(about), 0)
	return rule.Of(t.Glyphs.TopLeft) + a.styles.title.Of(name) +
		rule.Of(strings.Repeat(t.Glyphs.Horizontal, fill)) + a.styles.muted.Of(about) +
		rule.Of(t.Glyphs.Horizontal+t.Glyphs.TopRight)
}

// subject is the profile, the integration by a name of it, and the API, as far as they are known, or what the screen says in their place.
func (a *app) subject(product string) string {
	if titled, ok := a.screen.(screen.Titled); ok {
		return titled.Title()
	}
	var parts []string
	if a.answers.Name != "" {
		parts = append(parts, a.answers.Name)
	}
	if product != "" {
		parts = append(parts, product)
	}
	if a.answers.API != "" {
		parts = append(parts, fmt.Sprintf("API %s", a.answers.API))
	}
	return strings.Join(parts, " "+a.env.Theme.Glyphs.Dot+" ")
}

// footerBar is the bottom border with the keys in it.
func (a *app) footerBar() string {
	t := a.env.Theme
	hints, spans := a.footer(a.width - 4)
	used := 0
	if len(spans) > 0 {
		hints, used = " "+hints+" ", spans[len(spans)-1].to+2
	}
	fill := max(a.width-2-used, 0)
	return a.styles.border.Of(t.Glyphs.BottomLeft) + hints +
		a.styles.border.Of(strings.Repeat(t.Glyphs.Horizontal, fill)+t.Glyphs.BottomRight)
}
