package screen

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/client/secret"
)

// copied is what a screen copied last, and what became of it.
type copied struct {
	label string
	turn  int
	// status is for the last line of the screen.
	status string
}

// copy copies a value and takes it away after its time.
func (c *copied) copy(env Env, label string, v secret.Value) tea.Cmd {
	var cmd tea.Cmd
	c.turn, cmd = env.copyValue(v)
	c.label = label
	c.say("the terminal's clipboard")
	return cmd
}

func (c *copied) say(where string) {
	c.status = fmt.Sprintf("%s in %s, %d s", c.label, where, int(clipboardTime/time.Second))
}

// update takes the messages of the clipboard; it tells whether msg was one.
func (c *copied) update(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case copiedMsg:
		if msg.turn == c.turn && msg.native {
			c.say("the clipboard")
		}
	case clearedMsg:
		switch {
		case msg.turn != c.turn:
		case msg.foreign:
			c.status = "The clipboard holds something else now"
		default:
			c.status = "The clipboard was emptied"
		}
	default:
		return false
	}
	return true
}

// withStatus draws the page above a last line: how far it is, and what the clipboard holds.
func (p *page) withStatus(width, height int, progress, status string) Frame {
	if height < 5 {
		return p.View(width, height)
	}
	frame := p.View(width, height-1)
	body := strings.Split(frame.Body, "\n")
	for len(body) < height-1 {
		body = append(body, "")
	}
	t := p.env.Theme
	if status != "" {
		progress = strings.TrimSuffix(progress, " done") + " " + t.Glyphs.Dot + " " + status
	}
	line := t.Styles.Good.Render(ansi.Truncate(progress, max(1, width), t.Glyphs.More))
	frame.Body = strings.Join(append(body, line), "\n")
	return frame
}
