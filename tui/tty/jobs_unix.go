//go:build unix

package tty

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// stopTime is how long a stop may take to happen. A process that no shell looks after is never stopped.
	stopTime = 500 * time.Millisecond
	// backTime is how long a process in the background waits for a signal that ends it before it stops again. A shell sends
	// that signal together with the one that continues.
	backTime = 200 * time.Millisecond
)

// Jobs are the stops of this process, by ctrl+z or by others, and its continuations. SIGTSTP keeps its default action: a Go
// program that has once asked for that signal is never stopped by it again.
type Jobs struct {
	fd      uintptr
	signals chan os.Signal
	// pausing is set while Pause itself stops the process.
	pausing atomic.Bool
	done    chan struct{}
}

// WatchJobs watches the process whose terminal is fd. went is called when the process was stopped by others and goes on.
// Close ends it.
func WatchJobs(fd uintptr, went func()) *Jobs {
	j := &Jobs{fd: fd, signals: make(chan os.Signal, 1), done: make(chan struct{})}
	signal.Notify(j.signals, syscall.SIGCONT)
	go func() {
		for {
			select {
			case <-j.signals:
				if !j.pausing.Load() {
					went()
				}
			case <-j.done:
				return
			}
		}
	}()
	return j
}

// Close ends the watch.
func (j *Jobs) Close() {
	signal.Stop(j.signals)
	close(j.done)
}

// CanStop tells whether a shell looks after this process, so that somebody can make it go on.
func (j *Jobs) CanStop() bool {
	mine, err := unix.Getsid(0)
	if err != nil || os.Getppid() <= 1 {
		return false
	}
	parents, err := unix.Getsid(os.Getppid())
	return err == nil && mine == parents
}

// Pause stops the process group as ctrl+z does, and returns when it goes on in the foreground. The terminal has to be as it
// was found. false means that ctx ended while another program has the terminal.
func (j *Jobs) Pause(ctx context.Context) bool {
	j.pausing.Store(true)
	defer j.pausing.Store(false)
	for {
		stop()
		if Foreground(j.fd) {
			return true
		}
		if !j.background(ctx) {
			return false
		}
	}
}

// Foreground waits until the process has the terminal; it stops itself meanwhile. false means that ctx ended before.
func (j *Jobs) Foreground(ctx context.Context) bool {
	if Foreground(j.fd) {
		return true
	}
	return j.background(ctx) && j.Pause(ctx)
}

// background tells whether the process may stop again.
func (*Jobs) background(ctx context.Context) bool {
	wait := time.NewTimer(backTime)
	defer wait.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wait.C:
		return ctx.Err() == nil
	}
}

// stop stops the process group, and returns when it goes on.
func stop() {
	goesOn := make(chan os.Signal, 1)
	signal.Notify(goesOn, syscall.SIGCONT)
	defer signal.Stop(goesOn)
	_ = syscall.Kill(0, syscall.SIGTSTP)
	late := time.NewTimer(stopTime)
	defer late.Stop()
	select {
	case <-goesOn:
	case <-late.C: // nobody stopped it, or it was stopped for longer than that
	}
}

// Foreground tells whether the process has the terminal behind fd. A terminal that is not its own cannot be taken away.
func Foreground(fd uintptr) bool {
	group, err := unix.IoctlGetInt(int(fd), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}

// WatchSize calls resized whenever the window's size changes; Close ends it.
func WatchSize(resized func()) (stop func()) {
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, syscall.SIGWINCH)
	go func() {
		for {
			select {
			case <-signals:
				resized()
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}
