package screen

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"mimecred/client/catalog/console"
	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// walk is a checklist of the console. The item under the cursor is open: it shows where to click, what to type, and why;
// the cursor goes through what is to be typed, so that each value can be copied.
type walk struct {
	field.List
	look   *theme.Theme
	items  []console.Item
	ticked map[string]bool
	value  int // the value of the item, -1 on the item itself
	// linked makes addresses links of the terminal: no browser can be opened from here.
	linked bool
}

func newWalk(look *theme.Theme, ticked map[string]bool) *walk {
	w := &walk{List: field.NewList(field.WithThemeAt(look)), look: look, ticked: ticked, value: -1}
	w.Len, w.Row, w.Tick, w.Alone = func() int { return len(w.items) }, w.row, w.tick, true
	w.Moved = func() { w.value = -1 }
	return w
}

// set replaces the items; the cursor stays on its item, or goes to the first that is not ticked.
func (w *walk) set(items []console.Item) {
	id := ""
	if item := w.current(); item != nil {
		id = item.ID
	}
	w.items = items
	at := slices.IndexFunc(items, func(item console.Item) bool { return item.ID == id })
	if at < 0 {
		at = slices.IndexFunc(items, func(item console.Item) bool { return !w.ticked[item.ID] })
	}
	if at < 0 {
		at = len(items) - 1
	}
	w.Move(at)
}

func (w *walk) current() *console.Item {
	if w.At() >= len(w.items) {
		return nil
	}
	return &w.items[w.At()]
}

// copyable is the value under the cursor: that of the item's first value on the item itself.
func (w *walk) copyable() (console.Value, bool) {
	item := w.current()
	if item == nil || len(item.Values) == 0 {
		return console.Value{}, false
	}
	return item.Values[max(0, w.value)], true
}

// Update implements field.Field: arrows go through the values of the open item before they leave it.
func (w *walk) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	item := w.current()
	if !ok || !w.Focused() || item == nil {
		return nil
	}
	keys := field.DefaultKeyMap()
	switch {
	case key.Matches(press, keys.Down) && w.value+1 < len(item.Values):
		w.value++
	case key.Matches(press, keys.Down) && w.At()+1 == len(w.items):
	case key.Matches(press, keys.Up) && w.value >= 0:
		w.value--
	case key.Matches(press, keys.Up) && w.At() > 0:
		w.Move(w.At() - 1)
		w.value = len(w.current().Values) - 1
	default:
		return w.List.Update(msg)
	}
	return nil
}

// tick ticks an item and goes to the next, or takes its tick away.
func (w *walk) tick(i int) {
	id := w.items[i].ID
	w.ticked = tick(w.ticked, id, !w.ticked[id])
	if w.ticked[id] {
		w.Move(i + 1)
	}
}

// Click implements field.Field: an item is opened; the one that is open is ticked or unticked.
func (w *walk) Click(width, _, y int) {
	switch i, line := w.Hit(width, y); {
	case i < 0:
	case i != w.At():
		w.Move(i)
	case line == 0:
		w.tick(i)
	}
}

// row draws an item; where not all of it fits, the value under the cursor matters most.
func (w *walk) row(n, width int) field.Drawn {
	item, st, g := w.items[n], w.look.Styles, w.look.Glyphs
	box, title := w.Box(w.ticked[item.ID]), st.Text
	switch {
	case w.ticked[item.ID]:
		title = st.Muted
	case item.Confirm: // easily missed
		box += " " + st.Warn.Render(g.Warning)
	}
	margin := lipgloss.Width(box) + 3
	if n != w.At() { // one line each, so that the whole way can be seen
		return field.Drawn{Lines: w.Titled(false, box, field.Cut(item.Title, max(1, width-margin), g.More), title, width)}
	}
	d := field.Drawn{Lines: w.Titled(w.value < 0, box, item.Title, st.Selected, width)}
	if item.Path != "" {
		d.Lines = append(d.Lines, field.Wrap(item.Path, width, margin, st.Accent)...)
	}
	for _, also := range item.Also {
		d.Lines = append(d.Lines, field.Wrap("or "+also, width, margin, st.Muted)...)
	}
	for i, v := range item.Values {
		if i == w.value {
			d.From = len(d.Lines)
		}
		d.Lines = append(d.Lines, w.valueLines(v, i == w.value, margin, width)...)
	}
	d.Lines = append(d.Lines, field.Wrap(item.Reason, width, margin, st.Muted)...)
	d.To = len(d.Lines)
	return d
}

// valueLines draws what to put into the console: what to do, where, and the value.
func (w *walk) valueLines(v console.Value, current bool, margin, width int) []string {
	st, g := w.look.Styles, w.look.Glyphs
	text := string(v.Kind) + " " + v.Label + ": "
	whole, style := st.Text, st.Value
	if w.linked && v.Kind == console.Open {
		whole, style = whole.Hyperlink(v.Text), style.Hyperlink(v.Text)
	}
	lines := field.Wrap(text+v.Text, width, margin, whole)
	if len(lines) == 1 { // one line: the value stands out
		lines[0] = strings.Repeat(" ", margin) + st.Muted.Render(text) + style.Render(v.Text)
		if width <= margin+8 {
			lines[0] = st.Muted.Render(text) + style.Render(v.Text)
		}
	}
	if current && w.Focused() && margin >= 2 && strings.HasPrefix(lines[0], "  ") {
		lines[0] = st.Selected.Render(g.Selected) + lines[0][1:]
	}
	return lines
}
