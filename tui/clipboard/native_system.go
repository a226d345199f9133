//go:build darwin || windows

package clipboard

import (
	"context"

	"github.com/atotto/clipboard"

	"mimecred/client/within"
)

// Way names what reaches the clipboard of this computer. Nothing is called.
func (*Native) Way() string { return "the system" }

func (*Native) write(ctx context.Context, text string) error {
	_, err := within.Context(ctx, func() (string, error) { return "", clipboard.WriteAll(text) })
	return err
}

func (*Native) read(ctx context.Context) (string, error) {
	return within.Context(ctx, clipboard.ReadAll)
}
