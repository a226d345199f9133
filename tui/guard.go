package tui

import (
	"fmt"
	"io"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
)

// guard ends the program in order when a screen panics: the terminal's reader is waited for, as at any other end. Bubble
// Tea's own recovery closes the terminal while that reader is still at it.
type guard struct {
	*app
	crash *crash
}

// crash is a panic that was caught; it has no value of the program in it but the one that was panicked with.
type crash struct {
	value any
	stack []byte
}

// Update implements tea.Model.
func (g guard) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	defer func() {
		if value := recover(); value != nil {
			g.crash.value, g.crash.stack = value, debug.Stack()
			g.done = true
			model, cmd = g, tea.Quit
		}
	}()
	_, cmd = g.app.Update(msg)
	return g, cmd
}

// report writes what Bubble Tea would have written, once the terminal is back, and gives the error that reports it.
func (c *crash) report(out io.Writer) error {
	if c.stack == nil {
		return nil
	}
	_, _ = fmt.Fprintf(out, "Caught panic:\n\n%v\n\n%s\n", c.value, c.stack)
	return tea.ErrProgramPanic
}
