//go:build !unix

package main

import (
	"os"
	"syscall"
)

// endings are the signals that ask for an end in order.
func endings() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

// windowClosed tells that no signal here is that of a closed window.
func windowClosed(os.Signal) bool { return false }

// outliveReader does nothing: a pipe that nobody reads is an error here.
func outliveReader() {}

// ignoreReader does nothing either.
func ignoreReader() {}
