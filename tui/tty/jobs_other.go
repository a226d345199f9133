//go:build !unix

package tty

import "context"

// Jobs are the stops of this process, which this system does not have.
type Jobs struct{}

// WatchJobs has nothing to watch.
func WatchJobs(uintptr, func()) *Jobs { return &Jobs{} }

// Close ends the watch.
func (*Jobs) Close() {}

// CanStop tells that the process cannot be stopped.
func (*Jobs) CanStop() bool { return false }

// Pause does nothing.
func (*Jobs) Pause(context.Context) bool { return true }

// Foreground tells that the process has the terminal.
func (*Jobs) Foreground(context.Context) bool { return true }

// Foreground tells that the process has the terminal.
func Foreground(uintptr) bool { return true }
