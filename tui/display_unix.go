//go:build unix

package tui

import (
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"mimecred/tui/tty"
)

// inlet is where keys come from; closed is called when they can come no more.
func inlet(in *os.File, closed func()) io.Reader { return tty.NewInlet(in, closed) }

// leaveAlone keeps the end of the program from setting a terminal that another program has.
func (t *display) leaveAlone() {
	t.out.GiveUp()
	if in, ok := t.in.(*tty.Inlet); ok {
		in.LeaveAlone()
	}
}

// outputOptions make Bubble Tea write to the Outlet. It sees no terminal in that, which is wanted: it would make room for
// every cell of an absurd window before anybody could correct the size.
func (t *display) outputOptions(environment []string) []tea.ProgramOption {
	size := t.size()
	return []tea.ProgramOption{
		tea.WithOutput(t.out), tea.WithWindowSize(size.Width, size.Height),
		tea.WithColorProfile(colorprofile.Detect(t.file, environment)),
	}
}

// size is the window's size now.
func (t *display) size() tea.WindowSizeMsg {
	width, height, err := term.GetSize(t.file.Fd())
	if err != nil {
		width, height = 0, 0
	}
	return saneSize(tea.WindowSizeMsg{Width: width, Height: height})
}

// watch tells the program when the window's size changes, and when it was stopped by others and goes on.
func (t *display) watch() (stop func()) {
	unsize := tty.WatchSize(func() { t.p.Send(t.size()) })
	t.jobs = tty.WatchJobs(t.file.Fd(), func() { t.p.Send(resumedMsg{}) })
	return func() {
		unsize()
		t.jobs.Close()
	}
}
