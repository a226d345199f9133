package tui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// settleTime is how long a new dialog swallows keys.
const settleTime = screen.SettleTime

// dialog is a question in place of the step. Its first choice always changes nothing, and is the selected one.
type dialog struct {
	title   string
	lines   []string
	choices []choice
	at      int
	opened  time.Time
	// working says what is being done, in place of the choices.
	working string
	// stop cancels what is being done; nil when it cannot be.
	stop func()
	// again is what ctrl+c means here; nil when the question must be answered.
	again func(*app) tea.Cmd
	// home is set when what is being done ends at the list of profiles instead of leaving the program.
	home bool
	// about tells which state of affairs the dialog describes, so that it can be renewed when that changes.
	about string
}

// choice is one row of a dialog.
type choice struct {
	label string
	do    func(*app) tea.Cmd
}

func (a *app) open(d *dialog) {
	d.opened = a.env.Now()
	a.help = false
	a.dialog = d
}

// settled tells whether the dialog has been on screen long enough to have been read.
func (d *dialog) settled(now time.Time) bool { return now.Sub(d.opened) >= settleTime }

func (a *app) dialogKey(msg tea.KeyPressMsg) tea.Cmd {
	d := a.dialog
	keys := a.env.Keys
	if d.working != "" && d.stop != nil && matches(msg, keys.Back) {
		d.stop() // its message says how it ended, and brings the question back
		return nil
	}
	if d.working != "" || !d.settled(a.env.Now()) {
		return nil
	}
	switch {
	case matches(msg, keys.Back):
		a.dialog = nil
	case matches(msg, keys.Up, keys.PrevField):
		a.dialog = d.moved(-1)
	case matches(msg, keys.Down, keys.NextField):
		a.dialog = d.moved(1)
	case matches(msg, keys.Next):
		return d.choices[d.at].do(a)
	}
	return nil
}

func (d *dialog) moved(by int) *dialog {
	next := *d
	next.at = min(max(d.at+by, 0), len(d.choices)-1)
	return &next
}

// rows are the lines of the dialog, and where its first choice is.
func (d *dialog) rows(width int, t theme.Theme) (rows []string, first int) {
	rows = append(rows, t.Styles.Title.Render(d.title), "")
	for _, line := range d.lines {
		rows = append(rows, wrap(line, width)...)
	}
	rows = append(rows, "")
	if d.working != "" {
		return append(rows, t.Styles.Muted.Render(d.working)), len(rows)
	}
	first = len(rows)
	for i, c := range d.choices {
		row, style := "  "+c.label, t.Styles.Text
		if i == d.at {
			row, style = t.Glyphs.Selected+" "+c.label, t.Styles.Selected
		}
		rows = append(rows, style.Render(ansi.Truncate(row, width, "")))
	}
	return rows, first
}

// hidden is how many rows at the top give way in a window that is too low: the choices matter most.
func (d *dialog) hidden(height, rows, first int) int {
	if first+len(d.choices) <= height {
		return 0
	}
	return max(rows-height, 0)
}

// hints are the keys of a dialog.
func (d *dialog) hints(k theme.KeyMap) []key.Binding {
	if d.working != "" {
		return nil
	}
	return []key.Binding{theme.Named(k.Next, "choose"), k.Up, k.Down, theme.Named(k.Back, "go back")}
}

func matches(msg tea.KeyPressMsg, bindings ...key.Binding) bool { return key.Matches(msg, bindings...) }

// wrap breaks text into lines of at most width cells.
func wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(width, 1), ""), "\n")
}
