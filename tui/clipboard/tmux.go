package clipboard

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// buffer is the name of this program's buffer in tmux: what is under it may be deleted.
const buffer = "mimecred"

// Tmux is one buffer of the tmux that the program runs in. Writing it sends the text to the terminal of tmux as well, which
// "load-buffer -w" does whatever set-clipboard says (tmux 3.2 or newer; an older one refuses, and nothing is copied).
type Tmux struct{}

// Write replaces the buffer; "" deletes it, and sends nothing to the terminal. The text never is an argument of tmux.
func (Tmux) Write(ctx context.Context, text string) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	line := []string{"tmux", "load-buffer", "-w", "-b", buffer, "-"}
	if text == "" {
		line = []string{"tmux", "delete-buffer", "-b", buffer}
	}
	if err := feed(ctx, text, line...); err != nil {
		return fmt.Errorf("write tmux's buffer: %w", err)
	}
	return nil
}

// Read gives the buffer's text; "" when there is no such buffer.
func (Tmux) Read(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	names, _, err := run(ctx, "", "tmux", "list-buffers", "-F", "#{buffer_name}")
	if err != nil {
		return "", fmt.Errorf("list tmux's buffers: %w", err)
	}
	if !slices.Contains(strings.Fields(names), buffer) {
		return "", nil
	}
	text, _, err := run(ctx, "", "tmux", "show-buffer", "-b", buffer)
	if err != nil {
		return "", fmt.Errorf("read tmux's buffer: %w", err)
	}
	return text, nil
}
