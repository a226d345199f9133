package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// railCells is how wide the rail is: a glyph, a space, and the longest name with its answer, as far as there is room.
func (a *app) railCells() int {
	width, most := 0, narrowRail
	if a.width >= roomyWidth {
		most = wideRail
	}
	for _, s := range flow.Path(a.answers) {
		width = max(width, ansi.StringWidth(s.String()), min(ansi.StringWidth(s.String()+" "+a.railAnswer(s)), most))
	}
	return width + 2
}

// How many cells of the rail names and answers get at most, and how wide a window has to be for the wide one.
const (
	narrowRail = 20
	wideRail   = 30
	roomyWidth = 100
)

// railAnswer is the answer beside a step of the rail; "" where there is none.
func (a *app) railAnswer(s flow.Step) string {
	if s == a.step || !a.answered(s) {
		return ""
	}
	return step.Short(a.env.Env, s, a.answers)
}

// answered tells whether a step has its answer: it was settled, or the person has been there. Whoever went back from the checks has
// them to run again.
func (a *app) answered(s flow.Step) bool {
	return a.answers.Settled[s] || a.visited[s] && (s < a.step || s < flow.Check)
}

// rail is the list of steps in height lines: done, current, still to come.
func (a *app) rail(height int) []string {
	t := a.env.Theme
	path := flow.Path(a.answers)
	width := a.railCells()
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
		case a.answered(s):
			glyph, style = t.Glyphs.Passed, a.styles.text
		}
		sign := style
		if glyph == t.Glyphs.Passed {
			sign = a.styles.good
		}
		name, room := " "+s.String(), width-1
		value := a.railAnswer(s)
		if value != "" {
			value = ansi.Truncate(" "+value, max(room-ansi.StringWidth(name), 0), t.Glyphs.More)
		}
		lines[i] = sign.Of(glyph) + style.Of(name) + a.styles.muted.Of(pad(value, room-ansi.StringWidth(name)))
	}
	return lines
}

// railStep is the step on line y of the window's rail that a click may go back to; flow.None when there is none.
func (a *app) railStep(x, y int) flow.Step {
	path := flow.Path(a.answers)
	if a.layout() != wide || a.step > flow.Check {
		return flow.None
	}
	row := y - 1
	if x < 2 || x >= 2+a.railCells() || row < 0 || row >= len(path) {
		return flow.None
	}
	if s := path[row]; a.visited[s] && s < a.step || slices.Contains(step.Changeable(a.step, a.answers), s) {
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
	path := flow.Path(step.Expected(a.env.Env, a.step, a.answers))
	at := slices.Index(path, a.step) + 1
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
