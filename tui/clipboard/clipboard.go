// Package clipboard copies values to where a person can paste them, and says only what it has seen: a value that was read
// back was copied, one that went to the terminal was sent. The terminal's own way (OSC 52) cannot be read back; the caller
// sends it where this package says so.
//
// The clipboards of macOS and Windows are reached through github.com/atotto/clipboard: the Windows one needs system calls
// that a library has got right, and neither needs cgo. Elsewhere the desktop's own tools are called from here, because
// that library looks for five programs on PATH whenever a program starts, which takes long where PATH leads into another
// file system, and gives a tool that hangs as much time as it wants.
package clipboard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mimecred/client/secret"
)

// limit is how long one look at the clipboard may take. The programs that own a clipboard's content answer at once or
// never.
const limit = 2 * time.Second

// Blank is what replaces a value in the terminal's clipboard. It is not empty, because tmux passes an empty one on to
// nobody: the value would stay in the clipboard of the terminal that tmux runs in.
const Blank = " "

// ErrNone means that there is no clipboard that this program could use.
var ErrNone = errors.New("no clipboard can be reached on this computer")

// Holder keeps one text where the person can paste it from.
type Holder interface {
	// Write replaces the text; "" empties the holder.
	Write(ctx context.Context, text string) error
	// Read gives the text; "" when the holder is empty.
	Read(ctx context.Context) (string, error)
}

// Place is where a copied value was seen.
type Place int

// The places, from the least that can be said to the most.
const (
	// Terminal means that the value was seen nowhere: the terminal may have accepted it.
	Terminal Place = iota
	// InTmux means that tmux's buffer was read back and holds the value; tmux sent it to its terminal.
	InTmux
	// InNative means that the clipboard of this computer was read back and holds the value.
	InNative
)

// Copied is what was seen of a copy. Send is set when the caller is to send the value to the terminal.
type Copied struct {
	Place Place
	Send  bool
}

// Left is how the clipboard was left.
type Left int

// How it may be left, from the least that can be said to the most.
const (
	// Asked means that nothing can be seen: the terminal is asked to empty its clipboard.
	Asked Left = iota
	// Deleted means that tmux's buffer was seen to be gone; the terminal was asked to empty its clipboard.
	Deleted
	// Emptied means that the clipboard of this computer was read back and is empty.
	Emptied
	// Foreign means that the clipboard holds something else, which is left alone.
	Foreign
)

// Gone is what was seen when a value was removed. Send is set when the caller is to ask the terminal.
type Gone struct {
	Left Left
	Send bool
}

// Board is everything that this program can copy to. One use of it at a time.
type Board struct {
	native, tmux Holder
	// seen is set while the value of the last Copy was seen in native. Where it never was, what else lies there is no sign
	// that the person copied something since.
	seen bool
}

// New makes the Board of this computer. Nothing is looked for before it is used. env is the environment, such as
// os.Getenv.
func New(env func(string) string) *Board {
	if env("TMUX") == "" {
		return Of(NewNative(env), nil)
	}
	return Of(NewNative(env), Tmux{})
}

// Of makes a Board of a clipboard of the computer and of a tmux; both may be nil.
func Of(native, tmux Holder) *Board { return &Board{native: native, tmux: tmux} }

// Copy copies a value to each place, since any may be the one that the person pastes from, and tells the best place where
// it was seen. Inside tmux the value does not go through the terminal: tmux may swallow it, or keep it in a buffer that
// nobody deletes.
func (b *Board) Copy(ctx context.Context, v secret.Value) Copied {
	seen := Copied{Send: true}
	if put(ctx, b.tmux, v) {
		seen = Copied{Place: InTmux}
	}
	b.seen = put(ctx, b.native, v)
	if b.seen {
		seen.Place = InNative
	}
	return seen
}

// put writes a value and tells whether it was read back.
func put(ctx context.Context, h Holder, v secret.Value) bool {
	return h != nil && h.Write(ctx, v.Reveal()) == nil && holds(ctx, h, v)
}

func holds(ctx context.Context, h Holder, v secret.Value) bool {
	if h == nil {
		return false
	}
	text, err := h.Read(ctx)
	return err == nil && secret.New(text).Equal(v)
}

// Empty removes a value where it still is, and nothing else. What the person copied since is left alone, in the
// terminal's clipboard as well.
func (b *Board) Empty(ctx context.Context, v secret.Value) Gone {
	native := b.emptyNative(ctx, v)
	buffer := b.emptyTmux(ctx, v, native != Foreign)
	switch {
	case native == Foreign, native == Asked && buffer == Foreign:
		return Gone{Left: Foreign}
	case native == Emptied && (b.tmux == nil || buffer != Asked):
		return Gone{Left: Emptied, Send: b.tmux == nil}
	default:
		return Gone{Left: buffer, Send: buffer != Deleted}
	}
}

// emptyTmux deletes tmux's buffer if it holds v. terminal tells whether the terminal of tmux is asked to empty its own
// clipboard, too.
func (b *Board) emptyTmux(ctx context.Context, v secret.Value, terminal bool) Left {
	if b.tmux == nil {
		return Asked
	}
	text, err := b.tmux.Read(ctx)
	switch {
	case err != nil || text == "":
		return Asked
	case !secret.New(text).Equal(v):
		return Foreign
	}
	asked := terminal && b.tmux.Write(ctx, Blank) == nil
	if b.tmux.Write(ctx, "") != nil || !empty(ctx, b.tmux) || terminal && !asked {
		return Asked
	}
	return Deleted
}

// emptyNative empties the clipboard of this computer if it holds v. Where it cannot be read nothing is known, and it is
// left alone: it may hold what the person copied since.
func (b *Board) emptyNative(ctx context.Context, v secret.Value) Left {
	if b.native == nil {
		return Asked
	}
	text, err := b.native.Read(ctx)
	switch {
	case err != nil:
		return Asked
	case !secret.New(text).Equal(v) && b.seen:
		return Foreign
	case !secret.New(text).Equal(v):
		return Asked
	case b.native.Write(ctx, "") != nil || !empty(ctx, b.native):
		return Asked
	default:
		return Emptied
	}
}

func empty(ctx context.Context, h Holder) bool {
	text, err := h.Read(ctx)
	return err == nil && text == ""
}

// Native is the clipboard of this computer. The zero Native is not usable; see NewNative.
type Native struct{ env func(string) string }

// NewNative makes the clipboard of this computer; env is the environment.
func NewNative(env func(string) string) *Native { return &Native{env: env} }

// Write replaces what the clipboard holds; "" empties it. The text never is an argument of a program.
func (n *Native) Write(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := n.write(ctx, text); err != nil {
		return fmt.Errorf("write to the clipboard: %w", err)
	}
	return nil
}

// Read gives what the clipboard holds as text.
func (n *Native) Read(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	text, err := n.read(ctx)
	if err != nil {
		return "", fmt.Errorf("read the clipboard: %w", err)
	}
	return text, nil
}
