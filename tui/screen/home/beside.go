package home

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/screen"
)

// menuCells is how wide the menu of a profile is, its frame included, where the window has that.
const menuCells = 60

// area is where the menu of a profile lies over the list: below its row or above it, so that neither the row nor the pointer on it is
// covered. It is not ok where neither has room.
func (q *question) area(h *Home, width, height int) (x, y, wide, high int, ok bool) {
	row := h.cursor(h.layout(width, height))
	if !q.beside || row == nil {
		return 0, 0, 0, 0, false
	}
	x, wide = tableMargin, min(menuCells, width-tableMargin)
	high = len(q.options) + 2
	if q.menu.Refused() {
		high += 2
	}
	switch {
	case wide < menuCells/2:
		return 0, 0, 0, 0, false
	case row.Y+1+high <= height:
		return x, row.Y + 1, wide, high, true
	case high <= row.Y:
		return x, row.Y - high, wide, high, true
	default:
		return 0, 0, 0, 0, false
	}
}

// drawBeside draws the menu over the list.
func (q *question) drawBeside(h *Home, width, height int) (screen.Frame, bool) {
	x, y, wide, high, ok := q.area(h, width, height)
	if !ok {
		return screen.Frame{}, false
	}
	frame, g, in := h.drawList(width, height), h.env.Theme.Glyphs, &h.styles
	d := q.menu.Rows(wide-4, high-2)
	edge := func(left, right string) segment {
		return segment{}.add(left+strings.Repeat(g.Horizontal, wide-2)+right, in.rule)
	}
	for i := range high {
		line := edge(g.TopLeft, g.TopRight)
		switch {
		case i == high-1:
			line = edge(g.BottomLeft, g.BottomRight)
		case i > 0:
			text := ""
			if i-1 < len(d.Lines) {
				text = d.Lines[i-1]
			}
			line = segment{}.add(g.Vertical+" ", in.rule).addDrawn(ansi.Truncate(text, wide-4, in.more)).to(wide-2).add(" "+g.Vertical, in.rule)
		}
		under := segment{}.addDrawn(frame.Lines[y+i]).to(x + wide)
		frame.Lines[y+i] = ansi.Truncate(under.text, x, "") + line.text + ansi.TruncateLeft(under.text, x+wide, "")
	}
	if frame.Cursor = d.Cursor; d.Cursor != nil {
		frame.Cursor = tea.NewCursor(x+2+d.Cursor.X, y+1+d.Cursor.Y)
	}
	return frame, true
}
