//go:build !windows

package localfile

import "syscall"

// nonblock makes opening a pipe fail or succeed at once.
const nonblock = syscall.O_NONBLOCK
