package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// resumedMsg tells that the program was stopped by others and goes on: whoever had the terminal meanwhile has set it.
type resumedMsg struct{}

// clockTime is how long Bubble Tea may take to stop its clock for drawing.
const clockTime = 50 * time.Millisecond

// suspend gives the terminal back, stops the program as ctrl+z does, and gets the terminal back when it goes on. It runs in
// place of Bubble Tea's own, which waits for ever where no shell can make the program go on.
func (t *display) suspend() tea.Msg {
	if !t.jobs.CanStop() {
		return nil
	}
	if err := t.p.ReleaseTerminal(); err != nil {
		return nil
	}
	if !t.jobs.Pause(t.ctx) {
		return t.abandon()
	}
	return t.retake()
}

// resumed gets the terminal back after a stop that nobody announced.
func (t *display) resumed() tea.Msg {
	if !t.jobs.Foreground(t.ctx) {
		return t.abandon()
	}
	if err := t.p.ReleaseTerminal(); err != nil {
		return nil
	}
	return t.retake()
}

// retake sets the terminal for the program and has everything drawn anew.
func (t *display) retake() tea.Msg {
	// Bubble Tea stops its clock for drawing a moment after it gave the terminal back; the new one would be stopped.
	<-time.After(clockTime)
	if err := t.p.RestoreTerminal(); err != nil {
		return tea.Quit()
	}
	if size := t.size(); size.Width > 0 {
		go t.p.Send(size)
	}
	return tea.ClearScreen()
}

// abandon leaves: the program is to end while another one has the terminal.
func (t *display) abandon() tea.Msg {
	t.leaveAlone()
	return leaveMsg{}
}
