package tui

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// dialog is a question in place of the step. Its first choice always changes nothing, and is the selected one.
type dialog struct {
	title   string
	lines   []string
	choices []choice
	menu    *field.Menu
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
	rows := make([]field.MenuRow, 0, len(d.choices))
	for _, c := range d.choices {
		rows = append(rows, field.MenuRow{Label: c.label})
	}
	d.menu = field.NewMenu(&a.env.Theme, field.MenuText{Title: d.title, Lines: d.lines}, rows)
	a.help = false
	a.dialog = d
}

// readable tells whether the dialog has been on screen long enough to have been read.
func (d *dialog) readable(now time.Time) bool { return !screen.Unread(d.opened, now) }

// ask hands a key, a click or a turn of the wheel to the dialog.
func (a *app) ask(msg tea.Msg) tea.Cmd {
	d := a.dialog
	press, _ := msg.(tea.KeyPressMsg)
	_, wheel := msg.(tea.MouseWheelMsg) // chooses nothing
	back := matches(press, a.env.Keys.Back)
	switch {
	case d.working != "" && d.stop != nil && back:
		d.stop() // its message says how it ended, and brings the question back
	case d.working != "" || !wheel && !d.readable(a.env.Now()):
	case back:
		a.dialog = nil
	default:
		b := a.bodyBox()
		if i := d.menu.Update(msg, b.width, b.height); i >= 0 {
			return d.choices[i].do(a)
		}
	}
	return nil
}

// view draws the dialog; what is being done is in place of the choices.
func (d *dialog) view(width, height int) field.Drawn {
	if d.working == "" {
		return d.menu.View(width, height)
	}
	return d.menu.Working(d.working, width, height)
}

// hints are the keys of a dialog.
func (d *dialog) hints(k theme.KeyMap) []key.Binding {
	if d.working != "" {
		return nil
	}
	return []key.Binding{theme.Named(k.Next, "choose"), k.Up, k.Down, theme.Named(k.Back, "go back")}
}

func matches(msg tea.KeyPressMsg, bindings ...key.Binding) bool { return key.Matches(msg, bindings...) }
