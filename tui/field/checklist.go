package field

import (
	"maps"
	"slices"
	"strings"

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
	List
	entries []Entry
	ticked  map[string]bool
}

// NewChecklist makes a Checklist with those entries ticked that ticked names.
func NewChecklist(entries []Entry, ticked map[string]bool, opts ...Option) *Checklist {
	c := &Checklist{List: NewList(opts...), entries: entries, ticked: maps.Clone(ticked)}
	if c.ticked == nil {
		c.ticked = map[string]bool{}
	}
	c.Len, c.Row, c.Tick = func() int { return len(c.entries) }, c.row, c.tick
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

// tick ticks an entry and goes to the next, or removes its tick.
func (c *Checklist) tick(i int) {
	if c.toggle(i); c.ticked[c.entries[i].ID] {
		c.Move(i + 1)
	}
}

func (c *Checklist) toggle(i int) {
	id := c.entries[i].ID
	c.ticked = maps.Clone(c.ticked)
	if c.ticked[id] {
		delete(c.ticked, id)
	} else {
		c.ticked[id] = true
	}
}

// Click implements Field: the entry that was clicked is ticked or unticked.
func (c *Checklist) Click(width, _, y int) {
	if i, _ := c.Hit(width, y); i >= 0 {
		c.Move(i)
		c.toggle(i)
	}
}

func (c *Checklist) row(i, width int) Drawn {
	s, e, box := c.theme.Styles, c.entries[i], c.Box(c.ticked[c.entries[i].ID])
	margin := lipgloss.Width(box) + 3
	lines := c.Titled(i == c.at, box, e.Text, s.Text, width)
	if e.Path != "" {
		for part := range strings.SplitSeq(e.Path, "\n") {
			lines = append(lines, Wrap(part, width, margin, s.Value)...)
		}
	}
	return Drawn{Lines: append(lines, Wrap(e.Why, width, margin, s.Muted)...)}
}
