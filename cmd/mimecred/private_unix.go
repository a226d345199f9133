//go:build unix && !linux

package main

import "golang.org/x/sys/unix"

// keepPrivate keeps what is in the memory of this process out of core dumps (getrlimit(2), RLIMIT_CORE). Only Linux lets a process
// refuse to be looked into; PT_DENY_ATTACH of macOS is not used, since it ends the program when somebody debugs it.
func keepPrivate() {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_CORE, &limit) == nil {
		limit.Cur = 0
		_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	}
}
