package home

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/field"
	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// cover is what lies over the list of profiles: a menu, a question, a form, or words to read.
type cover interface {
	// press and click take a key or a click, and tell what the list wants then.
	press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent)
	click(h *Home, x, y int) (tea.Cmd, screen.Intent)
	paste(msg tea.PasteMsg) tea.Cmd
	wheel(h *Home, msg tea.MouseWheelMsg)
	draw(h *Home, width, height int) screen.Frame
	keys(h *Home) []key.Binding
	typing() bool
}

// quiet is a cover without text and without a mouse.
type quiet struct{}

func (quiet) click(*Home, int, int) (tea.Cmd, screen.Intent) { return nil, screen.Intent{} }
func (quiet) paste(tea.PasteMsg) tea.Cmd                     { return nil }
func (quiet) wheel(*Home, tea.MouseWheelMsg)                 {}
func (quiet) typing() bool                                   { return false }

// uncover goes back to the list.
func (h *Home) uncover() { h.cover = nil }

// option is one row of a question.
type option struct {
	label string
	// key is the key that does the same in the list; the zero binding for none.
	key key.Binding
	// off says why it cannot be chosen; "" when it can.
	off string
	do  func(*Home) (tea.Cmd, screen.Intent)
}

// question is words with choices below them.
type question struct {
	quiet
	title string
	// lines must be read; about gives way in a low window.
	lines, about []string
	options      []option
	at           int
	// opened is when it came up, where keys that were pressed before it could be read must not count; the zero time where
	// they may.
	opened time.Time
	// up is how many rows further up than the selected choice needs the person has gone to read.
	up int
}

func (q *question) settled(h *Home) bool {
	return q.opened.IsZero() || h.env.Now().Sub(q.opened) >= screen.SettleTime
}

func (q *question) press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	k := h.env.Keys
	if !q.settled(h) {
		return nil, screen.Intent{}
	}
	switch {
	case key.Matches(msg, k.Back):
		h.uncover()
	case key.Matches(msg, k.Up) && q.at == 0:
		q.read(h, 1)
	case key.Matches(msg, k.Down) && q.up > 0:
		q.read(h, -1)
	case key.Matches(msg, k.PageUp) && q.at == 0:
		q.read(h, max(1, h.size.Height-2))
	case key.Matches(msg, k.Up, k.PrevField):
		q.move(q.at - 1)
	case key.Matches(msg, k.Down, k.NextField):
		q.move(q.at + 1)
	case key.Matches(msg, k.FirstRow, k.PageUp):
		q.move(0)
	case key.Matches(msg, k.LastRow, k.PageDown):
		q.move(len(q.options))
	case key.Matches(msg, k.Next):
		return q.choose(h, q.at)
	default:
		for i, o := range q.options {
			if key.Matches(msg, o.key) {
				q.at = i
				return q.choose(h, i)
			}
		}
	}
	return nil, screen.Intent{}
}

func (q *question) move(to int) { q.at, q.up = max(0, min(to, len(q.options)-1)), 0 }

// read goes up to what does not fit above the choices, and back down.
func (q *question) read(h *Home, by int) {
	rows, first := q.rows(h, h.size.Width, h.size.Height)
	up := q.up
	q.up = 0
	q.up = max(0, min(up+by, q.hidden(h.size.Height, len(rows), first)))
}

func (q *question) choose(h *Home, i int) (tea.Cmd, screen.Intent) {
	if q.options[i].off != "" {
		return nil, screen.Intent{}
	}
	h.uncover()
	return q.options[i].do(h)
}

func (q *question) wheel(_ *Home, msg tea.MouseWheelMsg) { q.move(q.at + field.Wheeled(msg)) }

// click chooses the row that was clicked.
func (q *question) click(h *Home, _, y int) (tea.Cmd, screen.Intent) {
	rows, first := q.rows(h, h.size.Width, h.size.Height)
	i := y + q.hidden(h.size.Height, len(rows), first) - first
	if !q.settled(h) || i < 0 || i >= len(q.options) {
		return nil, screen.Intent{}
	}
	q.at = i
	return q.choose(h, i)
}

// rows are the lines, and where the first choice is.
func (q *question) rows(h *Home, width, height int) (rows []string, first int) {
	t := h.env.Theme
	rows = append(rows, field.Wrap(q.title, width, 0, t.Styles.Title)...)
	lines := q.lines
	if height > len(q.options)+len(q.about)+4 {
		lines = append(slices.Clone(q.about), q.lines...)
	}
	if len(lines) > 0 {
		rows = append(rows, "")
	}
	for _, line := range lines {
		rows = append(rows, field.Wrap(line, width, 0, t.Styles.Text)...)
	}
	if len(lines) > 0 || height > len(q.options)+1 {
		rows = append(rows, "")
	}
	first = len(rows)
	wide := 0
	for _, o := range q.options {
		wide = max(wide, cells(o.label))
	}
	for i, o := range q.options {
		style, sign, press := h.ink.text, " ", o.key.Help().Key
		if o.off != "" {
			style = h.ink.muted
		}
		if i == q.at {
			style, sign = h.ink.chosen, h.ink.selected
		}
		s := strip{}.add(sign+" ", style).add(o.label, style)
		if press != "" || o.off != "" {
			s = s.to(wide + 4)
		}
		if press != "" {
			s = s.add(press, h.ink.accent)
		}
		if o.off != "" {
			s = s.to(wide+7).add(o.off, h.ink.muted)
		}
		rows = append(rows, s.cut(width, h.ink.more).text)
	}
	if o := q.options[q.at]; o.off != "" { // beside the row there may be no room for it
		rows = append(append(rows, ""), field.Wrap(o.label+": "+o.off, width, 0, t.Styles.Warn)...)
	}
	return rows, first
}

// hidden is how many rows at the top give way in a window that is too low: the selected choice matters most.
func (q *question) hidden(height, rows, first int) int {
	if rows <= height {
		return 0
	}
	return max(0, min(rows-height, first+q.at-height/2)-q.up)
}

func (q *question) draw(h *Home, width, height int) screen.Frame {
	rows, first := q.rows(h, width, height)
	hidden := q.hidden(height, len(rows), first)
	below := len(rows) - hidden - height
	rows = slices.Clone(rows[hidden:min(len(rows), hidden+height)])
	if hidden > 0 {
		rows[0] = h.marked(rows[0], h.env.Theme.Glyphs.Above, width)
	}
	if below > 0 {
		rows[len(rows)-1] = h.marked(rows[len(rows)-1], h.env.Theme.Glyphs.Below, width)
	}
	return screen.Frame{
		Body:   strings.Join(rows, "\n"),
		Cursor: tea.NewCursor(0, max(0, min(first+q.at-hidden, height-1))), // screen readers follow it
	}
}

// marked is a row with a sign at its end: there is more in that direction.
func (h *Home) marked(row, sign string, width int) string {
	room := max(0, width-cells(sign)-1)
	row = ansi.Truncate(row, room, "")
	return row + blank(room-ansi.StringWidth(row)+1) + h.ink.muted.Of(sign)
}

func (q *question) keys(h *Home) []key.Binding {
	k := h.env.Keys
	keys := []key.Binding{theme.Named(k.Next, "choose"), k.Up, k.Down}
	for _, o := range q.options {
		if o.off == "" && o.key.Help().Key != "" {
			keys = append(keys, o.key)
		}
	}
	return append(keys, theme.Named(k.Back, "close"))
}

// reading is something to read. Any key that does not move through it closes it.
type reading struct {
	quiet
	lines  func(width int) []string
	reader field.Reader
	// opened is as for a question.
	opened time.Time
}

// open covers the list with something to read. Where it opens by itself, opened is now: keys pressed before do not close it.
func (h *Home) open(opened time.Time, lines func(width int) []string) {
	h.cover = &reading{lines: lines, reader: field.NewReader(), opened: opened}
}

func (w *reading) press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	if !w.moves(h, msg) && (w.opened.IsZero() || h.env.Now().Sub(w.opened) >= screen.SettleTime) {
		h.uncover()
	}
	return nil, screen.Intent{}
}

func (w *reading) moves(h *Home, msg tea.Msg) bool {
	width := max(h.size.Width, 1)
	return w.reader.Update(msg, w.lines(width), width, w.room(h.size.Height))
}

func (w *reading) click(h *Home, _, _ int) (tea.Cmd, screen.Intent) {
	return w.press(h, tea.KeyPressMsg{Code: tea.KeyEnter})
}

func (w *reading) wheel(h *Home, msg tea.MouseWheelMsg) { w.moves(h, msg) }

// room is how many lines there are above the one that tells how to close.
func (w *reading) room(height int) int {
	if height < 6 {
		return max(height, 1)
	}
	return height - 1
}

func (w *reading) draw(h *Home, width, height int) screen.Frame {
	room := w.room(height)
	body, below := w.reader.View(w.lines(width), width, room)
	if room < height {
		say := "Any key closes this."
		if below > 0 {
			say = fmt.Sprintf("%s %d more. ", h.env.Theme.Glyphs.Below, below) + say
		}
		body += "\n" + h.ink.muted.Of(cut(say, width, h.ink.more))
	}
	return screen.Frame{Body: body}
}

func (w *reading) keys(h *Home) []key.Binding {
	k := h.env.Keys
	return []key.Binding{theme.Named(k.Next, "close"), k.Up, k.Down, k.PageUp, k.PageDown, theme.Named(k.Back, "close")}
}
