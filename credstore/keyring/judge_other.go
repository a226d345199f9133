//go:build !((dragonfly && cgo) || (freebsd && cgo) || linux || netbsd || openbsd || darwin || windows)

package keyring

import (
	"context"
	"fmt"
	"runtime"

	"mimecred/credstore"
)

// Look implements system. There is no keyring for programs built this way.
func (native) Look(context.Context) error {
	return &credstore.Error{
		Kind: credstore.Unavailable, Store: Kind, Op: "find a keyring",
		Err: fmt.Errorf("this build for %s has none", runtime.GOOS),
	}
}

// Present implements system.
func (n native) Present(ctx context.Context) error { return n.Look(ctx) }

// Responds implements system. Nothing tells.
func (native) Responds(context.Context) error { return nil }

func judgeNative(context.Context, error) credstore.Kind { return "" }
