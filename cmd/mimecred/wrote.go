package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"syscall"
)

// What becomes of what could not be written. A program that says nothing of it lets a script go on with half a file.

// exitNoReader is the code of a command that only prints, and whose reader has gone: what a shell calls the end by SIGPIPE.
const exitNoReader = 141

// changes tells whether a command changes something, here or at Mimecast, that must not be left half done because nobody reads
// on: mimecred rotate ... | head -1.
func changes(command string) bool {
	return slices.Contains([]string{"mimecred", "setup", "rotate", "rollback", "retire", "rename", "edit", "delete", "check", "copy", "move", "passphrase"}, command)
}

// output is standard output for what writes by itself: a write that fails is known as one of standard output.
func (a *app) output() io.Writer { return output{a} }

type output struct{ a *app }

// Write implements io.Writer.
func (o output) Write(p []byte) (int, error) {
	o.a.writing.Lock()
	defer o.a.writing.Unlock()
	n, err := o.a.std.out.Write(p)
	if err = o.a.wrote(err); err == nil {
		n = len(p) // what nobody reads is gone, and no reason to stop
	}
	return n, err
}

// wrote judges the outcome of a write to standard output.
func (a *app) wrote(err error) error {
	if err == nil {
		return nil
	}
	failed := &outputError{err}
	if a.changing && readerLeft(failed) {
		return nil
	}
	if a.unwritten == nil {
		a.unwritten = failed
	}
	if a.changing {
		return nil // what is being changed is finished first; lastFailure tells in the end
	}
	return failed
}

// outputError is a failed write to standard output. Sockets and the session bus fail with the same numbers.
type outputError struct{ err error }

// Error implements error.
func (e *outputError) Error() string { return "write to standard output: " + e.err.Error() }

// Unwrap gives the cause.
func (e *outputError) Unwrap() error { return e.err }

// readerLeft tells whether a write to standard output failed because nobody reads any more.
func readerLeft(err error) bool {
	var output *outputError
	return errors.As(err, &output) && errors.Is(output.err, syscall.EPIPE)
}

// lastFailure is what could not be written by a command that did everything else.
func (a *app) lastFailure() error {
	if a.unwritten != nil {
		return a.unwritten
	}
	if a.logFile != nil && a.logFile.err != nil {
		return &failure{code: exitCheckFailed, err: fmt.Errorf("the trace of --log is not complete: %w", a.logFile.err)}
	}
	return nil
}

// logFile is the file of --log. It remembers the first write that failed.
type logFile struct {
	*os.File
	err error
}

// Write implements io.Writer. The logger writes one record at a time.
func (f *logFile) Write(p []byte) (int, error) {
	n, err := f.File.Write(p)
	if err != nil && f.err == nil {
		f.err = err
	}
	return n, err
}
