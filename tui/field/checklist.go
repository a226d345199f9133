package field

import (
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// Entry is one item of a Checklist.
type Entry struct {
	ID   string
	Text string
	// Path is a menu path or a value to type, drawn so that it stands out; may be empty.
	Path string
	// Why says why it matters; may be empty.
	Why string
}

// Checklist is a list of things to do, each of which can be ticked.
type Checklist struct {
	config
	entries []Entry
	ticked  map[string]bool
	at      int
	focused bool
}

// NewChecklist makes a Checklist with those entries ticked that ticked names.
func NewChecklist(entries []Entry, ticked map[string]bool, opts ...Option) *Checklist {
	c := &Checklist{config: newConfig(opts), entries: entries, ticked: maps.Clone(ticked)}
	if c.ticked == nil {
		c.ticked = map[string]bool{}
	}
	// Where everything is ticked there is nothing left to go to.
	c.at = max(0, slices.IndexFunc(entries, func(e Entry) bool { return !c.ticked[e.ID] }))
	return c
}

// Ticked is a copy of which entries are ticked, with those of other lists that were passed in.
func (c *Checklist) Ticked() map[string]bool { return maps.Clone(c.ticked) }

// Done is how many of this list's entries are ticked.
func (c *Checklist) Done() (done, of int) {
	for _, e := range c.entries {
		if c.ticked[e.ID] {
			done++
		}
	}
	return done, len(c.entries)
}

// Update reacts to keys while the field has the focus.
func (c *Checklist) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok || !c.focused || len(c.entries) == 0 {
		return nil
	}
	switch {
	case key.Matches(press, c.keys.Up):
		c.move(c.at - 1)
	case key.Matches(press, c.keys.Down):
		c.move(c.at + 1)
	case key.Matches(press, c.keys.PageUp):
		c.move(c.at - 5)
	case key.Matches(press, c.keys.PageDown):
		c.move(c.at + 5)
	case key.Matches(press, c.keys.Home):
		c.move(0)
	case key.Matches(press, c.keys.End):
		c.move(len(c.entries) - 1)
	case key.Matches(press, c.keys.Toggle):
		if c.toggle(); c.ticked[c.entries[c.at].ID] {
			c.move(c.at + 1)
		}
	}
	return nil
}

func (c *Checklist) move(to int) { c.at = max(0, min(to, len(c.entries)-1)) }

func (c *Checklist) toggle() {
	id := c.entries[c.at].ID
	c.ticked = maps.Clone(c.ticked)
	if c.ticked[id] {
		delete(c.ticked, id)
	} else {
		c.ticked[id] = true
	}
}

// Focus implements Field.
func (c *Checklist) Focus() tea.Cmd { c.focused = true; return nil }

// Blur implements Field.
func (c *Checklist) Blur() { c.focused = false }

// Focused implements Field.
func (c *Checklist) Focused() bool { return c.focused }

// Takes implements Field: arrows stay in the list until they reach its end.
func (c *Checklist) Takes(msg tea.KeyPressMsg) bool {
	switch {
	case key.Matches(msg, c.keys.Up):
		return c.at > 0
	case key.Matches(msg, c.keys.Down):
		return c.at < len(c.entries)-1
	}
	return false
}

// Typing implements Field.
func (c *Checklist) Typing() bool { return false }

// Click implements Field: the entry that was clicked is ticked or unticked.
func (c *Checklist) Click(width, _, y int) {
	_, starts := c.draw(width)
	for i := len(starts) - 1; i >= 0; i-- {
		if y >= starts[i] {
			c.at = i
			c.toggle()
			return
		}
	}
}

// View implements Field.
func (c *Checklist) View(width int) Drawn {
	d, _ := c.draw(width)
	return d
}

func (c *Checklist) draw(width int) (d Drawn, starts []int) {
	d.Lines = c.labelLines(width, c.focused)
	for i, e := range c.entries {
		from := len(d.Lines)
		starts = append(starts, from)
		d.Lines = append(d.Lines, c.entryLines(e, i == c.at, width)...)
		if i == c.at && c.focused {
			d.From, d.To = from, len(d.Lines)
			d.Cursor = cursorAt(0, from)
		}
	}
	return d, starts
}

func (c *Checklist) entryLines(e Entry, current bool, width int) []string {
	s, g := c.theme.Styles, c.theme.Glyphs
	box, style := g.Unticked, s.Text
	if c.ticked[e.ID] {
		box, style = g.Ticked, s.Good
	}
	mark := " "
	if current && c.focused {
		mark = s.Selected.Render(g.Selected)
	}
	margin := lipgloss.Width(box) + 3
	lines := Wrap(e.Text, max(1, width-margin), 0, s.Text)
	if len(lines) == 0 {
		lines = []string{""}
	}
	for i := range lines {
		if i == 0 {
			lines[i] = mark + " " + style.Render(box) + " " + lines[i]
		} else {
			lines[i] = strings.Repeat(" ", margin) + lines[i]
		}
	}
	if e.Path != "" {
		for part := range strings.SplitSeq(e.Path, "\n") {
			lines = append(lines, Wrap(part, width, margin, s.Value)...)
		}
	}
	if e.Why != "" {
		lines = append(lines, Wrap(e.Why, width, margin, s.Muted)...)
	}
	return lines
}
