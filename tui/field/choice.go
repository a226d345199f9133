package field

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"mimecred/client"
	"mimecred/client/typo"
)

// Row is one row of a Choice.
type Row struct {
	ID    string
	Title string
	// About is the explanation below the title; may be empty.
	About string
	// Aside is on the title's line at its right, where there is room for it.
	Aside string
	// Words are further words that the filter finds; never shown.
	Words string
	// Always keeps the row under every filter.
	Always bool
	// Disabled says why the row cannot be chosen, Fix what would change that; both empty when it can.
	Disabled string
	Fix      string
}

// Choice is a list of which one row is chosen: the one under the cursor. Rows that cannot be chosen can be reached, so
// that their reason can be read.
type Choice struct {
	List    // of the rows that the filter leaves
	rows    []Row
	shown   []Row
	filter  line
	unset   bool
	problem string
}

// NewChoice makes a Choice with its first usable row chosen.
func NewChoice(rows []Row, opts ...Option) *Choice {
	c := &Choice{List: NewList(opts...), rows: rows, shown: rows}
	c.Len, c.Row, c.Moved = func() int { return len(c.shown) }, c.row, func() { c.unset, c.problem = false, "" }
	c.head, c.foot = c.filterLine, c.ended
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
	for i, r := range c.shown {
		if r.ID == id {
			c.Move(i)
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
	c.shown = c.matching()
	c.at = min(c.at, max(0, len(c.shown)-1))
	if i := slices.IndexFunc(c.shown, func(r Row) bool { return r.ID == at.ID }); i >= 0 {
		c.at = i
	}
}

// Unset removes the choice until a row is moved to or selected, for answers that come from elsewhere; with false it
// gives the choice back to the row under the cursor.
func (c *Choice) Unset(unset bool) { c.unset = unset }

// Current is the row under the cursor; ok is false when the filter leaves none.
func (c *Choice) Current() (row Row, ok bool) {
	if c.at >= len(c.shown) {
		return Row{}, false
	}
	return c.shown[c.at], true
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

// SetFilter narrows the list to what was typed before.
func (c *Choice) SetFilter(text string) { c.narrow(newLine(text, len(text))) }

// SetError sets what is wrong; "" removes it. Moving removes it too.
func (c *Choice) SetError(s string) { c.problem = s }

// matching is the rows that have every word of the filter; where none has, those that have something like it.
func (c *Choice) matching() []Row {
	words := strings.Fields(strings.ToLower(c.filter.text()))
	if len(words) == 0 {
		return c.rows
	}
	rows := c.having(words, strings.Contains)
	if !slices.ContainsFunc(rows, func(r Row) bool { return !r.Always || has(r, words, strings.Contains) }) {
		rows = c.having(words, typo.In)
	}
	return rows
}

// having is the rows that have every word, and those that always stay.
func (c *Choice) having(words []string, in func(text, word string) bool) []Row {
	var rows []Row
	for _, r := range c.rows {
		if r.Always || has(r, words, in) {
			rows = append(rows, r)
		}
	}
	return rows
}

func has(r Row, words []string, in func(text, word string) bool) bool {
	text := strings.ToLower(r.Title + " " + r.About + " " + r.Aside + " " + r.Words)
	return !slices.ContainsFunc(words, func(word string) bool { return !in(text, word) })
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
	text := typed(msg)
	editing := c.config.filter && key.Matches(msg, c.keys.Home, c.keys.End) // of what is typed
	switch {
	case !editing && c.List.press(msg):
	case c.filter.text() == "" && len(text) == 1 && text[0] >= '1' && text[0] <= '9':
		if i := int(text[0] - '1'); i < c.Len() {
			c.Move(i)
		}
	case c.config.filter:
		if l, ok := c.filter.edit(msg, c.keys); ok {
			c.narrow(l)
		} else if s := printable(text); s != "" && (s != " " || c.filter.text() != "") {
			c.narrow(c.filter.insert(s))
		}
	}
}

// narrow changes the filter and stays on the same row when it is still there.
func (c *Choice) narrow(l line) {
	row, had := c.Current()
	changed := l.text() != c.filter.text()
	c.filter = l
	if !changed {
		return
	}
	c.shown = c.matching()
	c.Move(max(0, slices.IndexFunc(c.shown, func(r Row) bool { return !r.Always || l.text() == "" })))
	c.Select(strings.ToLower(l.text())) // whoever types a whole ID means that row
	if had && l.text() == "" {
		c.Select(row.ID)
	}
}

// Typing implements Field.
func (c *Choice) Typing() bool { return c.config.filter }

// ended draws what is under the rows.
func (c *Choice) ended(width int) (d Drawn) {
	switch {
	case c.Len() == 0:
		d.Lines = Wrap("Nothing matches. Delete a letter, or ctrl+u to see all.", width, indent, c.theme.Styles.Muted)
	case c.filter.text() != "" && !slices.ContainsFunc(c.shown, func(r Row) bool { return !r.Always }):
		d.Lines = Wrap("Nothing else matches. Delete a letter, or ctrl+u to see all.", width, indent, c.theme.Styles.Muted)
	}
	if len(d.Lines) > 0 {
		d.To = len(d.Lines)
	}
	d.Lines = append(d.Lines, c.below(width, "", "", c.problem)...)
	return d
}

// filterLine draws what is typed to narrow the list.
func (c *Choice) filterLine(width int) (d Drawn) {
	if !c.config.filter {
		return d
	}
	s, text := c.theme.Styles, c.filter
	prompt := strings.Repeat(" ", indent) + "Find: "
	if text.text() == "" {
		d.Lines = []string{s.Muted.Render(prompt) + c.emptyLine(width-len(prompt))}
		return d
	}
	if client.HoldsSecret(text.text()) { // pasted into the wrong field
		text = newLine(strings.Repeat(c.theme.Glyphs.Mask, len(text.parts)), text.pos)
	}
	shown, x := text.window(width-len(prompt), c.theme.Glyphs)
	if c.focused {
		d.Cursor = cursorAt(len(prompt)+x, 0)
	}
	d.Lines = []string{s.Label.Render(prompt) + s.Text.Render(shown)}
	return d
}

// row draws a row: sign, title, aside, and below it the explanation or the reason why it cannot be chosen.
func (c *Choice) row(i, width int) Drawn {
	row, current := c.shown[i], i == c.at
	s, g := c.theme.Styles, c.theme.Glyphs
	sign, style := g.Off, s.Text
	if current && !c.unset {
		sign, style = g.On, s.Selected
	}
	if row.Disabled != "" {
		sign, style = strings.Repeat(" ", max(0, lipgloss.Width(g.Off)-1))+g.Skipped, s.Muted
	}
	margin := lipgloss.Width(g.Off) + 3
	lines := c.aside(c.Titled(current, style.Render(sign), row.Title, style, width), row.Aside, width, margin)
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
	return Drawn{Lines: lines}
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
