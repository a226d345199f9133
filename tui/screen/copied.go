package screen

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client/secret"
	"mimecred/tui/clipboard"
	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// copied is what a screen copied last, and what was seen of it.
type copied struct {
	label string
	turn  int
	// unseen is set while the value of the last copy was only sent.
	unseen bool
	// status is for the last line of the screen.
	status string
}

// copy copies a value and removes it after its time.
func (c *copied) copy(env Env, label string, v secret.Value) tea.Cmd {
	var cmd tea.Cmd
	c.turn, cmd = env.copyValue(v)
	c.label, c.unseen = label, false
	c.status = "Copying " + label
	return cmd
}

// update handles the messages of the clipboard; it tells whether msg was one, and whether the value of the last copy was
// seen in a clipboard that can be pasted from everywhere on this computer.
func (c *copied) update(msg tea.Msg) (mine, seen bool) {
	switch msg := msg.(type) {
	case copiedMsg:
		if msg.turn != c.turn {
			return true, false
		}
		c.status = msg.place.Words(c.label)
		seen = msg.place == clipboard.InNative
		c.unseen = !seen
		return true, seen
	case clearedMsg:
		if msg.turn == c.turn {
			c.status, c.unseen = msg.left.Words(), false
		}
		return true, false
	}
	return false, false
}

// withStatus draws the page above its last lines: how far it is, and what the clipboard holds.
func (p *page) withStatus(width, height int, progress, status string) Frame {
	if height < 5 {
		return p.View(width, height)
	}
	t := p.env.Theme
	if status != "" {
		progress = strings.TrimSuffix(progress, " done") + " " + t.Glyphs.Dot + " " + status
	}
	last := statusLines(t, progress, width, height)
	frame := p.View(width, height-len(last))
	body := strings.Split(frame.Body, "\n")
	for len(body) < height-len(last) {
		body = append(body, "")
	}
	frame.Body = strings.Join(append(body, last...), "\n")
	return frame
}

// statusLines wraps a status to one line, or to two or three where the page is high enough; what does not fit is cut.
func statusLines(t theme.Theme, text string, width, height int) []string {
	room := 1
	switch {
	case height >= 10:
		room = 3
	case height >= 8:
		room = 2
	}
	lines := field.Break(text, width)
	if len(lines) > room {
		rest := strings.Join(lines[room-1:], " ")
		lines = append(lines[:room-1], ansi.Truncate(rest, max(1, width), t.Glyphs.More))
	}
	for i, line := range lines {
		lines[i] = t.Styles.Good.Render(ansi.Truncate(line, max(1, width), t.Glyphs.More))
	}
	return lines
}
