//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
)

// endings are the signals that ask for an end in order. A closed window sends SIGHUP, more than once where a shell passes
// it on, so that later ones are swallowed; under nohup it is ignored and stays so.
func endings() []os.Signal {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if signal.Ignored(syscall.SIGHUP) {
		return ends
	}
	signal.Notify(make(chan os.Signal, 1), syscall.SIGHUP)
	return append(ends, syscall.SIGHUP)
}
