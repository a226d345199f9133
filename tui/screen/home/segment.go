package home

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// styles are the styles that the list of profiles is drawn with.
type styles struct {
	text, muted, accent, good, warn, bad, label  theme.Style
	value, chosen, rule                          theme.Style
	more, selected, dot, vertical, horizontal    string
	passed, warning, failed, skipped, todo, mark string
}

func stylesOf(t theme.Theme) styles {
	s, g := t.Styles, t.Glyphs
	return styles{
		text: theme.StyleOf(s.Text), muted: theme.StyleOf(s.Muted), accent: theme.StyleOf(s.Accent), good: theme.StyleOf(s.Good), warn: theme.StyleOf(s.Warn),
		bad: theme.StyleOf(s.Bad), label: theme.StyleOf(s.Label), value: theme.StyleOf(s.Value), chosen: theme.StyleOf(s.Selected), rule: theme.StyleOf(s.Border),
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

// segment is a piece of a line, and how wide it is.
type segment struct {
	text  string
	width int
}

// add puts text in a style behind the segment.
func (s segment) add(text string, in theme.Style) segment {
	return segment{s.text + in.Of(text), s.width + cells(text)}
}

// to fills the segment up to n cells.
func (s segment) to(n int) segment {
	if s.width >= n {
		return s
	}
	return segment{s.text + blank(n-s.width), n}
}

// cut is the segment in at most width cells.
func (s segment) cut(width int, more string) segment {
	if s.width <= width {
		return s
	}
	text := field.Cut(s.text, width, more)
	return segment{text, ansi.StringWidth(text)}
}

// addDrawn puts behind the segment what is drawn already.
func (s segment) addDrawn(text string) segment {
	return segment{s.text + text, s.width + ansi.StringWidth(text)}
}
