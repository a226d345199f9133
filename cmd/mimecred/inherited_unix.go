//go:build unix

package main

import "golang.org/x/sys/unix"

// inherited tells whether a descriptor was open when the program was started. Those that the program itself opened, also the ones of
// Go's runtime, are closed when another program takes its place; an inherited one never is, or it would not be here.
func inherited(fd int) bool {
	flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	return err == nil && flags&unix.FD_CLOEXEC == 0
}
