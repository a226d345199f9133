package screen

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client/catalog/form"
	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// sheet is the product's form as a list: one row a field, and a last row that goes on.
type sheet struct {
	field.List
	look  *theme.Theme
	rows  []sheetRow
	shown int // the row whose secret is readable, -1 for none
	goOn  string
}

func newSheet(look *theme.Theme) *sheet {
	s := &sheet{List: field.NewList(field.WithThemeAt(look)), look: look, shown: -1, goOn: "Go on"}
	s.Len, s.Row, s.Alone = func() int { return len(s.rows) + 1 }, s.row, true
	s.Tick = func(int) {
		if r := s.current(); r != nil {
			r.done = !r.done
		}
	}
	return s
}

// sheetRow is one field of a form.
type sheetRow struct {
	form.Entry
	// mark is the id under which the tick is kept; heading is above the first row of a form when there are several.
	mark, heading string
	// save is below the last row of a form: the button that ends it in the product; "" where that is not known.
	save string
	done bool
}

// current is the row under the cursor; nil on the last one, which goes on.
func (s *sheet) current() *sheetRow {
	if s.At() >= len(s.rows) {
		return nil
	}
	return &s.rows[s.At()]
}

// left is how many fields are neither done nor as they were before.
func (s *sheet) left() (n int) {
	for _, r := range s.rows {
		if !r.done && !r.Unchanged {
			n++
		}
	}
	return n
}

func (s *sheet) done() (n int) {
	for _, r := range s.rows {
		if r.done {
			n++
		}
	}
	return n
}

// changed is how many fields are to be filled in anew, done how many of them are.
func (s *sheet) changed() (changed, done int) {
	for _, r := range s.rows {
		if !r.Unchanged {
			changed++
			if r.done {
				done++
			}
		}
	}
	return changed, done
}

// row draws a field of the form with what is above and below it, and the last row.
func (s *sheet) row(i, width int) (d field.Drawn) {
	if i == len(s.rows) {
		return s.last(width)
	}
	if heading := s.rows[i].heading; heading != "" {
		if i > 0 {
			d.Lines = append(d.Lines, "")
		}
		d.Lines = append(d.Lines, field.Wrap(heading, width, 0, s.look.Styles.Label)...)
	}
	d.From = len(d.Lines)
	d.Lines = append(d.Lines, s.rowLines(i, s.column(width), width)...)
	d.To = len(d.Lines)
	if save := s.rows[i].save; save != "" {
		d.Lines = append(d.Lines, field.Wrap("Then: "+save, width, 2, s.look.Styles.Text)...)
	}
	if i == len(s.rows)-1 {
		d.Lines = append(d.Lines, "")
	}
	return d
}

// last draws the row that goes on; what ends the form is read before it is left.
func (s *sheet) last(width int) field.Drawn {
	style, mark := s.look.Styles.Text, " "
	if s.current() == nil {
		style = s.look.Styles.Selected
		if s.Focused() {
			mark = style.Render(s.look.Glyphs.Selected)
		}
	}
	line := mark + " " + style.Render(ansi.Truncate(s.goOn, max(1, width-2), ""))
	return field.Drawn{Lines: []string{line}, From: -2, To: 1, Cursor: tea.NewCursor(0, 0)}
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
	r, st, here := &s.rows[i], s.look.Styles, i == s.At()
	label := st.Text
	switch {
	case here:
		label = st.Selected
	case r.Unchanged:
		label = st.Muted
	}
	lines := s.withValue(s.Titled(here, s.Box(r.done), r.Label, label, width), i, column, width)
	if !here {
		return lines
	}
	need := "Required. "
	if !r.Required {
		need = "Optional. "
	}
	if r.Unchanged {
		need = "Unchanged: it is there already. "
	}
	return append(lines, field.Wrap(need+r.Advice, width, s.margin(), st.Muted)...)
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
		brief := field.Cut(firstClause(r.Advice), width-column, s.look.Glyphs.More)
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
	case r.Unchanged && i != s.shown && r.Value.IsZero() && r.Text == "":
		return "", st.Muted
	case r.Unchanged && i != s.shown && i != s.At():
		return "unchanged", st.Muted
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
	if at := strings.IndexAny(text, ".,;"); at >= 0 {
		return text[:at]
	}
	return text
}
