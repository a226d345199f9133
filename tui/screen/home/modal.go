package home

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// modal is what is drawn over the list of profiles: a menu, a question, a form, or words to read.
type modal interface {
	// press and click take a key or a click, and tell what the list wants then.
	press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent)
	click(h *Home, x, y int) (tea.Cmd, screen.Intent)
	paste(msg tea.PasteMsg) tea.Cmd
	wheel(h *Home, msg tea.MouseWheelMsg)
	draw(h *Home, width, height int) screen.Frame
	keys(h *Home) []key.Binding
	typing() bool
}

// quiet is a modal without text and without a mouse.
type quiet struct{}

func (quiet) click(*Home, int, int) (tea.Cmd, screen.Intent) { return nil, screen.Intent{} }
func (quiet) paste(tea.PasteMsg) tea.Cmd                     { return nil }
func (quiet) wheel(*Home, tea.MouseWheelMsg)                 {}
func (quiet) typing() bool                                   { return false }

// closeModal goes back to the list.
func (h *Home) closeModal() { h.modal = nil }

// option is one row of a question, and what it does.
type option struct {
	field.MenuRow
	do func() (tea.Cmd, screen.Intent)
}

// question is words with choices below them.
type question struct {
	quiet
	menu    *field.Menu
	options []option
	// beside is set for the menu of a row, which lies beside it.
	beside bool
	opened
}

// opened is when something came up. Keys and clicks before it could be read were meant for what was on screen before.
type opened time.Time

func (o opened) readable(h *Home) bool { return !screen.Unread(time.Time(o), h.env.Now()) }

// ask draws over the list a question.
func (h *Home) ask(text field.MenuText, options ...option) *question {
	rows := make([]field.MenuRow, 0, len(options))
	for _, o := range options {
		rows = append(rows, o.MenuRow)
	}
	q := &question{menu: field.NewMenu(h.look, text, rows), options: options, opened: opened(h.env.Now())}
	h.modal = q
	return q
}

// sure asks before something that cannot be taken back. The first choice changes nothing.
func (h *Home) sure(title string, lines []string, options ...option) {
	back := choice("Go back", func() (tea.Cmd, screen.Intent) { return nil, screen.Intent{} })
	h.ask(field.MenuText{Title: title, Lines: lines}, append([]option{back}, options...)...)
}

func choice(label string, do func() (tea.Cmd, screen.Intent)) option {
	return option{MenuRow: field.MenuRow{Label: label}, do: do}
}

func (q *question) press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	if q.readable(h) && key.Matches(msg, h.env.Keys.Back) {
		h.closeModal()
		return nil, screen.Intent{}
	}
	return q.update(h, msg)
}

func (q *question) update(h *Home, msg tea.Msg) (tea.Cmd, screen.Intent) {
	if !q.readable(h) {
		return nil, screen.Intent{}
	}
	var i int
	click, clicked := msg.(tea.MouseClickMsg)
	if x, y, wide, high, over := q.area(h, h.size.Width, h.size.Height); clicked && over {
		if click.X < x || click.X >= x+wide || click.Y < y || click.Y >= y+high {
			h.closeModal()
			return nil, screen.Intent{}
		}
		i = q.menu.ClickRow(click.Y - y - 1)
	} else {
		i = q.menu.Update(msg, h.size.Width, h.size.Height)
	}
	if i < 0 {
		return nil, screen.Intent{}
	}
	h.closeModal()
	return q.options[i].do()
}

func (q *question) wheel(h *Home, msg tea.MouseWheelMsg) {
	q.menu.Update(msg, h.size.Width, h.size.Height)
}

func (q *question) click(h *Home, x, y int) (tea.Cmd, screen.Intent) {
	return q.update(h, tea.MouseClickMsg{X: x, Y: y})
}

func (q *question) draw(h *Home, width, height int) screen.Frame {
	if frame, over := q.drawBeside(h, width, height); over {
		return frame
	}
	d := q.menu.View(width, height)
	return screen.Frame{Body: strings.Join(d.Lines, "\n"), Cursor: d.Cursor}
}

func (q *question) keys(h *Home) []key.Binding {
	k := h.env.Keys
	keys := []key.Binding{theme.Named(k.Next, "choose"), k.Up, k.Down}
	for _, o := range q.options {
		if o.Off == "" && o.Key.Help().Key != "" {
			keys = append(keys, o.Key)
		}
	}
	return append(keys, theme.Named(k.Back, "close"))
}

// reading is something to read. Any key that does not move through it closes it.
type reading struct {
	quiet
	lines  func(width int) []string
	reader field.Reader
	opened
}

// open draws over the list something to read.
func (h *Home) open(lines func(width int) []string) {
	h.modal = &reading{lines: lines, reader: field.NewReader(), opened: opened(h.env.Now())}
}

func (w *reading) press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	if !w.moves(h, msg) && w.readable(h) {
		h.closeModal()
	}
	return nil, screen.Intent{}
}

func (w *reading) moves(h *Home, msg tea.Msg) bool {
	width := max(h.size.Width, 1)
	return w.reader.Moves(msg, w.lines(width), width, h.size.Height)
}

func (w *reading) click(h *Home, _, _ int) (tea.Cmd, screen.Intent) {
	return w.press(h, tea.KeyPressMsg{Code: tea.KeyEnter})
}

func (w *reading) wheel(h *Home, msg tea.MouseWheelMsg) { w.moves(h, msg) }

func (w *reading) draw(h *Home, width, height int) screen.Frame {
	return screen.Frame{Body: w.reader.Closable(w.lines(width), width, height, h.env.Theme)}
}

func (w *reading) keys(h *Home) []key.Binding {
	k := h.env.Keys
	return []key.Binding{theme.Named(k.Next, "close"), k.Up, k.Down, k.PageUp, k.PageDown, theme.Named(k.Back, "close")}
}
