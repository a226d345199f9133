// Package clipboard reaches the clipboard of the computer that the program runs on. A terminal's own way (OSC 52) is not
// its business; the two together reach the person's clipboard locally, over SSH and inside tmux.
//
// The clipboards of macOS and Windows are reached through github.com/atotto/clipboard: the Windows one needs system calls
// that a library has got right, and neither needs cgo. Elsewhere the desktop's own tools are called from here, because
// that library looks for five programs on PATH whenever a program starts, which takes long where PATH leads into another
// file system, and gives a tool that hangs all the time in the world.
package clipboard

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// limit is how long one look at the clipboard may take. The programs that own a clipboard's content answer at once or
// never.
const limit = 2 * time.Second

// ErrNone means that there is no clipboard that this program could use.
var ErrNone = errors.New("no clipboard can be reached on this computer")

// Native is the clipboard of this computer. The zero Native is not usable; see New.
type Native struct{ env func(string) string }

// New makes the clipboard. Nothing is looked for before it is used. env is the environment, such as os.Getenv.
func New(env func(string) string) *Native { return &Native{env: env} }

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
