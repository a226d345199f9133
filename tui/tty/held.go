package tty

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// Held is how a terminal was set at some time.
type Held struct {
	fd    uintptr
	state *term.State
}

// Hold remembers how the first of files that is a terminal is set. It changes nothing.
func Hold(files ...*os.File) Held {
	for _, f := range files {
		if state, err := term.GetState(f.Fd()); err == nil {
			return Held{f.Fd(), state}
		}
	}
	return Held{}
}

// There tells whether there was a terminal and still is one: a window that was closed is not.
func (h Held) There() bool {
	if h.state == nil {
		return false
	}
	_, err := term.GetState(h.fd)
	return err == nil
}

// Restore sets the terminal as it was, unless another program has it now.
func (h Held) Restore() {
	if h.state == nil || !Foreground(h.fd) {
		return
	}
	_ = term.SetState(h.fd, h.state)
}
