//go:build !unix

package tui

import (
	"io"
	"os"

	tea "charm.land/bubbletea/v2"

	"mimecred/tui/tty"
)

// inlet is where keys come from. The console's own events are read from the file itself.
func inlet(in *os.File, _ func()) io.Reader { return in }

func (t *display) leaveAlone() {}

// outputOptions leave the console to Bubble Tea, which sets it for escape sequences and learns its size.
func (t *display) outputOptions([]string) []tea.ProgramOption {
	return []tea.ProgramOption{tea.WithOutput(t.file)}
}

// size is nothing that changes unnoticed.
func (t *display) size() tea.WindowSizeMsg { return tea.WindowSizeMsg{} }

func (t *display) watch() (stop func()) {
	t.jobs = tty.WatchJobs(t.file.Fd(), func() {})
	return t.jobs.Close
}
