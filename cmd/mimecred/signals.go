package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"time"

	"mimecred/tui/tty"
)

// lastWordsTime is how long a terminal that does not read may keep the program from its end after a signal.
const lastWordsTime = 300 * time.Millisecond

// catchSignals is the one owner of the signals that ask for an end. The first one ends the context, so that the command ends
// in order; the second one puts the terminal back and ends the program at once, whatever it waits for. stop is called when
// the command has ended.
func catchSignals() (ctx context.Context, stop func()) {
	last := &tty.LastResort{}
	ctx, cancel := context.WithCancel(tty.WithLastResort(context.Background(), last))
	came := make(chan os.Signal, 8)
	held := tty.Hold(os.Stdin, os.Stdout, os.Stderr)
	signal.Notify(came, endings()...)
	go func() {
		<-came
		cancel()
		for s := range came {
			if windowClosed(s) && !held.There() {
				continue // a shell passes on what the kernel has sent already, and nothing can block now
			}
			last.Run()
			held.Restore()
			os.Exit(exitInterrupted)
		}
	}()
	return ctx, func() {
		signal.Stop(came)
		cancel()
	}
}

// lastWords lets what is still written after a signal not wait for a terminal that does not read.
func (a *app) lastWords(ctx context.Context) {
	a.writing.Lock()
	defer a.writing.Unlock()
	if ctx.Err() == nil || a.hurried {
		return
	}
	a.hurried = true
	a.std.out, a.std.err = briefly(a.std.out), briefly(a.std.err)
}

// briefly is w, abandoned after a moment where w is a terminal.
func briefly(w io.Writer) io.Writer {
	if !isTerminal(w) {
		return w
	}
	return &brief{tty.NewOutlet(w, nil)}
}

// brief writes for at most lastWordsTime at a time.
type brief struct{ out *tty.Outlet }

// Write implements io.Writer.
func (b *brief) Write(p []byte) (int, error) {
	b.out.Last(string(p), lastWordsTime)
	return len(p), nil
}
