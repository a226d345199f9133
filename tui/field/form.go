package field

import (
	"math"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/theme"
)

// Form is a stack of items of which one field has the focus. Tab, shift+tab and enter go from field to field, arrows too
// where the field has no use for them; enter on the last field submits. What does not fit scrolls, the focused field in
// sight.
type Form struct {
	items  []Item
	keys   KeyMap
	theme  theme.Theme
	at     Field
	scroll int
	// lead shows the beginning of what belongs to the focused field where not all of it fits, until the next key.
	lead bool
	// says tells that what does not fit is said in a line of its own, and that pages are the form's, not a list's.
	says   bool
	width  int
	height int
}

// NewForm makes a Form with the focus on its first field.
func NewForm(t theme.Theme, items ...Item) *Form {
	f := &Form{keys: DefaultKeyMap(), theme: t}
	f.SetItems(items...)
	return f
}

// SetItems replaces what the form shows. The focus stays on its field when that is still there.
func (f *Form) SetItems(items ...Item) {
	f.items = items
	fields := f.fields()
	if f.at != nil && slices.Contains(fields, f.at) {
		return
	}
	if f.at != nil {
		f.at.Blur()
		f.at = nil
	}
	if len(fields) > 0 {
		f.Focus(fields[0])
	}
}

func (f *Form) fields() []Field {
	var fields []Field
	for _, item := range f.items {
		if field, ok := item.(Field); ok {
			fields = append(fields, field)
		}
	}
	return fields
}

// SetTheme changes how the signs at the edge look; fields have their own (see WithThemeAt).
func (f *Form) SetTheme(t theme.Theme) { f.theme = t }

// SetSize tells how large the form is drawn; clicks need it.
func (f *Form) SetSize(width, height int) { f.width, f.height = width, height }

// Focused is the field that has the focus; nil in a form without fields.
func (f *Form) Focused() Field { return f.at }

// Focus moves the focus to a field of the form.
func (f *Form) Focus(to Field) tea.Cmd {
	if f.at != nil && f.at != to {
		f.at.Blur()
	}
	f.at, f.scroll, f.lead = to, 0, false
	return to.Focus()
}

// Lead shows what was just said about the focused field from its first line, even where that hides the field; the next
// key that is not for scrolling goes back to the field.
func (f *Form) Lead() { f.scroll, f.lead = 0, true }

// Typing tells whether letters are text now.
func (f *Form) Typing() bool { return f.at != nil && f.at.Typing() }

// Update passes a message to the field that it is for. submitted is true when enter was pressed on the last field.
func (f *Form) Update(msg tea.Msg) (cmd tea.Cmd, submitted bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if !f.Typing() {
			msg = Arrow(msg)
		}
		if f.scrollKey(msg) {
			return nil, false
		}
		f.scroll, f.lead = 0, false
		return f.press(msg)
	case tea.PasteMsg:
		f.scroll, f.lead = 0, false
		if f.at == nil {
			return nil, false
		}
		return f.at.Update(msg), false
	case tea.MouseClickMsg:
		return f.click(msg), false
	case tea.MouseWheelMsg:
		f.wheel(msg)
		return nil, false
	default:
		var cmds []tea.Cmd
		for _, field := range f.fields() {
			cmds = append(cmds, field.Update(msg))
		}
		return tea.Batch(cmds...), false
	}
}

func (f *Form) press(msg tea.KeyPressMsg) (cmd tea.Cmd, submitted bool) {
	if f.at == nil {
		return nil, key.Matches(msg, f.keys.Submit)
	}
	if f.at.Takes(msg) {
		return f.at.Update(msg), false
	}
	switch {
	case key.Matches(msg, f.keys.Submit):
		if cmd, refused := f.refuse(); refused {
			return cmd, false
		}
		if !f.last() {
			return f.step(1), false
		}
		return nil, true
	case key.Matches(msg, f.keys.NextField):
		return f.step(1), false
	case key.Matches(msg, f.keys.PrevField):
		return f.step(-1), false
	case key.Matches(msg, f.keys.Down):
		if !f.last() {
			return f.step(1), false
		}
		return nil, false
	case key.Matches(msg, f.keys.Up):
		if !f.first() {
			return f.step(-1), false
		}
		return nil, false
	}
	return f.at.Update(msg), false
}

// refuse stops at a field that holds a secret and is not for one: at the focused one, and before a form is submitted at any.
func (f *Form) refuse() (cmd tea.Cmd, refused bool) {
	fields := []Field{f.at}
	if f.last() {
		fields = f.fields()
	}
	for _, field := range fields {
		if text, ok := field.(*Text); ok && text.Refuse() {
			return f.Focus(field), true
		}
	}
	return nil, false
}

// scrollKey moves the text by pages where the focused field has no use for that, and with an arrow that has nothing to move
// the focus to: in a form without fields, above the first field and behind the last.
func (f *Form) scrollKey(msg tea.KeyPressMsg) bool {
	free := f.at == nil || f.last() && !f.at.Takes(msg)
	paged := f.at == nil || (f.says || !pages(f.at)) && !f.whole()
	top := f.at != nil && f.first() && !f.at.Takes(tea.KeyPressMsg{Code: tea.KeyUp})
	switch {
	case top && key.Matches(msg, f.keys.PageUp):
		f.scrollBy(-max(1, f.height-2))
	case top && f.scroll <= 0 && key.Matches(msg, f.keys.Up):
		f.scrollBy(-1)
	case f.at == nil && key.Matches(msg, f.keys.Home):
		f.scrollBy(-math.MaxInt32)
	case f.at == nil && key.Matches(msg, f.keys.End):
		f.scrollBy(math.MaxInt32)
	case paged && key.Matches(msg, f.keys.PageDown):
		f.scrollBy(max(1, f.height-2))
	case paged && key.Matches(msg, f.keys.PageUp):
		f.scrollBy(-max(1, f.height-2))
	case free && key.Matches(msg, f.keys.Down):
		f.scrollBy(1)
	case f.scroll > 0 && key.Matches(msg, f.keys.Up):
		f.scrollBy(-1)
	default:
		return f.at == nil && key.Matches(msg, f.keys.Up)
	}
	return true
}

// whole tells whether all of the form is in sight.
func (f *Form) whole() bool {
	room := f.room(f.width, f.height)
	d, _, _ := f.fitted(f.width, room)
	return len(d.Lines) <= room
}

// pages tells whether a field moves by pages itself.
func pages(f Field) bool {
	list, is := f.(interface{ pages() bool })
	return is && list.pages()
}

func (f *Form) first() bool { return slices.Index(f.fields(), f.at) == 0 }
func (f *Form) last() bool  { return slices.Index(f.fields(), f.at) == len(f.fields())-1 }

// step goes by fields forward, around the end.
func (f *Form) step(by int) tea.Cmd {
	fields := f.fields()
	i := slices.Index(fields, f.at)
	return f.Focus(fields[(i+by+len(fields))%len(fields)])
}

// wheel scrolls without moving the focus; the next key goes back to it.
func (f *Form) wheel(msg tea.MouseWheelMsg) {
	f.scrollBy(2 * Wheeled(msg))
}

// scrollBy moves what is shown by lines, as far as there are any.
func (f *Form) scrollBy(by int) {
	height := f.room(f.width, f.height)
	d, _, _ := f.fitted(f.width, height)
	_, top := clip(d, f.width, height, f.scroll, f.theme)
	_, next := clip(d, f.width, height, f.scroll+by, f.theme)
	f.scroll += next - top
}

func (f *Form) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	height := f.room(f.width, f.height)
	d, starts, inner := f.fitted(f.width, height)
	_, top := clip(d, f.width, height, f.scroll, f.theme)
	y := msg.Y + top
	if msg.Y < 0 || y >= len(d.Lines) {
		return nil
	}
	for i := len(f.items) - 1; i >= 0; i-- {
		if y < starts[i] {
			continue
		}
		field, ok := f.items[i].(Field)
		if !ok {
			return nil
		}
		cmd := f.Focus(field)
		field.Click(inner, msg.X, y-starts[i])
		return cmd
	}
	return nil
}

// layout draws everything at its full height and gives the first line of each item.
func (f *Form) layout(width int) (d Drawn, starts []int) {
	notice := -1
	for _, item := range f.items {
		start := len(d.Lines)
		starts = append(starts, start)
		part := item.View(width)
		d.Lines = append(d.Lines, part.Lines...)
		field, ok := item.(Field)
		if ok && f.at == field {
			d.From, d.To = start+part.From, start+part.To
			if notice >= 0 {
				d.From = notice
			}
			if part.Cursor != nil {
				c := *part.Cursor
				c.Y += start
				d.Cursor = &c
			}
		}
		notice = -1
		if _, ok := item.(Notice); ok && len(part.Lines) > 0 {
			notice = start
		}
	}
	if f.lead && d.To-d.From > f.height {
		d.Cursor, d.To = nil, d.From+max(1, f.height)
	}
	return d, starts
}

// fitted is the layout for a height: where not everything fits, two columns are kept free for the signs that say so.
func (f *Form) fitted(width, height int) (d Drawn, starts []int, inner int) {
	d, starts = f.layout(width)
	if len(d.Lines) <= height || width < 10 {
		return d, starts, width
	}
	d, starts = f.layout(width - 2)
	return d, starts, width - 2
}

// View draws the form into at most width × height cells.
func (f *Form) View(width, height int) Drawn {
	room := f.room(width, height)
	d, _, _ := f.fitted(width, room)
	out, top := clip(d, width, room, f.scroll, f.theme)
	if room < height {
		out.Lines = append(out.Lines, f.more(top, len(d.Lines)-top-room, width))
	}
	if out.Cursor != nil {
		out.Cursor.X = min(out.Cursor.X, max(0, width-1))
	}
	return out
}
