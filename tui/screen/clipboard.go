package screen

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/client/secret"
	"mimecred/tui/clipboard"
)

// clipboardLimit bounds one use of the clipboards.
const clipboardLimit = 5 * time.Second

// Board copies a value to wherever the person may paste from, and takes it away; both tell what was seen.
type Board interface {
	Copy(ctx context.Context, v secret.Value) clipboard.Copied
	Empty(ctx context.Context, v secret.Value) clipboard.Gone
}

// Clipboard is where values are copied to: a Board, and the terminal where the Board says so. It remembers what was copied
// last, in order to take it away again. It is shared by every screen of a run and outlives them.
type Clipboard struct {
	board Board

	// working lets one use of the board happen at a time, so that the last one wins.
	working sync.Mutex

	mu   sync.Mutex
	held secret.Value
	turn int
}

// NewClipboard makes a Clipboard; nil is the terminal's clipboard alone.
func NewClipboard(board Board) *Clipboard {
	if board == nil {
		board = clipboard.Of(nil, nil)
	}
	return &Clipboard{board: board}
}

// copiedMsg tells where a copied value was seen.
type copiedMsg struct {
	turn  int
	place clipboard.Place
}

// clearedMsg tells how the clipboard was left after a value's time.
type clearedMsg struct {
	turn int
	left clipboard.Left
}

// copyValue gives the commands that copy a value and take it away after its time, and the turn that their messages carry.
func (e Env) copyValue(v secret.Value) (turn int, cmd tea.Cmd) {
	c, ctx := e.Clipboard, e.Context
	turn = c.take(v)
	return turn, tea.Batch(
		func() tea.Msg { return c.copy(ctx, turn) },
		e.After(clipboard.HoldTime, func(time.Time) tea.Msg { return c.expire(ctx, turn) }),
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

// copy copies what is held, unless something newer was copied meanwhile.
func (c *Clipboard) copy(ctx context.Context, turn int) tea.Msg {
	c.working.Lock()
	defer c.working.Unlock()
	v := c.of(turn)
	if v.IsZero() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, clipboardLimit)
	defer cancel()
	seen := c.board.Copy(ctx, v)
	told := func() tea.Msg { return copiedMsg{turn, seen.Place} }
	if seen.Send && !c.of(turn).IsZero() {
		return tea.Batch(toTerminal(v), told)()
	}
	return told()
}

// of is the value of a turn; zero when it was taken away or something newer was copied.
func (c *Clipboard) of(turn int) secret.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turn != turn {
		return secret.Value{}
	}
	return c.held
}

// expire removes a value when it is still there; its message empties the terminal's clipboard too. A newer value has a
// time of its own.
func (c *Clipboard) expire(ctx context.Context, turn int) tea.Msg {
	v := c.drop(turn)
	if v.IsZero() {
		return nil
	}
	gone := c.empty(ctx, v)
	told := func() tea.Msg { return clearedMsg{turn, gone.Left} }
	switch {
	case c.newer(turn):
		return nil // copied while the clipboards were looked at
	case gone.Send:
		return tea.Batch(tea.SetClipboard(clipboard.Blank), told)()
	default:
		return told()
	}
}

// drop forgets the value of a turn, and gives it.
func (c *Clipboard) drop(turn int) secret.Value {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.turn != turn {
		return secret.Value{}
	}
	v := c.held
	c.held = secret.Value{}
	return v
}

func (c *Clipboard) newer(turn int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.turn != turn
}

func (c *Clipboard) empty(ctx context.Context, v secret.Value) clipboard.Gone {
	c.working.Lock()
	defer c.working.Unlock()
	ctx, cancel := context.WithTimeout(ctx, clipboardLimit)
	defer cancel()
	return c.board.Empty(ctx, v)
}

// Close removes, before the program ends, what would be removed later. It tells whether the caller is to empty the
// terminal's clipboard. It may be called on nil.
func (c *Clipboard) Close(ctx context.Context) (terminal bool) {
	if c == nil {
		return false
	}
	c.mu.Lock()
	turn := c.turn
	c.mu.Unlock()
	v := c.drop(turn)
	return !v.IsZero() && c.empty(ctx, v).Send
}
