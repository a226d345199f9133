//go:build unix

package tty

import (
	"os"
	"sync/atomic"
)

// Inlet reads from a terminal and notices when that was closed: whoever reads a terminal key by key gets an end of input,
// or an error, for no other reason.
type Inlet struct {
	*os.File
	gone  func()
	apart atomic.Bool
}

// NewInlet makes an Inlet for a terminal. gone is called, once or more often, when the terminal was closed.
func NewInlet(f *os.File, gone func()) *Inlet { return &Inlet{File: f, gone: gone} }

// Read implements io.Reader.
func (i *Inlet) Read(p []byte) (int, error) {
	n, err := i.File.Read(p)
	if n <= 0 && len(p) > 0 {
		i.gone()
	}
	return n, err //nolint:wrapcheck // io.EOF is part of the contract of a reader
}

// LeaveAlone makes the terminal's settings out of reach: another program has the terminal now.
func (i *Inlet) LeaveAlone() { i.apart.Store(true) }

// Fd is the terminal's descriptor, none after LeaveAlone.
func (i *Inlet) Fd() uintptr {
	if i.apart.Load() {
		return ^uintptr(0)
	}
	return i.File.Fd()
}
