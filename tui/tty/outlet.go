// Package tty is about the terminal that the program runs on: writing to one that may not read, noticing that it was
// closed, giving it back while the program is stopped, and putting it back when the program ends at once.
//
// A change must keep two rules: nothing here waits for a terminal without a limit, and whatever changes the terminal's
// settings has put them back before the process stops or ends.
package tty

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// errGivenUp is what a write to an Outlet that was discarded returns.
var errGivenUp = errors.New("the terminal does not read")

// Outlet writes to a terminal that may stop reading. A terminal that does not read blocks whoever writes to it; GiveUp lets
// the writer go on.
type Outlet struct {
	to io.Writer
	// gone is called when the terminal cannot be written to any more; it may be nil.
	gone func()
	// turn is held while a write is under way.
	turn chan struct{}
	// since is when that write began, in nanoseconds; 0 while there is none.
	since   atomic.Int64
	givenUp chan struct{}
	once    sync.Once
}

// NewOutlet makes an Outlet for to. gone is called, once or more often, when writing fails; nil calls nothing.
func NewOutlet(to io.Writer, gone func()) *Outlet {
	return &Outlet{to: to, gone: gone, turn: make(chan struct{}, 1), givenUp: make(chan struct{})}
}

// Write implements io.Writer. It returns when the terminal has read p, or when GiveUp was called.
func (o *Outlet) Write(p []byte) (int, error) {
	select {
	case <-o.givenUp:
		return 0, errGivenUp
	default:
	}
	select {
	case o.turn <- struct{}{}:
	case <-o.givenUp:
		return 0, errGivenUp
	}
	o.since.Store(time.Now().UnixNano())
	// The write may outlive this call, and what p holds is the caller's again then.
	own := append([]byte(nil), p...)
	done := make(chan error, 1)
	go func() {
		_, err := o.to.Write(own)
		o.since.Store(0)
		<-o.turn
		done <- err
	}()
	select {
	case err := <-done:
		if err != nil && o.gone != nil {
			o.gone()
		}
		return len(p), err
	case <-o.givenUp:
		return 0, errGivenUp
	}
}

// GiveUp makes every write return at once, the one that is under way too.
func (o *Outlet) GiveUp() { o.once.Do(func() { close(o.givenUp) }) }

// GiveUpStalled gives up when one write has been under way for longer than limit.
func (o *Outlet) GiveUpStalled(limit time.Duration) {
	if since := o.since.Load(); since != 0 && time.Since(time.Unix(0, since)) > limit {
		o.GiveUp()
	}
}

// Last writes p and waits for at most limit.
func (o *Outlet) Last(p string, limit time.Duration) {
	late := time.AfterFunc(limit, o.GiveUp)
	defer late.Stop()
	_, _ = io.WriteString(o, p)
}
