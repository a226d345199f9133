package field

import (
	"fmt"
	"math"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// pageRows is how many rows a page is.
const pageRows = 5

// List is the cursor of every list of rows: a Choice, a Checklist, the sheet of a product's form and that of the console. It
// goes by rows and pages, follows clicks, and says which lines stay in sight. What a row is, and how it looks, is its owner's.
type List struct {
	// Len is how many rows there are now.
	Len func() int
	// Row draws one of them. Its From and To are the lines that stay in sight while it is current, all when they are equal, and
	// Cursor is where the cursor is, nil for the first of those lines.
	Row func(i, width int) Drawn
	// Tick is what space does to the current row; nil for nothing.
	Tick func(i int)
	// Moved is told of every move; nil for nobody.
	Moved func()
	// Alone is set where there is no other field that arrows could go to.
	Alone bool

	config
	// head draws what is between the label and the rows, foot what is under them; nil for nothing.
	head, foot func(width int) Drawn
	at         int
	focused    bool
}

// NewList makes a List without rows; its owner sets the functions.
func NewList(opts ...Option) List { return List{config: newConfig(opts)} }

// At is the row under the cursor.
func (l *List) At() int { return l.at }

// Move goes to a row, as far as there are any.
func (l *List) Move(to int) {
	l.at = max(0, min(to, l.Len()-1))
	if l.Moved != nil {
		l.Moved()
	}
}

// Update implements Field.
func (l *List) Update(msg tea.Msg) tea.Cmd {
	if press, ok := msg.(tea.KeyPressMsg); ok && l.focused {
		l.press(press)
	}
	return nil
}

func (l *List) press(msg tea.KeyPressMsg) bool {
	to, moves := Steer(msg, l.at, l.Len(), pageRows)
	switch k := l.keys; {
	case moves:
		l.Move(to)
	case l.Tick != nil && l.at < l.Len() && key.Matches(msg, k.Toggle):
		l.Tick(l.at)
	default:
		return false
	}
	return true
}

// Focus implements Field.
func (l *List) Focus() tea.Cmd { l.focused = true; return nil }

// Blur implements Field.
func (l *List) Blur() { l.focused = false }

// Focused implements Field.
func (l *List) Focused() bool { return l.focused }

// Takes implements Field: arrows stay in the list until they reach its end.
func (l *List) Takes(msg tea.KeyPressMsg) bool {
	switch {
	case key.Matches(msg, l.keys.Up):
		return l.Alone || l.at > 0
	case key.Matches(msg, l.keys.Down):
		return l.Alone || l.at < l.Len()-1
	}
	return false
}

// Typing implements Field.
func (l *List) Typing() bool { return false }

// pages tells the form that the list moves by pages itself.
func (l *List) pages() bool { return !l.Alone }

// Click implements Field: the row that was clicked is the current one.
func (l *List) Click(width, _, y int) {
	if i, _ := l.Hit(width, y); i >= 0 {
		l.Move(i)
	}
}

// Hit is the row that is drawn on a line, and which of its lines that is; -1 for none.
func (l *List) Hit(width, y int) (row, line int) {
	_, starts := l.draw(width)
	for i := len(starts) - 1; i >= 0; i-- {
		if y >= starts[i] {
			return i, y - starts[i]
		}
	}
	return -1, 0
}

// View implements Field.
func (l *List) View(width int) Drawn {
	d, _ := l.draw(width)
	return d
}

// draw gives the lines and the first line of each row.
func (l *List) draw(width int) (d Drawn, starts []int) {
	d.Lines = l.labelLines(width, l.focused)
	if l.head != nil {
		d.add(l.head(width))
	}
	n := l.Len()
	drawn := make([]Drawn, n)
	row := func(i int) Drawn { // of a long list only what is looked at is drawn
		if drawn[i].Lines == nil {
			drawn[i] = l.Row(i, width)
		}
		return drawn[i]
	}
	first, end := l.window(n, row)
	for i := range n {
		switch {
		case i < first:
			starts = append(starts, -1) // a click on the sign that there is more goes to the last of them
			continue
		case i >= end:
			starts = append(starts, math.MaxInt)
			continue
		case i == first && first > 0:
			d.Lines = append(d.Lines, l.more(l.theme.Glyphs.Above, first, width))
		}
		from := len(d.Lines)
		starts = append(starts, from)
		d.Lines = append(d.Lines, row(i).Lines...)
		if i == l.at && l.focused {
			d.hold(row(i), from)
		}
	}
	if end < n {
		d.Lines = append(d.Lines, l.more(l.theme.Glyphs.Below, n-end, width))
	}
	if l.foot != nil {
		d.add(l.foot(width))
	}
	return d, starts
}

// add puts a part under what is drawn.
func (d *Drawn) add(part Drawn) {
	from := len(d.Lines)
	d.Lines = append(d.Lines, part.Lines...)
	if part.To > 0 {
		d.From, d.To = from+part.From, from+part.To
	}
	if part.Cursor != nil {
		d.Cursor = cursorAt(part.Cursor.X, from+part.Cursor.Y)
	}
}

// hold keeps a row that was drawn from a line on in sight.
func (d *Drawn) hold(row Drawn, from int) {
	if row.From == row.To {
		row.From, row.To = 0, len(row.Lines)
	}
	d.From, d.To = max(0, from+row.From), from+row.To
	switch {
	case d.Cursor != nil: // of what is typed above the list
	case row.Cursor != nil:
		d.Cursor = cursorAt(row.Cursor.X, from+row.Cursor.Y)
	default:
		d.Cursor = cursorAt(0, d.From)
	}
}

// window is the rows around the current one that there is room for, with a line above and below that says that there are
// more.
func (l *List) window(n int, row func(int) Drawn) (first, end int) {
	room := 0
	if l.room != nil {
		room = l.room()
	}
	if room <= 0 || l.at >= n || fitsAll(n, room, row) {
		return 0, n
	}
	first, end = l.at, l.at+1
	used := len(row(l.at).Lines) + 2
	for grown := true; grown; {
		grown = false
		if end < n && used+len(row(end).Lines) <= room {
			used += len(row(end).Lines)
			end++
			grown = true
		}
		if first > 0 && used+len(row(first-1).Lines) <= room {
			first--
			used += len(row(first).Lines)
			grown = true
		}
	}
	return first, end
}

func fitsAll(n, room int, row func(int) Drawn) bool {
	total := n // each row has a line at least
	for i := 0; i < n && total <= room; i++ {
		total += len(row(i).Lines) - 1
	}
	return total <= room
}

func (l *List) more(sign string, n, width int) string {
	text := fmt.Sprintf("%s %d more", sign, n)
	return strings.Repeat(" ", indent) + l.theme.Styles.Muted.Render(ansi.Truncate(text, max(1, width-indent), ""))
}

// Titled draws the title of a row behind the sign of the cursor, where here is set, and the row's own sign.
func (l *List) Titled(here bool, sign, title string, style lipgloss.Style, width int) []string {
	mark := " "
	if here && l.focused {
		mark = l.theme.Styles.Selected.Render(l.theme.Glyphs.Selected)
	}
	margin := lipgloss.Width(sign) + 3
	lines := Wrap(title, max(1, width-margin), 0, style)
	if len(lines) == 0 {
		lines = []string{""}
	}
	lines[0] = mark + " " + sign + " " + lines[0]
	for i := 1; i < len(lines); i++ {
		lines[i] = strings.Repeat(" ", margin) + lines[i]
	}
	return lines
}

// Box is the sign of a row that is ticked or not.
func (l *List) Box(ticked bool) string {
	if ticked {
		return l.theme.Styles.Good.Render(l.theme.Glyphs.Ticked)
	}
	return l.theme.Styles.Text.Render(l.theme.Glyphs.Unticked)
}
