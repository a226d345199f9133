package screen

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
)

// Attempt is one run of something that takes time. Its messages carry it, so that those of an earlier one are known and
// dropped. The work runs beside the program and hands over one message at a time: every command that delivers one must be
// followed by next.
type Attempt struct {
	ctx    context.Context //nolint:containedctx // the attempt is the context's owner
	cancel context.CancelFunc
	out    chan any
	ended  chan struct{} // closed when the work returned
	gone   chan struct{} // closed when nobody listens any more
	once   sync.Once
	panics error
}

// AttemptMsg is one message of an attempt.
type AttemptMsg struct {
	of  *Attempt
	msg any
}

// Of is the attempt that a message belongs to.
func (m AttemptMsg) Of() *Attempt { return m.of }

// Said is what the work said.
func (m AttemptMsg) Said() any { return m.msg }

// Begin prepares an attempt of at most limit; the command starts work and delivers its first message. work must give up
// when its context ends; what it emits after the screen was closed goes nowhere.
func Begin(parent context.Context, limit time.Duration, work func(ctx context.Context, emit func(any))) (*Attempt, tea.Cmd) {
	ctx, cancel := context.WithTimeout(parent, limit)
	a := &Attempt{ctx: ctx, cancel: cancel, out: make(chan any), ended: make(chan struct{}), gone: make(chan struct{})}
	emit := func(msg any) {
		select {
		case a.out <- msg:
		case <-a.ended: // a store's notice that came too late
		case <-a.gone:
		}
	}
	start := func() {
		defer close(a.ended)
		defer func() {
			// A panic here would end the program with the terminal in raw mode; in the command it is caught.
			if r := recover(); r != nil {
				a.panics = fmt.Errorf("%v\n%s", r, debug.Stack())
			}
		}()
		work(ctx, emit)
	}
	return a, func() tea.Msg {
		select {
		case <-a.gone:
			return nil // stopped before it began
		default:
		}
		go start()
		return a.receive()
	}
}

// Events hands what the lifecycle tells over as messages of the attempt.
func Events(emit func(any)) lifecycle.Tell { return func(e lifecycle.Event) { emit(e) } }

// Next waits for the next message.
func (a *Attempt) Next() tea.Cmd { return a.receive }

func (a *Attempt) receive() tea.Msg {
	select {
	case msg := <-a.out:
		return AttemptMsg{a, msg}
	case <-a.ended:
		a.cancel()
		if a.panics != nil {
			panic(a.panics)
		}
		return nil
	case <-a.gone:
		return nil
	}
}

// Cancel tells the work to stop; what it says is still handed over.
func (a *Attempt) Cancel() { a.cancel() }

// Stop cancels the work and drops what it still says. It may be called on nil and more than once.
func (a *Attempt) Stop() {
	if a == nil {
		return
	}
	a.once.Do(func() {
		a.cancel()
		close(a.gone)
	})
}
