//go:build darwin || windows

package clipboard

import (
	"context"

	"github.com/atotto/clipboard"
)

// Way names what reaches the clipboard of this computer. Nothing is called.
func (*Native) Way() string { return "the system" }

func (*Native) write(ctx context.Context, text string) error {
	_, err := within(ctx, func() (string, error) { return "", clipboard.WriteAll(text) })
	return err
}

func (*Native) read(ctx context.Context) (string, error) { return within(ctx, clipboard.ReadAll) }

// within gives up on work that knows no deadline when ctx ends.
func within(ctx context.Context, work func() (string, error)) (string, error) {
	type outcome struct {
		text string
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		text, err := work()
		done <- outcome{text, err}
	}()
	select {
	case o := <-done:
		return o.text, o.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
