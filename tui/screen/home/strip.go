package home

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/theme"
)

// inks are the styles that the list of profiles is drawn with.
type inks struct {
	text, muted, accent, good, warn, bad, label  theme.Ink
	value, chosen, rule                          theme.Ink
	more, selected, dot, vertical, horizontal    string
	passed, warning, failed, skipped, todo, mark string
}

func inksOf(t theme.Theme) inks {
	s, g := t.Styles, t.Glyphs
	return inks{
		text: theme.InkOf(s.Text), muted: theme.InkOf(s.Muted), accent: theme.InkOf(s.Accent), good: theme.InkOf(s.Good), warn: theme.InkOf(s.Warn),
		bad: theme.InkOf(s.Bad), label: theme.InkOf(s.Label), value: theme.InkOf(s.Value), chosen: theme.InkOf(s.Selected), rule: theme.InkOf(s.Border),
		more: g.More, selected: g.Selected, dot: g.Dot, vertical: g.Vertical, horizontal: g.Horizontal,
		passed: g.Passed, warning: g.Warning, failed: g.Failed, skipped: g.Skipped, todo: g.Todo, mark: g.Warning,
	}
}

// cells is how wide a text without colours is.
func cells(text string) int { return theme.Cells(text) }

// cut is text in at most width cells, with a sign where something is missing.
func cut(text string, width int, more string) string {
	if cells(text) <= width {
		return text
	}
	return ansi.Truncate(text, max(width, 0), more)
}

// blank is n spaces.
func blank(n int) string {
	const some = "                                                                                                                "
	if n <= len(some) {
		return some[:max(n, 0)]
	}
	return strings.Repeat(" ", n)
}

// strip is a piece of a line, and how wide it is.
type strip struct {
	text  string
	width int
}

// add puts text in an theme.Ink behind the strip.
func (s strip) add(text string, in theme.Ink) strip {
	return strip{s.text + in.Of(text), s.width + cells(text)}
}

// to fills the strip up to n cells.
func (s strip) to(n int) strip {
	if s.width >= n {
		return s
	}
	return strip{s.text + blank(n-s.width), n}
}

// cut is the strip in at most width cells.
func (s strip) cut(width int, more string) strip {
	if s.width <= width {
		return s
	}
	text := ansi.Truncate(s.text, max(width, 0), more)
	return strip{text, ansi.StringWidth(text)}
}

// addDrawn puts behind the strip what is drawn already.
func (s strip) addDrawn(text string) strip {
	return strip{s.text + text, s.width + ansi.StringWidth(text)}
}
