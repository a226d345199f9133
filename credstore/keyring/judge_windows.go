package keyring

import (
	"context"
	"errors"
	"syscall"

	"mimecred/credstore"
)

// Look implements system. The Credential Manager is always there.
func (native) Look(context.Context) error { return nil }

// Present implements system.
func (native) Present(context.Context) error { return nil }

// Responds implements system. Nothing tells.
func (native) Responds(context.Context) error { return nil }

// judgeNative knows the errors of the Credential Manager.
func judgeNative(_ context.Context, err error) credstore.Kind {
	const (
		accessDenied       = syscall.Errno(5)
		notFound           = syscall.Errno(1168)
		noSuchLogonSession = syscall.Errno(1312)
		badStubData        = syscall.Errno(1783)
	)
	var number syscall.Errno
	if !errors.As(err, &number) {
		return ""
	}
	switch number {
	case accessDenied:
		return credstore.Denied
	case notFound:
		return credstore.NotFound
	case noSuchLogonSession:
		return credstore.Unavailable
	case badStubData:
		return credstore.TooBig
	default:
		return ""
	}
}
