package keyring

import (
	"context"
	"errors"
	"os/exec"

	"mimecred/credstore"
)

// Look implements system. The Keychain is always there.
func (native) Look(context.Context) error { return nil }

// Present implements system.
func (native) Present(context.Context) error { return nil }

// Responds implements system. Nothing tells.
func (native) Responds(context.Context) error { return nil }

// judgeNative knows the exit codes of /usr/bin/security: the low byte of the framework's status.
func judgeNative(_ context.Context, err error) credstore.Kind {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return ""
	}
	switch exit.ExitCode() {
	case 36: // errSecInteractionNotAllowed, -25308
		return credstore.Locked
	case 37, 50: // errSecNoDefaultKeychain, -25307; errSecNoSuchKeychain, -25294
		return credstore.NoCollection
	case 44: // errSecItemNotFound, -25300
		return credstore.NotFound
	case 51, 128: // errSecAuthFailed, -25293; the person said no
		return credstore.Denied
	default:
		return ""
	}
}
