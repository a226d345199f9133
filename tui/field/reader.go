package field

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/theme"
)

// Reader is a pane of text that may be longer than it: arrows, pages and the wheel move through it. The lines are its owner's,
// drawn for a width; the Reader keeps only how far the person has read.
type Reader struct{ view viewport.Model }

// NewReader makes a Reader at the first line.
func NewReader() Reader {
	k, view := DefaultKeyMap(), viewport.New()
	view.KeyMap = viewport.KeyMap{Up: k.Up, Down: k.Down, PageUp: k.PageUp, PageDown: k.PageDown}
	view.MouseWheelDelta = 1
	return Reader{view}
}

// Update moves through lines in a pane of width × height cells, and tells whether the message was for that.
func (r *Reader) Update(msg tea.Msg, lines []string, width, height int) bool {
	k := r.view.KeyMap
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
	case tea.KeyPressMsg:
		press, all := Arrow(msg), DefaultKeyMap()
		r.fit(lines, width, height)
		switch {
		case key.Matches(press, all.Home):
			r.view.GotoTop()
		case key.Matches(press, all.End):
			r.view.GotoBottom()
		case key.Matches(press, k.Up, k.Down, k.PageUp, k.PageDown):
			r.view, _ = r.view.Update(press)
		default:
			return false
		}
		return true
	default:
		return false
	}
	r.fit(lines, width, height)
	r.view, _ = r.view.Update(msg)
	return true
}

// Top goes back to the first line.
func (r *Reader) Top() { r.view.GotoTop() }

// View is the part of lines that is in the pane, and how many are below it.
func (r Reader) View(lines []string, width, height int) (text string, below int) {
	r.fit(lines, width, height)
	return r.view.View(), max(0, len(lines)-r.view.YOffset()-r.view.Height())
}

// Closable is the pane above a line that says how it is closed, and how much is still to be read; a low one is text alone.
func (r Reader) Closable(lines []string, width, height int, t theme.Theme) string {
	room := closableRoom(height)
	text, below := r.View(lines, width, room)
	if room == height {
		return text
	}
	say := "Any key closes this."
	if below > 0 {
		say = fmt.Sprintf("%s %d more. ", t.Glyphs.Below, below) + say
	}
	return text + "\n" + t.Styles.Muted.Render(ansi.Truncate(say, max(width, 0), t.Glyphs.More))
}

// Moves is Update for a pane that is drawn by Closable.
func (r *Reader) Moves(msg tea.Msg, lines []string, width, height int) bool {
	return r.Update(msg, lines, width, closableRoom(height))
}

func closableRoom(height int) int {
	if height < 6 {
		return max(height, 1)
	}
	return height - 1
}

func (r *Reader) fit(lines []string, width, height int) {
	r.view.SetWidth(max(1, width))
	r.view.SetHeight(max(1, height))
	r.view.SetContentLines(lines)
}
