package screen

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client/catalog/form"
	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// sheet is the product's form as a list: one row a field, and a last row that goes on.
type sheet struct {
	look    *theme.Theme
	keys    field.KeyMap
	rows    []sheetRow
	at      int
	shown   int // the row whose secret is readable, -1 for none
	focused bool
	goOn    string
}

// sheetRow is one field of a form.
type sheetRow struct {
	form.Entry
	// mark is the id under which the tick is kept; heading stands above the first row of a form when there are several.
	mark, heading string
	// save stands below the last row of a form: the button that ends it in the product; "" where that is not known.
	save string
	done bool
}

// current is the row under the cursor; nil on the last one, which goes on.
func (s *sheet) current() *sheetRow {
	if s.at >= len(s.rows) {
		return nil
	}
	return &s.rows[s.at]
}

func (s *sheet) move(to int) { s.at = max(0, min(to, len(s.rows))) }

func (s *sheet) done() (n int) {
	for _, r := range s.rows {
		if r.done {
			n++
		}
	}
	return n
}

// Update implements field.Field.
func (s *sheet) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok || !s.focused {
		return nil
	}
	switch {
	case key.Matches(press, s.keys.Up):
		s.move(s.at - 1)
	case key.Matches(press, s.keys.Down):
		s.move(s.at + 1)
	case key.Matches(press, s.keys.PageUp):
		s.move(s.at - 5)
	case key.Matches(press, s.keys.PageDown):
		s.move(s.at + 5)
	case key.Matches(press, s.keys.Home):
		s.move(0)
	case key.Matches(press, s.keys.End):
		s.move(len(s.rows))
	case key.Matches(press, s.keys.Toggle):
		if r := s.current(); r != nil {
			r.done = !r.done
		}
	}
	return nil
}

// Focus implements field.Field.
func (s *sheet) Focus() tea.Cmd { s.focused = true; return nil }

// Blur implements field.Field.
func (s *sheet) Blur() { s.focused = false }

// Focused implements field.Field.
func (s *sheet) Focused() bool { return s.focused }

// Takes implements field.Field: there is no other field that arrows could go to.
func (s *sheet) Takes(msg tea.KeyPressMsg) bool { return key.Matches(msg, s.keys.Up, s.keys.Down) }

// Typing implements field.Field.
func (s *sheet) Typing() bool { return false }

// Click implements field.Field: the row that was clicked is selected.
func (s *sheet) Click(width, _, y int) {
	_, starts := s.draw(width)
	for i := len(starts) - 1; i >= 0; i-- {
		if y >= starts[i] {
			s.move(i)
			return
		}
	}
}

// View implements field.Field.
func (s *sheet) View(width int) field.Drawn {
	d, _ := s.draw(width)
	return d
}

// draw gives the lines and the first line of each row, that of the last row included.
func (s *sheet) draw(width int) (d field.Drawn, starts []int) {
	column := s.column(width)
	for i := range s.rows {
		from := len(d.Lines)
		starts = append(starts, from)
		if heading := s.rows[i].heading; heading != "" {
			if i > 0 {
				d.Lines = append(d.Lines, "")
			}
			d.Lines = append(d.Lines, field.Wrap(heading, width, 0, s.look.Styles.Label)...)
			from = len(d.Lines)
		}
		d.Lines = append(d.Lines, s.rowLines(i, column, width)...)
		s.focusAt(&d, i, from)
		if save := s.rows[i].save; save != "" {
			d.Lines = append(d.Lines, field.Wrap("Then: "+save, width, 2, s.look.Styles.Text)...)
		}
	}
	ended := len(d.Lines)
	d.Lines = append(d.Lines, "")
	starts = append(starts, len(d.Lines))
	from := len(d.Lines)
	style := s.look.Styles.Text
	if s.at == len(s.rows) {
		style = s.look.Styles.Selected
	}
	d.Lines = append(d.Lines, s.sign(len(s.rows))+" "+style.Render(ansi.Truncate(s.goOn, max(1, width-2), "")))
	s.focusAt(&d, len(s.rows), from)
	if s.at == len(s.rows) && s.focused && ended > 0 {
		d.From = ended - 1 // what ends the form is read before it is left
	}
	return d, starts
}

// focusAt keeps the row i, drawn from a line on, in sight when the cursor is on it.
func (s *sheet) focusAt(d *field.Drawn, i, from int) {
	if i == s.at && s.focused {
		d.From, d.To = from, len(d.Lines)
		d.Cursor = tea.NewCursor(0, from)
		d.Cursor.Shape = tea.CursorBar
	}
}

func (s *sheet) sign(i int) string {
	if i == s.at && s.focused {
		return s.look.Styles.Selected.Render(s.look.Glyphs.Selected)
	}
	return " "
}

// margin is where labels begin: the cursor's sign, a space, the tick, a space.
func (s *sheet) margin() int { return lipgloss.Width(s.look.Glyphs.Ticked) + 3 }

// column is where values begin; 0 where they have lines of their own.
func (s *sheet) column(width int) int {
	widest := 0
	for _, r := range s.rows {
		if w := lipgloss.Width(r.Label); w <= 26 {
			widest = max(widest, w)
		}
	}
	if column := s.margin() + widest + 2; width-column >= 24 {
		return column
	}
	return 0
}

// rowLines draws one field: tick, label, value; below it, under the cursor, what to put there.
func (s *sheet) rowLines(i, column, width int) []string {
	r, st, g, margin := &s.rows[i], s.look.Styles, s.look.Glyphs, s.margin()
	box, boxStyle, label := g.Unticked, st.Text, st.Text
	if r.done {
		box, boxStyle = g.Ticked, st.Good
	}
	if i == s.at {
		label = st.Selected
	}
	lines := field.Wrap(r.Label, max(1, width-margin), 0, label)
	for n := range lines {
		if n == 0 {
			lines[n] = s.sign(i) + " " + boxStyle.Render(box) + " " + lines[n]
		} else {
			lines[n] = strings.Repeat(" ", margin) + lines[n]
		}
	}
	lines = s.withValue(lines, i, column, width)
	if i != s.at {
		return lines
	}
	need := "Required. "
	if !r.Required {
		need = "Optional. "
	}
	return append(lines, field.Wrap(need+r.Advice, width, margin, st.Muted)...)
}

// withValue puts the value beside the label, or on lines of its own where it does not fit.
func (s *sheet) withValue(lines []string, i, column, width int) []string {
	r, st, margin := &s.rows[i], s.look.Styles, s.margin()
	value, style := s.value(i)
	if value == "" {
		if column == 0 || len(lines) > 1 || lipgloss.Width(lines[0])+2 > column {
			return lines
		}
		gap := column - lipgloss.Width(lines[0])
		brief := ansi.Truncate(firstClause(r.Advice), width-column, s.look.Glyphs.More)
		return []string{lines[0] + strings.Repeat(" ", gap) + st.Muted.Render(brief)}
	}
	label := lipgloss.Width(lines[0])
	if gap := max(2, column-label); column > 0 && len(lines) == 1 && label+gap+lipgloss.Width(value) <= width {
		return []string{lines[0] + strings.Repeat(" ", gap) + style.Render(value)}
	}
	if w := lipgloss.Width(value); width <= margin+8 || w > width-margin && w < width {
		margin = max(0, min(margin, width-w)) // rather no margin than a host in two parts
	}
	for part := range strings.SplitSeq(ansi.Hardwrap(value, max(1, width-margin), true), "\n") {
		lines = append(lines, strings.Repeat(" ", margin)+style.Render(part))
	}
	return lines
}

// value is what is shown of a row's value, and how.
func (s *sheet) value(i int) (string, lipgloss.Style) {
	r, st := &s.rows[i], s.look.Styles
	switch {
	case r.Value.IsZero():
		return r.Text, st.Value
	case i == s.shown:
		return readable(r.Value), st.Value
	default:
		return strings.Repeat(s.look.Glyphs.Mask, 8) + " " + strconv.Itoa(r.Value.Len()) + " characters", st.Text
	}
}

// firstClause is the beginning of an advice, up to its first sign.
func firstClause(text string) string {
	if at := strings.IndexAny(text, ".,:;"); at >= 0 {
		return text[:at]
	}
	return text
}
