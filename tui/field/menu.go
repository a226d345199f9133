package field

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"mimecred/tui/theme"
)

// MenuRow is one choice of a Menu.
type MenuRow struct {
	Label string
	// Key chooses the row at once; the zero binding for none.
	Key key.Binding
	// Off says why it cannot be chosen; "" when it can.
	Off string
}

// MenuText is what is above the rows of a Menu: Lines must be read, About gives way in a low window.
type MenuText struct {
	Title        string
	Lines, About []string
}

// Menu is words to read with choices below them. Enter, a click and a row's own key choose. In a window that is too low the
// words give way first; an arrow up from the first row goes back to them.
type Menu struct {
	list List
	MenuText
	rows []MenuRow
	// scroll is how many lines the person has gone away from where the current row is in sight; never below it.
	scroll int
}

// NewMenu makes a Menu with the cursor on its first row.
func NewMenu(look *theme.Theme, text MenuText, rows []MenuRow) *Menu {
	m := &Menu{list: NewList(WithThemeAt(look)), MenuText: text, rows: rows}
	m.list.Len, m.list.Row, m.list.Moved, m.list.focused = func() int { return len(m.rows) }, m.row, func() { m.scroll = 0 }, true
	return m
}

// At is the row under the cursor.
func (m *Menu) At() int { return m.list.at }

// Update follows a message, in a window of width × height cells with the menu at its top left, and gives the row that was chosen, -1
// for none.
func (m *Menu) Update(msg tea.Msg, width, height int) int {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.press(msg, width, height)
	case tea.MouseWheelMsg:
		m.list.Move(m.list.at + Wheeled(msg))
	case tea.MouseClickMsg:
		_, starts, top := m.draw(width, height, m.scroll)
		for i, from := range starts {
			if msg.Y+top == from {
				m.list.Move(i)
				return m.choose(i)
			}
		}
	}
	return -1
}

func (m *Menu) press(msg tea.KeyPressMsg, width, height int) int {
	msg = Arrow(msg)
	k, first := m.list.keys, m.list.at == 0
	switch {
	case key.Matches(msg, k.Submit):
		return m.choose(m.list.at)
	case first && key.Matches(msg, k.Up):
		m.read(-1, width, height)
	case first && key.Matches(msg, k.PageUp):
		m.read(-max(1, height-2), width, height)
	case m.scroll < 0 && key.Matches(msg, k.Down):
		m.read(1, width, height)
	case key.Matches(msg, k.PrevField):
		m.list.Move(m.list.at - 1)
	case key.Matches(msg, k.NextField):
		m.list.Move(m.list.at + 1)
	case key.Matches(msg, k.PageUp):
		m.list.Move(0)
	case key.Matches(msg, k.PageDown):
		m.list.Move(len(m.rows))
	case m.list.press(msg):
	default:
		for i, row := range m.rows {
			if key.Matches(msg, row.Key) {
				m.list.Move(i)
				return m.choose(i)
			}
		}
	}
	return -1
}

// choose is the row, -1 for one that cannot be chosen.
func (m *Menu) choose(i int) int {
	if i >= len(m.rows) || m.rows[i].Off != "" {
		return -1
	}
	return i
}

// read moves what is in sight, as far as there is something to read.
func (m *Menu) read(by, width, height int) {
	_, _, top := m.draw(width, height, m.scroll)
	_, _, next := m.draw(width, height, min(0, m.scroll+by))
	m.scroll += next - top
}

// draw gives what is in sight, the line of each row among all lines, and the first line in sight.
func (m *Menu) draw(width, height, scroll int) (shown Drawn, starts []int, top int) {
	d := Drawn{Lines: m.words(width, height)}
	above := len(d.Lines)
	part, starts := m.list.draw(width)
	d.add(part)
	for i := range starts {
		starts[i] += above
	}
	if o := m.rows[m.list.at]; o.Off != "" { // beside the row there may be no room for it
		d.Lines = append(append(d.Lines, ""), Wrap(o.Label+": "+o.Off, width, 0, m.list.theme.Styles.Warn)...)
	}
	if len(d.Lines) > height {
		top = starts[m.list.at] - height/2 // the current row matters most
		if n := len(starts); n <= height { // all rows where they have room
			top = max(top, starts[n-1]+1-height)
		}
		top = max(0, min(top, len(d.Lines)-height))
	}
	shown, top = d.from(top+scroll, width, max(1, height), *m.list.theme)
	return shown, starts, top
}

// words draws what is above the rows.
func (m *Menu) words(width, height int) []string {
	s, said := m.list.theme.Styles, m.Lines
	if height > len(m.rows)+len(m.About)+4 {
		said = append(slices.Clone(m.About), m.Lines...)
	}
	lines := Wrap(m.Title, width, 0, s.Title)
	if len(said) > 0 {
		lines = append(lines, "")
	}
	for _, line := range said {
		if line == "" {
			lines = append(lines, "")
		}
		lines = append(lines, Wrap(line, width, 0, s.Text)...)
	}
	if len(said) > 0 || height > len(m.rows)+1 {
		lines = append(lines, "")
	}
	return lines
}

// View draws the menu into at most width × height cells.
func (m *Menu) View(width, height int) Drawn {
	d, _, _ := m.draw(width, height, m.scroll)
	if d.Cursor == nil { // the current row is not in sight
		d.Cursor = tea.NewCursor(0, 0)
	}
	return d
}

// Refused tells whether the row under the cursor cannot be chosen, which is said below the rows.
func (m *Menu) Refused() bool { return m.rows[m.list.at].Off != "" }

// Rows draws the menu without the words above its rows.
func (m *Menu) Rows(width, height int) Drawn {
	d, _ := m.list.draw(width)
	if o := m.rows[m.list.at]; o.Off != "" {
		d.Lines = append(append(d.Lines, ""), Wrap(o.Label+": "+o.Off, width, 0, m.list.theme.Styles.Warn)...)
	}
	d.Lines = d.Lines[:min(len(d.Lines), height)]
	return d
}

// ClickRow follows a click on a row, counted from the first, and gives the row that was chosen, -1 for none.
func (m *Menu) ClickRow(y int) int {
	if y < 0 || y >= len(m.rows) {
		return -1
	}
	m.list.Move(y)
	return m.choose(y)
}

// Working draws the words of the menu with what is being done in place of its rows.
func (m *Menu) Working(doing string, width, height int) Drawn {
	d := Drawn{Lines: append(m.words(width, height), Wrap(doing, width, 0, m.list.theme.Styles.Muted)...)}
	d, _ = d.from(len(d.Lines), width, max(1, height), *m.list.theme)
	return d
}

// row draws a choice: its label, its key, and why it cannot be chosen.
func (m *Menu) row(i, width int) Drawn {
	s, g, row := m.list.theme.Styles, m.list.theme.Glyphs, m.rows[i]
	wide := 0
	for _, r := range m.rows {
		wide = max(wide, lipgloss.Width(r.Label))
	}
	style, sign := s.Text, " "
	if row.Off != "" {
		style = s.Muted
	}
	if i == m.list.at {
		style, sign = s.Selected, g.Selected
	}
	line := style.Render(sign + " " + row.Label)
	to := func(column int) { line += strings.Repeat(" ", max(0, column-lipgloss.Width(line))) }
	if press := row.Key.Help().Key; press != "" {
		to(wide + 4)
		line += s.Accent.Render(press)
	}
	if row.Off != "" {
		to(wide + 7)
		line += s.Muted.Render(row.Off)
	}
	return Drawn{Lines: []string{Cut(line, max(1, width), g.More)}}
}
