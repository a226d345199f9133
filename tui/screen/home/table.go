package home

import (
	"cmp"
	"strings"
	"time"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// column is one column of the table of profiles.
type column int

// The columns in their order on screen.
const (
	colProfile column = iota
	colIntegration
	colAPI
	colRegion
	colStore
	colCheck
	colAge
	colDue
	colPending
	columns
)

func (c column) title() string {
	return [columns]string{"Profile", "Integration", "API", "Region", "Store", "Last check", "Age", "Rotation", "Pending"}[c]
}

// wanted is a width for a column.
type wanted struct {
	column column
	cells  int
}

// wantedWidths are fulfilled one after the other as far as there is room: in a narrow window the last ones are not. What does not
// stop growing here ends at what is in the column.
func wantedWidths() [14]wanted {
	return [...]wanted{
		{colProfile, 8},
		{colCheck, briefCells},
		{colPending, widest},
		{colDue, widest},
		{colProfile, 16},
		{colCheck, widest},
		{colIntegration, 11},
		{colAge, widest},
		{colIntegration, 20},
		{colRegion, widest},
		{colAPI, widest},
		{colStore, widest},
		{colProfile, widest},
		{colIntegration, widest},
	}
}

// columnWidths is how wide each column would like to be; 0 for one that nothing is in.
type columnWidths [columns]int

const (
	widest         = 64 // as long as a name may be
	briefCells     = 13 // "✓ 59 min ago"
	tinyCells      = 28
	tableGap       = 2
	tableMargin    = 2 // the sign of the selected row
	overflowMargin = 2 // the sign that there is more
)

// cellOf is what a column says of a profile; the integration's name and how the last test ended are not of the row alone.
func (r *row) cellOf(c column, now time.Time) string {
	switch e := &r.entry; c {
	case colProfile:
		return r.name
	case colAPI:
		return string(e.API)
	case colRegion:
		return lifecycle.RegionCell(*e)
	case colStore:
		return e.Store
	case colAge:
		if since := e.SecretGiven(); !since.IsZero() {
			return step.AgeWords(since, now)
		}
	case colDue:
		return step.DueWords(*e, now)
	case colPending:
		if r.change != nil {
			return lifecycle.ProgressOf(*r.change).Brief
		}
	default:
	}
	return ""
}

// measure finds out how wide the columns would like to be, once for every list.
func (l *list) measure(now time.Time) {
	w := columnWidths{colCheck: briefCells + 2} // "○ pending, passed", and how far a test is
	grow := func(c column, text string) {
		if n := cells(text); n > w[c] && text != "" {
			w[c] = min(max(n, len(c.title())), widest)
		}
	}
	var names []string
	for i := range l.rows[l.left:] {
		r := &l.rows[l.left+i]
		names = append(names, r.name)
		for c := colProfile; c < columns; c++ {
			grow(c, r.cellOf(c, now))
		}
		grow(colIntegration, l.names[r.entry.Integration].full)
		if r.entry.LastCheck != nil {
			_, words, _ := step.CheckedWords(r.entry.LastCheck, now)
			grow(colCheck, "  "+words)
		}
	}
	l.widths, l.differs = w, map[string]int{}
	differences(names, l.differs)
	var full, short []string
	for _, name := range l.names {
		full, short = append(full, name.full), append(short, name.short)
	}
	differences(full, l.differs)
	differences(short, l.differs)
}

// wanted is how wide a table is that has room for everything.
func (w columnWidths) wanted() int {
	n := tableMargin + overflowMargin
	for _, cells := range w {
		if cells > 0 {
			n += cells + tableGap
		}
	}
	return n
}

// fit gives each column its width in a table of that many cells: those that find no place have none.
func (w columnWidths) fit(width int) columnWidths {
	var got columnWidths
	room := width - tableMargin
	for _, wanted := range wantedWidths() {
		c, to := wanted.column, min(wanted.cells, w[wanted.column])
		switch {
		case c == colProfile && got[c] == 0:
			if width < tinyCells { // the name, and the sign of its check
				to = w[c]
			}
			to = max(1, min(to, room-tableGap-1))
			got[c], room = to, room-to
		case c == colCheck && got[c] == 0:
			to = max(1, min(to, room-tableGap))
			got[c], room = to, room-to-tableGap
		case got[c] > 0:
			more := max(0, min(to-got[c], room))
			got[c], room = got[c]+more, room-more
		case to > 0 && to+tableGap <= room:
			got[c], room = to, room-to-tableGap
		}
	}
	return got
}

// tableLine is a line of the table that is being written.
type tableLine struct {
	b strings.Builder
	// selected is the style of everything in the selected row but the signs; the zero style leaves each cell its own.
	selected theme.Style
	chosen   bool
}

// cell writes text, cut and filled up to width.
func (t *tableLine) cell(text string, width int, in theme.Style, more string) {
	n := cells(text)
	if n > width {
		text = cut(text, width, more)
		n = cells(text)
	}
	if t.chosen {
		in = t.selected
	}
	in.Write(&t.b, text)
	t.b.WriteString(blank(width - n))
}

// line puts the columns of a row behind each other, in exactly width cells.
func (t *tableLine) line(w columnWidths, width int, cell func(c column, width int)) string {
	used := tableMargin
	for c := colProfile; c < columns; c++ {
		if w[c] == 0 {
			continue
		}
		if c != colProfile {
			t.b.WriteString(blank(tableGap))
			used += tableGap
		}
		used += w[c]
		cell(c, w[c])
	}
	t.b.WriteString(blank(width - used))
	return t.b.String()
}

// profileLine draws the row of a profile in exactly width cells.
func (h *Home) profileLine(r *row, w columnWidths, width int, chosen bool, now time.Time) string {
	in := &h.styles
	t := tableLine{selected: in.chosen, chosen: chosen}
	t.b.Grow(2*width + 64)
	if chosen {
		t.b.WriteString(in.chosen.Of(in.selected))
		t.b.WriteByte(' ')
	} else {
		t.b.WriteString(blank(tableMargin))
	}
	return t.line(w, width, func(c column, width int) {
		text, style := r.cellOf(c, now), in.muted
		switch c {
		case colProfile:
			text, style = cutMiddle(text, width, h.list.differs[text], in.more), in.text
		case colIntegration:
			text = h.orSkipped(r.entry.Integration, width)
			text = cutMiddle(text, width, h.list.differs[text], in.more)
		case colRegion, colAge:
			text = cmp.Or(text, in.skipped)
		case colCheck:
			h.checkCell(&t, r, width, now)
			return
		case colDue, colPending:
			style = in.warn
		default:
		}
		t.cell(text, width, style, in.more)
	})
}

// orSkipped is the name of an integration, the short one where the other has no room, and the sign for none.
func (h *Home) orSkipped(id string, width int) string {
	name, known := h.list.names[id]
	switch {
	case cells(name.full) > width:
		return name.short
	case name.full != "":
		return name.full
	case known:
		return h.styles.skipped
	default:
		return "" // it is being looked up
	}
}

// checkCell draws how the last test ended, or how far the one is that runs.
func (h *Home) checkCell(t *tableLine, r *row, width int, now time.Time) {
	sign, words, brief, in := h.checkWords(r, now)
	if cells(words)+2 > width {
		words = brief
	}
	if cells(words)+2 > width {
		words = "" // the sign says it
	}
	keep := t.chosen
	t.chosen = false // its colour says what it says in any row
	t.cell(sign, 1, in, "")
	t.b.WriteByte(' ')
	t.chosen = keep
	if in == h.styles.good {
		in = h.styles.text
	}
	t.cell(words, max(width-2, 0), in, h.styles.more)
}

// checkWords is a sign, what to say, and the same in fewer words, "" when there are none.
func (h *Home) checkWords(r *row, now time.Time) (sign, words, brief string, in theme.Style) {
	i := &h.styles
	if t := h.tests.of(r.name); t != nil {
		if sign, words, in = t.words(i, h.spinner.View()); sign != "" {
			return sign, words, "", in
		}
	}
	c := r.entry.LastCheck
	if c == nil {
		if r.entry.CurrentSince.IsZero() {
			return i.todo, "pending", "", i.muted
		}
		return i.todo, "never", "", i.muted
	}
	state, words, brief := step.CheckedWords(c, now)
	switch state {
	case client.Failed:
		return i.failed, words, brief, i.bad
	case client.Warning:
		return i.warning, words, brief, i.warn
	default:
		return i.passed, words, brief, i.good
	}
}

// headLine draws the titles of the columns.
func (h *Home) headLine(w columnWidths, width int) string {
	t := tableLine{}
	t.b.WriteString(blank(tableMargin))
	return t.line(w, width, func(c column, width int) { t.cell(c.title(), width, h.styles.muted, h.styles.more) })
}

// drawnRows are rows as they were drawn: going through a list changes two of those in sight, and the others are not drawn
// again. They are drawn while a message is handled; View only puts them together.
type drawnRows struct {
	// What they depend on beside what they show.
	widths columnWidths
	width  int
	minute int64
	lines  map[int]string
}

// forgetDrawn has every row drawn anew.
func (h *Home) forgetDrawn() { h.drawn.lines = nil }

// drawRows draws the rows in sight that are not drawn yet.
func (h *Home) drawRows() {
	list, now := &h.list, h.env.Now()
	l := h.layout(h.size.Width, h.size.Height)
	w, minute := h.fitted(l), now.Unix()/60
	d := &h.drawn
	if d.lines == nil || d.widths != w || d.width != l.width || d.minute != minute {
		*d = drawnRows{w, l.width, minute, map[int]string{}}
	}
	for i := range min(l.tableRows, list.profiles()) {
		at := list.shown[list.leftShown+list.top+i]
		if r := &list.rows[at]; d.lines[at] == "" && h.tests.still(r.name) {
			d.lines[at] = h.profileLine(r, w, l.width, false, now)
		}
	}
}

// fitted are the widths of the columns: where not all rows are in sight, some cells are for the sign that says so.
func (h *Home) fitted(l layout) columnWidths {
	if h.list.profiles() > l.tableRows {
		return h.list.widths.fit(l.width - overflowMargin)
	}
	return h.list.widths.fit(l.width)
}

// row is a row as it is drawn.
func (h *Home) row(at int, w columnWidths, width int, chosen bool, now time.Time) string {
	r, d := &h.list.rows[at], &h.drawn
	if !chosen && d.widths == w && d.width == width && d.minute == now.Unix()/60 && h.tests.still(r.name) {
		if line := d.lines[at]; line != "" {
			return line
		}
	}
	return h.profileLine(r, w, width, chosen, now)
}
