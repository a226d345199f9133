package main

import "golang.org/x/sys/unix"

// keepPrivate keeps what is in the memory of this process out of core dumps, and away from other programs of the same user, which
// could attach to it or read /proc/PID/mem otherwise (prctl(2), PR_SET_DUMPABLE; getrlimit(2), RLIMIT_CORE). It takes microseconds.
// Programs that exec starts can be looked into again; they keep the limit of no core dumps, since they have the secrets, too.
func keepPrivate() {
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) // where it is refused, the program is as private as any other
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_CORE, &limit) == nil {
		limit.Cur = 0 // the hard limit stays: whoever debugs a program that exec starts may raise it
		_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	}
}
