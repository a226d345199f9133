//go:build !linux

package keyringtest

import "errors"

const supported = false

// Session is a private session; it works on Linux only.
type Session struct{}

var errLinuxOnly = errors.New("a private gnome-keyring session works on Linux only")

// Start always fails here.
func Start(...Option) (*Session, error) { return nil, errLinuxOnly }

// Close does nothing here.
func (*Session) Close() {}

// Env is empty here.
func (*Session) Env() []string { return nil }

func (*Session) busEnv() []string { return nil }

// Lock always fails here.
func (*Session) Lock() error { return errLinuxOnly }

// Unlock always fails here.
func (*Session) Unlock() error { return errLinuxOnly }

// Restart always fails here.
func (*Session) Restart() error { return errLinuxOnly }

// Stop always fails here.
func (*Session) Stop() error { return errLinuxOnly }

// Continue always fails here.
func (*Session) Continue() error { return errLinuxOnly }

// Remove always fails here.
func (*Session) Remove() error { return errLinuxOnly }

// Address is empty here.
func (*Session) Address() string { return "" }

// Lookup always fails here.
func (*Session) Lookup(string) (string, error) { return "", errLinuxOnly }

// Search always fails here.
func (*Session) Search(string) (string, error) { return "", errLinuxOnly }
