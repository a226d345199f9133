package home

import (
	"strconv"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// Where the layout of the list changes, in cells of the body.
const (
	besideCells = 96 // from here on the details are beside the list
	belowCells  = 70
	belowLines  = 20 // from here on they are below it
	paneGap     = 3
	narrowPane  = 40
	widePane    = 64
	leastLines  = 5  // of the table above the details
	headedLines = 12 // from here on what is unfinished has a heading
)

// layout is where the parts of the list lie in its body.
type layout struct {
	width int // of the list
	// filter, heading, head and status are lines, -1 for none.
	filter, heading, head, status int
	leftAt, leftRows, leftFirst   int
	tableAt, tableRows            int
	pane                          struct{ x, y, width, height int }
}

// layout shares a body out. It changes with what is selected as little as may be.
func (h *Home) layout(width, height int) layout {
	l := layout{width: width, filter: -1, heading: -1, head: -1, status: -1}
	row := h.list.current()
	if row != nil && width >= besideCells {
		// The table has the first call on what there is; the details wrap.
		wide := min(max(width-paneGap-h.list.widths.wanted(), narrowPane), widePane)
		l.width = width - wide - paneGap
		l.pane.x, l.pane.width, l.pane.height = width-wide, wide, height
	}
	y := 0
	if h.filtering || h.filter.Value() != "" {
		l.filter = 0
		y++
	}
	if n := h.list.leftShown; n > 0 {
		if height >= headedLines {
			l.heading = y
			y++
		}
		l.leftAt, l.leftRows = y, min(n, max(1, (height-y)/3), max(height-y, 0))
		l.leftFirst = max(0, min(h.list.at-l.leftRows+1, n-l.leftRows))
		if h.list.at >= n {
			l.leftFirst = 0
		}
		y += l.leftRows
		if l.heading >= 0 {
			y++
		}
	}
	room := height - y
	if room >= 6 {
		l.status = height - 1
		room--
	}
	if room >= 6 && h.list.profiles() > 0 {
		l.head = y
		y, room = y+1, room-1
	}
	rows := max(h.list.profiles(), 1) // where there is none, that is said
	l.tableAt, l.tableRows = y, max(0, min(rows, room))
	if row != nil && l.pane.height == 0 && width >= belowCells && height >= belowLines && room > 2*leastLines {
		// The same height for every profile, so that nothing jumps while they are gone through.
		l.tableRows = min(rows, max(leastLines, room-max(room/2, leastLines)))
		if l.status >= 0 {
			l.status = y + l.tableRows
		}
		l.pane.y = l.status + 1
		l.pane.width, l.pane.height = width, height-l.pane.y
	}
	return l
}

// follow keeps the selected profile in sight.
func (h *Home) follow() {
	l := h.layout(h.size.Width, h.size.Height)
	list := &h.list
	at := list.at - list.leftShown
	if at >= 0 && l.tableRows > 0 {
		list.top = max(min(list.top, at), at-l.tableRows+1)
	}
	list.top = max(0, min(list.top, list.profiles()-l.tableRows))
}

// scroll moves what is in sight of the table, and the selection only as far as it must be in sight.
func (h *Home) scroll(by int) {
	l := h.layout(h.size.Width, h.size.Height)
	list := &h.list
	if list.profiles() <= l.tableRows {
		list.move(list.at + by/3)
		return
	}
	list.top = max(0, min(list.top+by, list.profiles()-l.tableRows))
	first := list.leftShown + list.top
	list.at = max(first, min(list.at, first+l.tableRows-1))
}

// click selects the row that was clicked; the selected one opens.
func (h *Home) click(y, x int) (tea.Cmd, screen.Intent) {
	l := h.layout(h.size.Width, h.size.Height)
	to := -1
	switch {
	case x >= l.width:
	case y >= l.leftAt && y < l.leftAt+l.leftRows:
		to = l.leftFirst + y - l.leftAt
	case y >= l.tableAt && y < l.tableAt+l.tableRows:
		to = h.list.leftShown + h.list.top + y - l.tableAt
	case y == l.filter:
		h.filtering = true
		return h.filter.Focus(), screen.Intent{}
	}
	if to < 0 || to >= len(h.list.shown) {
		return nil, screen.Intent{}
	}
	h.leaveFilter()
	if to != h.list.at {
		h.list.move(to)
		return nil, screen.Intent{}
	}
	return h.press(tea.KeyPressMsg{Code: tea.KeyEnter})
}

// typed handles what is typed into the filter.
func (h *Home) typed(msg tea.Msg) (tea.Cmd, screen.Intent) {
	k := h.env.Keys
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, k.Back):
			h.filter.SetValue("")
			h.leaveFilter()
			h.list.narrow(nil)
			return nil, screen.Intent{}
		case key.Matches(press, k.Next):
			h.leaveFilter()
			return nil, screen.Intent{}
		case key.Matches(press, k.Up, k.Down, k.PageUp, k.PageDown) && h.moveKey(press):
			return nil, screen.Intent{}
		}
	}
	before := h.filter.Value()
	cmd := h.filter.Update(msg)
	if now := h.filter.Value(); now != before {
		h.list.narrow(strings.Fields(strings.ToLower(now)))
	}
	return cmd, screen.Intent{}
}

func (h *Home) leaveFilter() {
	h.filtering = false
	h.filter.Blur()
}

// View implements Screen.
func (h *Home) View(width, height int) screen.Frame {
	width, height = max(width, 1), max(height, 1)
	switch {
	case h.modal != nil:
		return h.modal.draw(h, width, height)
	case h.problem != "":
		return screen.Frame{Body: joinLines(h.unreadable(width), height)}
	case !h.loaded:
		return screen.Frame{}
	case len(h.list.rows) == 0:
		return screen.Frame{Body: joinLines(h.empty(width), height)}
	}
	return h.drawList(width, height)
}

// drawList draws the list alone.
func (h *Home) drawList(width, height int) screen.Frame {
	l := h.layout(width, height)
	now := h.env.Now()
	lines := make([]string, height)
	for i := range lines {
		lines[i] = blank(l.width)
	}
	var frame screen.Frame
	frame.Cursor = h.drawFilter(lines, l)
	h.drawLeft(lines, l, now)
	h.drawTable(lines, l, now)
	if l.status >= 0 {
		lines[l.status] = h.statusLine(l)
	} else if h.note != "" {
		lines[height-1] = segment{}.add(h.note, h.styles.warn).cut(l.width, h.styles.more).to(l.width).text
	}
	h.drawPane(lines, l, now)
	if frame.Cursor == nil {
		frame.Cursor = h.cursor(l) // screen readers follow it
	}
	frame.Lines = lines
	return frame
}

// cursor is where the selected row begins.
func (h *Home) cursor(l layout) *tea.Cursor {
	switch at := h.list.at; {
	case len(h.list.shown) == 0:
		return nil
	case at < h.list.leftShown:
		return tea.NewCursor(0, l.leftAt+at-l.leftFirst)
	default:
		return tea.NewCursor(0, l.tableAt+at-h.list.leftShown-h.list.top)
	}
}

// drawFilter draws the line that is typed into, and gives its cursor.
func (h *Home) drawFilter(lines []string, l layout) *tea.Cursor {
	if l.filter < 0 {
		return nil
	}
	d := h.filter.View(l.width)
	text := strings.TrimPrefix(d.Lines[0], "  ")
	lines[l.filter] = segment{}.add("/ ", h.styles.accent).addDrawn(text).cut(l.width, "").to(l.width).text
	if d.Cursor != nil {
		d.Cursor.Y = l.filter
	}
	return d.Cursor
}

// drawLeft draws what is unfinished.
func (h *Home) drawLeft(lines []string, l layout, now time.Time) {
	if l.heading >= 0 {
		title := "Unfinished"
		if n := h.list.leftShown; n > l.leftRows {
			title += " (" + strconv.Itoa(n) + ")"
		}
		lines[l.heading] = segment{}.add(title, h.styles.label).to(l.width).text
	}
	for i := range l.leftRows {
		at := l.leftFirst + i
		lines[l.leftAt+i] = h.leftLine(&h.list.rows[h.list.shown[at]], at == h.list.at, l.width, now)
	}
}

// leftLine draws one line of what is unfinished.
func (h *Home) leftLine(r *row, chosen bool, width int, now time.Time) string {
	in := &h.styles
	s, style := segment{}.add("  ", in.text), in.text
	if chosen {
		s, style = segment{}.add(in.selected+" ", in.chosen), in.chosen
	}
	s = s.add(in.mark, in.warn).add(" "+h.leftWords(r, now), style)
	if r.busy {
		s = s.add(" "+in.dot+" another mimecred is busy", in.muted)
	}
	return s.cut(width, in.more).to(width).text
}

func (h *Home) leftWords(r *row, now time.Time) string {
	switch {
	case r.change == nil:
		return stateWords(*r.state, now)
	case r.state != nil && r.change.Phase == "begun":
		return stateWords(*r.state, now)
	case r.busy: // it goes on there; what is said of that needs the room
		return r.name + ": " + lifecycle.ProgressOf(*r.change).Brief
	default:
		return step.ProgressWords(*r.change, now)
	}
}

// drawTable draws the profiles in sight.
func (h *Home) drawTable(lines []string, l layout, now time.Time) {
	list := &h.list
	if list.profiles() == 0 {
		h.drawNone(lines, l)
		return
	}
	w := h.fitted(l)
	if l.head >= 0 {
		lines[l.head] = h.headLine(w, l.width)
	}
	for i := range l.tableRows {
		at := list.leftShown + list.top + i
		lines[l.tableAt+i] = h.row(list.shown[at], w, l.width, at == list.at, now)
	}
	g := h.env.Theme.Glyphs
	below := list.top+l.tableRows < list.profiles()
	if below && l.tableRows > 0 {
		h.mark(lines, l.tableAt+l.tableRows-1, g.Below)
	}
	if list.top > 0 && (l.tableRows > 1 || l.tableRows == 1 && !below) {
		h.mark(lines, l.tableAt, g.Above)
	}
}

// mark says at the end of a row that there are more above or below; rows keep a cell free for that.
func (h *Home) mark(lines []string, y int, sign string) {
	lines[y] = strings.TrimSuffix(lines[y], " ") + h.styles.muted.Of(sign)
}

// drawNone says why there is no profile to see.
func (h *Home) drawNone(lines []string, l layout) {
	say := "No profile is set up yet; n begins one."
	if len(h.list.words) > 0 {
		say = "Nothing matches. Esc clears the filter."
	}
	if l.tableRows > 0 {
		lines[l.tableAt] = segment{}.add("  ", h.styles.text).add(say, h.styles.muted).cut(l.width, h.styles.more).to(l.width).text
	}
}

// statusLine is what was noted or how far the tests are, and where in a long list this is.
func (h *Home) statusLine(l layout) string {
	in := &h.styles
	s := segment{}
	switch {
	case h.note != "":
		s = s.add(h.note, in.warn)
	case h.tests.total > 0:
		s = s.add(h.progress(), in.accent)
	}
	where := ""
	if n := h.list.profiles(); n > l.tableRows && h.list.at >= h.list.leftShown {
		where = strconv.Itoa(h.list.at-h.list.leftShown+1) + "/" + strconv.Itoa(n)
	}
	s = s.cut(l.width-len(where)-1, in.more)
	return s.to(l.width-len(where)).add(where, in.muted).text
}

// unreadable says why there is no list.
func (h *Home) unreadable(width int) []string {
	t := h.env.Theme
	lines := field.Hang(t.Styles.Bad.Render(t.Glyphs.Failed)+" ", h.problem, width, t.Styles.Text)
	lines = append(lines, field.Hang("  ", h.fix, width, t.Styles.Text)...)
	lines = append(lines, "")
	return append(lines, field.Hang("  ", "r tries again. Nothing in the stores is changed.", width, t.Styles.Muted)...)
}

// empty says how to begin.
func (h *Home) empty(width int) []string {
	t := h.env.Theme
	lines := field.Wrap("No profiles yet", width, 0, t.Styles.Title)
	lines = append(lines, "")
	lines = append(lines, field.Wrap(step.ProfileIs, width, 0, t.Styles.Text)...)
	lines = append(lines, "")
	return append(lines, field.Hang(t.Styles.Key.Render("n")+" ", "sets the first one up: it leads through the console, tests, and stores.", width, t.Styles.Text)...)
}
