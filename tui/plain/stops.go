package plain

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"

	"mimecred/tui/tty"
)

// errStopped means that the program was stopped while a secret was typed: it is typed anew.
var errStopped = errors.New("stopped while a secret was typed")

// stops are the times when the program was stopped and went on. A shell sets the terminal meanwhile: the echo that was off
// is on again, and the question has scrolled away.
type stops struct {
	ctx    context.Context //nolint:containedctx // one run is one call: the context is Run's own
	fd     uintptr
	before *term.State
	jobs   *tty.Jobs
	// hidden is set while nothing that is typed may be shown.
	hidden atomic.Bool
	// turn counts the stops. again has a value when the question is to be asked again.
	turn  atomic.Int64
	again chan struct{}
}

func watchStops(ctx context.Context, fd uintptr) *stops {
	s := &stops{ctx: ctx, fd: fd, again: make(chan struct{}, 1)}
	s.before, _ = term.GetState(fd) // nil restores nothing
	s.jobs = tty.WatchJobs(fd, s.went)
	return s
}

// pause gives the terminal back, stops the program as ctrl+z does, and takes the terminal again.
func (s *stops) pause() {
	if !s.jobs.CanStop() {
		return
	}
	setBack(s.fd, s.before)
	if s.jobs.Pause(s.ctx) {
		s.back()
	}
}

// went is called when others stopped the program and it goes on.
func (s *stops) went() {
	if s.jobs.Foreground(s.ctx) {
		s.back()
	}
}

// back is what is due when the program goes on: the echo first, then the question.
func (s *stops) back() {
	if s.hidden.Load() {
		_, _ = silence(s.fd) // who asked for the silence puts the terminal back as it was before that
	}
	s.turn.Add(1)
	select {
	case s.again <- struct{}{}:
	default:
	}
}

// hush makes the terminal silent until restore is called.
func (s *stops) hush() (restore func()) {
	if s.jobs == nil {
		return func() {} // no terminal, nothing to hush
	}
	s.hidden.Store(true)
	loud, err := silence(s.fd)
	if err != nil {
		loud = func() {} // the reader will say so
	}
	return func() {
		s.hidden.Store(false)
		loud()
	}
}

// keyLook is how long a look for a key lasts, after which it is seen whether anybody still waits for one.
const keyLook = 100 * time.Millisecond

// awaitKey waits until there is a key to read, and gives the error of what has ended meanwhile. A read that nobody waits for any
// more would swallow the next answer, and switch the echo on in the middle of it. ready looks for a key within a time.
func (s *stops) awaitKey(ready func(within time.Duration) bool) error {
	if s.ctx == nil {
		return nil
	}
	for {
		begun := time.Now()
		if ready(keyLook) {
			return nil
		}
		if err := s.ctx.Err(); err != nil {
			return err //nolint:wrapcheck // a context's error says it all
		}
		<-time.After(keyLook - time.Since(begun)) // a look that a signal cut short, or that cannot wait
	}
}

// since is a way to read that gives errStopped in place of the first bytes after a stop, and those bytes afterwards. ctrl+z
// itself stops the program.
func (s *stops) since(read func([]byte) (int, error)) func([]byte) (int, error) {
	turn := s.turn.Load()
	var held []byte
	return func(p []byte) (int, error) {
		if len(held) > 0 {
			n := copy(p, held)
			held = held[n:]
			return n, nil
		}
		n, err := read(p)
		for i, c := range p[:max(n, 0)] {
			if c == keySuspend {
				held = append(held, p[i+1:n]...)
				s.pause()
				turn = s.turn.Load()
				return 0, errStopped
			}
		}
		if now := s.turn.Load(); now != turn {
			turn = now
			held = append(held, p[:max(n, 0)]...)
			return 0, errStopped
		}
		return n, err
	}
}

// setBack sets a terminal as it was, unless another program has it now.
func setBack(fd uintptr, state *term.State) {
	if state != nil && tty.Foreground(fd) {
		_ = term.SetState(fd, state)
	}
}
