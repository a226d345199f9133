package screen

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client/catalog/console"
	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// walk is a checklist of the console. The item under the cursor is open: it shows where to click, what to type, and why;
// the cursor goes through what is to be typed, so that each value can be copied.
type walk struct {
	look    *theme.Theme
	keys    field.KeyMap
	items   []console.Item
	ticked  map[string]bool
	at      int // the item
	value   int // the value of the item, -1 on the item itself
	focused bool
}

// set replaces the items; the cursor stays on its item, or goes to the first that is not ticked.
func (w *walk) set(items []console.Item) {
	id := ""
	if item := w.current(); item != nil {
		id = item.ID
	}
	w.items, w.at, w.value = items, 0, -1
	for n, item := range items {
		if item.ID == id {
			w.at = n
			return
		}
	}
	for w.at < len(items)-1 && w.ticked[items[w.at].ID] {
		w.at++
	}
}

func (w *walk) current() *console.Item {
	if w.at >= len(w.items) {
		return nil
	}
	return &w.items[w.at]
}

// copyable is the value under the cursor: that of the item's first value on the item itself.
func (w *walk) copyable() (console.Value, bool) {
	item := w.current()
	if item == nil || len(item.Values) == 0 {
		return console.Value{}, false
	}
	return item.Values[max(0, w.value)], true
}

// Update implements field.Field.
func (w *walk) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok || !w.focused || len(w.items) == 0 {
		return nil
	}
	switch {
	case key.Matches(press, w.keys.Up):
		w.up()
	case key.Matches(press, w.keys.Down):
		w.down()
	case key.Matches(press, w.keys.PageUp):
		w.goTo(w.at - 5)
	case key.Matches(press, w.keys.PageDown):
		w.goTo(w.at + 5)
	case key.Matches(press, w.keys.Home):
		w.goTo(0)
	case key.Matches(press, w.keys.End):
		w.goTo(len(w.items) - 1)
	case key.Matches(press, w.keys.Toggle):
		w.toggle()
	}
	return nil
}

func (w *walk) goTo(at int) { w.at, w.value = max(0, min(at, len(w.items)-1)), -1 }

func (w *walk) down() {
	switch {
	case w.value+1 < len(w.items[w.at].Values):
		w.value++
	case w.at+1 < len(w.items):
		w.goTo(w.at + 1)
	}
}

func (w *walk) up() {
	switch {
	case w.value >= 0:
		w.value--
	case w.at > 0:
		w.goTo(w.at - 1)
		w.value = len(w.items[w.at].Values) - 1
	}
}

// toggle ticks the item and goes to the next, or takes its tick away.
func (w *walk) toggle() {
	id := w.items[w.at].ID
	w.ticked = tick(w.ticked, id, !w.ticked[id])
	if w.ticked[id] {
		w.goTo(w.at + 1)
	}
}

// Focus implements field.Field.
func (w *walk) Focus() tea.Cmd { w.focused = true; return nil }

// Blur implements field.Field.
func (w *walk) Blur() { w.focused = false }

// Focused implements field.Field.
func (w *walk) Focused() bool { return w.focused }

// Takes implements field.Field: there is no other field that arrows could go to.
func (w *walk) Takes(msg tea.KeyPressMsg) bool { return key.Matches(msg, w.keys.Up, w.keys.Down) }

// Typing implements field.Field.
func (w *walk) Typing() bool { return false }

// Click implements field.Field: an item is opened; the one that is open is ticked or unticked.
func (w *walk) Click(width, _, y int) {
	_, starts := w.draw(width)
	for n := len(starts) - 1; n >= 0; n-- {
		if y < starts[n] {
			continue
		}
		if n != w.at {
			w.goTo(n)
		} else if y == starts[n] {
			w.toggle()
		}
		return
	}
}

// View implements field.Field.
func (w *walk) View(width int) field.Drawn {
	d, _ := w.draw(width)
	return d
}

func (w *walk) draw(width int) (d field.Drawn, starts []int) {
	for n := range w.items {
		from := len(d.Lines)
		starts = append(starts, from)
		lines, cursor := w.itemLines(n, width)
		d.Lines = append(d.Lines, lines...)
		if n == w.at && w.focused {
			d.From, d.To = from, len(d.Lines)
			if cursor > 0 {
				d.From = from + cursor // the value under the cursor matters most where not all of it fits
			}
			d.Cursor = tea.NewCursor(0, from+cursor)
			d.Cursor.Shape = tea.CursorBar
		}
	}
	return d, starts
}

// itemLines draws an item; cursor is the line that the cursor is on.
func (w *walk) itemLines(n, width int) (lines []string, cursor int) {
	item, st, g := w.items[n], w.look.Styles, w.look.Glyphs
	box, style, title := g.Unticked, st.Text, st.Text
	if w.ticked[item.ID] {
		box, style, title = g.Ticked, st.Good, st.Muted
	}
	mark, open := " ", n == w.at
	if open {
		title = st.Selected
		if w.value < 0 && w.focused {
			mark = st.Selected.Render(g.Selected)
		}
	}
	margin := lipgloss.Width(box) + 3
	room := max(1, width-margin)
	if !open { // one line each, so that the whole way can be seen
		short := ansi.Truncate(item.Title, room, g.More)
		return []string{mark + " " + style.Render(box) + " " + title.Render(short)}, 0
	}
	lines = field.Wrap(item.Title, room, 0, title)
	for i := range lines {
		if i == 0 {
			lines[i] = mark + " " + style.Render(box) + " " + lines[i]
		} else {
			lines[i] = strings.Repeat(" ", margin) + lines[i]
		}
	}
	if item.Path != "" {
		lines = append(lines, field.Wrap(item.Path, width, margin, st.Accent)...)
	}
	for _, also := range item.Also {
		lines = append(lines, field.Wrap("or "+also, width, margin, st.Muted)...)
	}
	for i, v := range item.Values {
		if i == w.value {
			cursor = len(lines)
		}
		lines = append(lines, w.valueLines(v, i == w.value, margin, width)...)
	}
	if item.Reason != "" {
		lines = append(lines, field.Wrap(item.Reason, width, margin, st.Muted)...)
	}
	return lines, cursor
}

// valueLines draws what to put into the console: what to do, where, and the value.
func (w *walk) valueLines(v console.Value, current bool, margin, width int) []string {
	st, g := w.look.Styles, w.look.Glyphs
	text := string(v.Kind) + " " + v.Label + ": "
	lines := field.Wrap(text+v.Text, width, margin, st.Text)
	if len(lines) == 1 { // one line: the value stands out
		lines[0] = strings.Repeat(" ", margin) + st.Muted.Render(text) + st.Value.Render(v.Text)
		if width <= margin+8 {
			lines[0] = st.Muted.Render(text) + st.Value.Render(v.Text)
		}
	}
	if current && w.focused && margin >= 2 && strings.HasPrefix(lines[0], "  ") {
		lines[0] = st.Selected.Render(g.Selected) + lines[0][1:]
	}
	return lines
}
