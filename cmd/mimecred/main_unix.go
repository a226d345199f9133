//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// endings are the signals that ask for an end in order. A closed window sends SIGHUP; under nohup it is ignored and stays
// so.
func endings() []os.Signal {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if signal.Ignored(syscall.SIGHUP) {
		return ends
	}
	return append(ends, syscall.SIGHUP)
}

// windowClosed tells whether a signal is the one that a closed window sends, more than once where a shell passes it on.
func windowClosed(s os.Signal) bool { return s == syscall.SIGHUP }

// outliveReader makes a write to a pipe that nobody reads an error, which ends the program by default. What the program starts
// gets the default again.
func outliveReader() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }

// ignoreReader is outliveReader for a command line that starts no program. It is quicker: nothing waits for signals.
func ignoreReader() { signal.Ignore(syscall.SIGPIPE) }
