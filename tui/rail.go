package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// railCells is how wide the rail of a path is: a glyph, a space, and the longest name.
func railCells(path []flow.Step) int {
	width := 0
	for _, s := range path {
		width = max(width, ansi.StringWidth(s.String()))
	}
	return width + 2
}

// rail is the list of steps in height lines: done, current, still to come.
func (a *app) rail(height int) []string {
	t := a.env.Theme
	path := flow.Path(a.answers)
	width := railCells(path)
	lines := make([]string, height)
	for i := range lines {
		if i >= len(path) {
			lines[i] = strings.Repeat(" ", width)
			continue
		}
		s := path[i]
		glyph, style := t.Glyphs.Todo, a.styles.muted
		switch {
		case s == a.step:
			glyph, style = t.Glyphs.Current, a.styles.accent
		case a.visited[s] && (s < a.step || s < flow.Check):
			// Whoever went back from the checks has them to run again.
			glyph, style = t.Glyphs.Passed, a.styles.text
		}
		sign := style
		if glyph == t.Glyphs.Passed {
			sign = a.styles.good
		}
		lines[i] = sign.Of(glyph) + style.Of(pad(" "+s.String(), width-1))
	}
	return lines
}

// railStep is the step on line y of the window's rail that a click may go back to; flow.None when there is none.
func (a *app) railStep(x, y int) flow.Step {
	path := flow.Path(a.answers)
	if a.layout() != wide || a.step >= flow.Saved {
		return flow.None
	}
	row := y - 1
	if x < 2 || x >= 2+railCells(path) || row < 0 || row >= len(path) {
		return flow.None
	}
	if s := path[row]; a.visited[s] && s < a.step {
		return s
	}
	return flow.None
}

// progress is where we are in one line: "Check · 8 of 11" and a bar in what is left of width.
func (a *app) progress(width int) string {
	t := a.env.Theme
	if titled, ok := a.screen.(screen.Titled); ok {
		return t.Styles.Accent.Render(ansi.Truncate(titled.Title(), width, ""))
	}
	path := flow.Path(a.answers)
	at := 0
	for i, s := range path {
		if s == a.step {
			at = i + 1
		}
	}
	words := fmt.Sprintf("%s %s %d of %d", a.step, t.Glyphs.Dot, at, len(path))
	room := width - ansi.StringWidth(words) - 2
	if room < len(path) {
		return t.Styles.Accent.Render(ansi.Truncate(words, width, ""))
	}
	room = min(room, 2*len(path))
	full := room * at / max(len(path), 1)
	return t.Styles.Accent.Render(words) + "  " + t.Styles.Good.Render(strings.Repeat(t.Glyphs.BarFull, full)) +
		t.Styles.Muted.Render(strings.Repeat(t.Glyphs.BarEmpty, room-full))
}
