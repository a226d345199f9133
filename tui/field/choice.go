package field

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Row is one row of a Choice.
type Row struct {
	ID    string
	Title string
	// About is the explanation below the title; may be empty.
	About string
	// Aside stands on the title's line at its right, where there is room for it.
	Aside string
	// Words are further words that the filter finds; never shown.
	Words string
	// Disabled says why the row cannot be chosen, Fix what would change that; both empty when it can.
	Disabled string
	Fix      string
}

// Choice is a list of which one row is chosen: the one under the cursor. Rows that cannot be chosen can be reached, so
// that their reason can be read.
type Choice struct {
	config
	rows    []Row
	at      int // index into visible()
	filter  line
	unset   bool
	focused bool
	problem string
}

// NewChoice makes a Choice with its first usable row chosen.
func NewChoice(rows []Row, opts ...Option) *Choice {
	c := &Choice{config: newConfig(opts), rows: rows}
	for i, r := range rows {
		if r.Disabled == "" {
			c.at = i
			break
		}
	}
	return c
}

// Select moves to the row with that ID; unknown ones change nothing.
func (c *Choice) Select(id string) {
	for i, r := range c.visible() {
		if r.ID == id {
			c.at, c.unset, c.problem = i, false, ""
			return
		}
	}
}

// SetRows replaces the rows; the cursor stays on its row when that is still there.
func (c *Choice) SetRows(rows []Row) {
	if slices.Equal(c.rows, rows) {
		return
	}
	at, _ := c.Current()
	c.rows = rows
	c.at = min(c.at, max(0, len(c.visible())-1))
	for i, r := range c.visible() {
		if r.ID == at.ID {
			c.at = i
		}
	}
}

// Unset takes the choice away until a row is moved to or selected, for answers that come from elsewhere; with false it
// gives the choice back to the row under the cursor.
func (c *Choice) Unset(unset bool) { c.unset = unset }

// Current is the row under the cursor; ok is false when the filter leaves none.
func (c *Choice) Current() (row Row, ok bool) {
	rows := c.visible()
	if c.at >= len(rows) {
		return Row{}, false
	}
	return rows[c.at], true
}

// Value is the ID of the chosen row; "" when there is none or it cannot be chosen.
func (c *Choice) Value() string {
	row, ok := c.Current()
	if !ok || c.unset || row.Disabled != "" {
		return ""
	}
	return row.ID
}

// Filter is what was typed to narrow the list.
func (c *Choice) Filter() string { return c.filter.text() }

// SetLabel changes the line above the list.
func (c *Choice) SetLabel(s string) { c.label = s }

// SetError sets what is wrong; "" removes it. Moving removes it too.
func (c *Choice) SetError(s string) { c.problem = s }

// visible is the rows that the filter leaves: those that have every word of it.
func (c *Choice) visible() []Row {
	words := strings.Fields(strings.ToLower(c.filter.text()))
	if len(words) == 0 {
		return c.rows
	}
	var rows []Row
	for _, r := range c.rows {
		text := strings.ToLower(r.Title + " " + r.About + " " + r.Aside + " " + r.Words)
		found := true
		for _, w := range words {
			found = found && strings.Contains(text, w)
		}
		if found {
			rows = append(rows, r)
		}
	}
	return rows
}

// Update reacts to keys, pastes and the wheel while the field has the focus.
func (c *Choice) Update(msg tea.Msg) tea.Cmd {
	if !c.focused {
		return nil
	}
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if c.config.filter && len(msg.Content) <= 256 {
			c.narrow(c.filter.insert(printable(strings.TrimSpace(msg.Content))))
		}
	case tea.KeyPressMsg:
		c.press(msg)
	}
	return nil
}

func (c *Choice) press(msg tea.KeyPressMsg) {
	last := len(c.visible()) - 1
	text := typed(msg)
	switch {
	case key.Matches(msg, c.keys.Up):
		c.move(c.at - 1)
	case key.Matches(msg, c.keys.Down):
		c.move(c.at + 1)
	case key.Matches(msg, c.keys.PageUp):
		c.move(c.at - 5)
	case key.Matches(msg, c.keys.PageDown):
		c.move(c.at + 5)
	case c.filter.text() == "" && len(text) == 1 && text[0] >= '1' && text[0] <= '9':
		if i := int(text[0] - '1'); i <= last {
			c.move(i)
		}
	case !c.config.filter && key.Matches(msg, c.keys.Home):
		c.move(0)
	case !c.config.filter && key.Matches(msg, c.keys.End):
		c.move(last)
	case c.config.filter:
		if l, ok := c.filter.edit(msg, c.keys); ok {
			c.narrow(l)
		} else if s := printable(text); s != "" && (s != " " || c.filter.text() != "") {
			c.narrow(c.filter.insert(s))
		}
	}
}

func (c *Choice) move(to int) {
	c.at = max(0, min(to, len(c.visible())-1))
	c.unset, c.problem = false, ""
}

// narrow changes the filter and stays on the same row when it is still there.
func (c *Choice) narrow(l line) {
	row, had := c.Current()
	changed := l.text() != c.filter.text()
	c.filter = l
	if !changed {
		return
	}
	c.move(0)
	if had && l.text() == "" {
		c.Select(row.ID)
	}
}

// Focus implements Field.
func (c *Choice) Focus() tea.Cmd { c.focused = true; return nil }

// Blur implements Field.
func (c *Choice) Blur() { c.focused = false }

// Focused implements Field.
func (c *Choice) Focused() bool { return c.focused }

// Takes implements Field: arrows stay in the list until they reach its end.
func (c *Choice) Takes(msg tea.KeyPressMsg) bool {
	switch {
	case key.Matches(msg, c.keys.Up):
		return c.at > 0
	case key.Matches(msg, c.keys.Down):
		return c.at < len(c.visible())-1
	}
	return false
}

// Typing implements Field.
func (c *Choice) Typing() bool { return c.config.filter }

// Click implements Field: the row that was clicked is chosen.
func (c *Choice) Click(width, _, y int) {
	_, starts := c.draw(width)
	for i := len(starts) - 1; i >= 0; i-- {
		if y >= starts[i] {
			c.move(i)
			return
		}
	}
}

// View implements Field.
func (c *Choice) View(width int) Drawn {
	d, _ := c.draw(width)
	return d
}

// draw gives the lines and, for every visible row, its first line.
func (c *Choice) draw(width int) (d Drawn, starts []int) {
	s := c.theme.Styles
	d.Lines = c.labelLines(width, c.focused)
	if c.config.filter {
		d.Lines = append(d.Lines, c.filterLine(width, &d))
	}
	rows := c.visible()
	drawn := make([][]string, len(rows))
	row := func(i int) []string { // of a long list only what is looked at is drawn
		if drawn[i] == nil {
			drawn[i] = c.rowLines(rows[i], i == c.at, i == c.at && !c.unset, width)
		}
		return drawn[i]
	}
	first, end := c.window(len(rows), row)
	for i := range rows {
		switch {
		case i < first:
			starts = append(starts, -1) // a click on the sign that there is more goes to the last of them
			continue
		case i >= end:
			starts = append(starts, math.MaxInt)
			continue
		case i == first && first > 0:
			d.Lines = append(d.Lines, c.more(c.theme.Glyphs.Above, first, width))
		}
		starts = append(starts, len(d.Lines))
		from := len(d.Lines)
		d.Lines = append(d.Lines, row(i)...)
		if i == c.at && c.focused {
			d.From, d.To = from, len(d.Lines)
			if d.Cursor == nil {
				d.Cursor = cursorAt(0, from)
			}
		}
	}
	if end < len(rows) {
		d.Lines = append(d.Lines, c.more(c.theme.Glyphs.Below, len(rows)-end, width))
	}
	if len(starts) == 0 {
		d.Lines = append(d.Lines, Wrap("Nothing matches. Delete a letter, or ctrl+u to see all.", width, indent, s.Muted)...)
		d.To = len(d.Lines)
	}
	if c.hint != "" || c.problem != "" {
		d.Lines = append(d.Lines, c.below(width, "", "", c.problem)...)
	}
	return d, starts
}

// window is the rows around the current one that there is room for, with a line above and below that says that there are
// more.
func (c *Choice) window(n int, row func(int) []string) (first, end int) {
	room := 0
	if c.room != nil {
		room = c.room()
	}
	if room <= 0 || c.at >= n || fitsAll(n, room, row) {
		return 0, n
	}
	first, end = c.at, c.at+1
	used := len(row(c.at)) + 2
	for grown := true; grown; {
		grown = false
		if end < n && used+len(row(end)) <= room {
			used += len(row(end))
			end++
			grown = true
		}
		if first > 0 && used+len(row(first-1)) <= room {
			first--
			used += len(row(first))
			grown = true
		}
	}
	return first, end
}

func fitsAll(n, room int, row func(int) []string) bool {
	total := n // each row has a line at least
	for i := 0; i < n && total <= room; i++ {
		total += len(row(i)) - 1
	}
	return total <= room
}

func (c *Choice) more(sign string, n, width int) string {
	text := fmt.Sprintf("%s %d more", sign, n)
	return strings.Repeat(" ", indent) + c.theme.Styles.Muted.Render(ansi.Truncate(text, max(1, width-indent), ""))
}

func (c *Choice) filterLine(width int, d *Drawn) string {
	s, text := c.theme.Styles, c.filter
	prompt := strings.Repeat(" ", indent) + "Find: "
	shown, x := text.window(width-len(prompt), c.theme.Glyphs)
	if c.focused && text.text() != "" {
		d.Cursor = cursorAt(len(prompt)+x, len(d.Lines))
	}
	if text.text() == "" {
		return s.Muted.Render(prompt) + c.emptyLine(width-len(prompt))
	}
	return s.Label.Render(prompt) + s.Text.Render(shown)
}

// rowLines draws a row: sign, title, aside, and below it the explanation or the reason why it cannot be chosen.
func (c *Choice) rowLines(row Row, current, chosen bool, width int) []string {
	s, g := c.theme.Styles, c.theme.Glyphs
	sign, style := g.Off, s.Text
	if chosen {
		sign, style = g.On, s.Selected
	}
	if row.Disabled != "" {
		sign, style = strings.Repeat(" ", max(0, lipgloss.Width(g.Off)-1))+g.Skipped, s.Muted
	}
	mark := " "
	if current && c.focused {
		mark = s.Selected.Render(g.Selected)
	}
	margin := lipgloss.Width(g.Off) + 3
	lines := Wrap(row.Title, max(1, width-margin), 0, style)
	if len(lines) == 0 {
		lines = []string{""}
	}
	for i := range lines {
		if i == 0 {
			lines[i] = mark + " " + style.Render(sign) + " " + lines[i]
		} else {
			lines[i] = strings.Repeat(" ", margin) + lines[i]
		}
	}
	lines = c.aside(lines, row.Aside, width, margin)
	if row.About != "" {
		lines = append(lines, Wrap(row.About, width, margin, s.Muted)...)
	}
	if current && c.details != nil {
		for _, line := range c.details(row.ID, max(1, width-margin)) {
			lines = append(lines, strings.Repeat(" ", margin)+line)
		}
	}
	if row.Disabled != "" {
		lines = append(lines, Wrap(g.Warning+" "+row.Disabled, width, margin, s.Warn)...)
	}
	if row.Fix != "" {
		lines = append(lines, Wrap(row.Fix, width, margin, s.Muted)...)
	}
	return lines
}

// aside puts a row's aside at the end of its title, or on a line of its own where it does not fit.
func (c *Choice) aside(lines []string, aside string, width, margin int) []string {
	if aside == "" {
		return lines
	}
	last := len(lines) - 1
	if lipgloss.Width(lines[last])+2+lipgloss.Width(aside) <= width {
		lines[last] += "  " + c.theme.Styles.Muted.Render(aside)
		return lines
	}
	return append(lines, Wrap(aside, width, margin, c.theme.Styles.Muted)...)
}
