package screen

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client/secret"
)

// clipboardTime is how long a copied value may stay in the clipboard.
const clipboardTime = 45 * time.Second

// clipboardLimit bounds one use of the native clipboard.
const clipboardLimit = 3 * time.Second

// Blank is what takes a value's place in the terminal's clipboard. It is not empty, because tmux passes an empty one on to
// nobody: the value would stay in the clipboard of the terminal that tmux runs in.
const Blank = " "

// NativeClipboard is the clipboard of the computer that the program runs on.
type NativeClipboard interface {
	// Write replaces its content; "" empties it.
	Write(ctx context.Context, text string) error
	Read(ctx context.Context) (string, error)
}

// Clipboard is where values are copied to: the terminal's clipboard and the native one, since either may be the one that
// the person pastes from. It remembers what was copied last, in order to take it away again. It is shared by every screen
// of a run and outlives them.
type Clipboard struct {
	native NativeClipboard

	// working lets one use of the native clipboard happen at a time, so that the last one wins.
	working sync.Mutex

	mu   sync.Mutex
	held secret.Value
	turn int
}

// NewClipboard makes a Clipboard; native may be nil.
func NewClipboard(native NativeClipboard) *Clipboard { return &Clipboard{native: native} }

// copiedMsg tells that a value was copied; native is set when the native clipboard took it too.
type copiedMsg struct {
	turn   int
	native bool
}

// clearedMsg tells how the clipboard was left after a value's time: emptied, or with what the person copied since.
type clearedMsg struct {
	turn    int
	foreign bool
}

// copyValue gives the commands that copy a value and take it away after its time, and the turn that their messages carry.
func (e Env) copyValue(v secret.Value) (turn int, cmd tea.Cmd) {
	c, ctx := e.Clipboard, e.Context
	turn = c.take(v)
	return turn, tea.Batch(
		toTerminal(v),
		func() tea.Msg { return copiedMsg{turn, c.write(ctx, turn)} },
		e.tick(clipboardTime, func(time.Time) tea.Msg { return c.expire(ctx, turn) }),
	)
}

// take notes what is copied now.
func (c *Clipboard) take(v secret.Value) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = v
	c.turn++
	return c.turn
}

// write copies to the native clipboard, unless something newer was copied meanwhile.
func (c *Clipboard) write(ctx context.Context, turn int) (native bool) {
	if c.native == nil {
		return false
	}
	c.working.Lock()
	defer c.working.Unlock()
	c.mu.Lock()
	v, mine := c.held, c.turn == turn
	c.mu.Unlock()
	if !mine || v.IsZero() {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, clipboardLimit)
	defer cancel()
	return toNative(ctx, c.native, v) == nil
}

// expire takes a value away when it is still there; its message empties the terminal's clipboard too. A newer value has a
// time of its own.
func (c *Clipboard) expire(ctx context.Context, turn int) tea.Msg {
	c.mu.Lock()
	v, mine := c.held, c.turn == turn
	if mine {
		c.held = secret.Value{}
	}
	c.mu.Unlock()
	switch {
	case !mine || v.IsZero():
		return nil
	case c.foreign(ctx, v):
		return clearedMsg{turn: turn, foreign: true}
	case c.newer(turn):
		return nil // copied while the native clipboard was looked at
	default:
		return tea.Batch(tea.SetClipboard(Blank), func() tea.Msg { return clearedMsg{turn: turn} })()
	}
}

func (c *Clipboard) newer(turn int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.turn != turn
}

// foreign empties the native clipboard if it holds v, and tells whether it holds something else. Where it cannot be read
// nothing is known, and the terminal's clipboard is all that can be emptied.
func (c *Clipboard) foreign(ctx context.Context, v secret.Value) bool {
	if c.native == nil {
		return false
	}
	c.working.Lock()
	defer c.working.Unlock()
	ctx, cancel := context.WithTimeout(ctx, clipboardLimit)
	defer cancel()
	text, err := c.native.Read(ctx)
	if err != nil {
		return false
	}
	if !secret.New(text).Equal(v) {
		return true
	}
	_ = c.native.Write(ctx, "") // the terminal's clipboard is emptied whatever comes of it
	return false
}

// Close takes away, before the program ends, what would be taken away later. It tells whether the caller is to empty the
// terminal's clipboard. It may be called on nil.
func (c *Clipboard) Close(ctx context.Context) (terminal bool) {
	if c == nil {
		return false
	}
	c.mu.Lock()
	v := c.held
	c.held = secret.Value{}
	c.mu.Unlock()
	return !v.IsZero() && !c.foreign(ctx, v)
}
