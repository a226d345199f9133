package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// The exit codes. They are part of the command line's contract.
const (
	exitDone        = 0
	exitCheckFailed = 1
	exitUsage       = 2
	exitRefused     = 3
	exitUnjudged    = 4
	exitStore       = 5
	exitInterrupted = 130
)

// failure is an error with its exit code and what to do next.
type failure struct {
	code  int
	err   error // nil when everything has been said already
	hints []string
}

func (f *failure) Error() string {
	if f.err == nil {
		return fmt.Sprintf("exit %d", f.code)
	}
	return f.err.Error()
}

func (f *failure) Unwrap() error { return f.err }

// usage is a command line, file or variable that cannot be meant like this.
func usage(err error, hints ...string) error {
	return &failure{code: exitUsage, err: err, hints: hints}
}

func usagef(format string, args ...any) error { return usage(fmt.Errorf(format, args...)) }

// interruption is the end of ctx as an error.
func interruption(ctx context.Context) error {
	return &failure{code: exitInterrupted, err: fmt.Errorf("interrupted: %w", ctx.Err())}
}

// silent ends with a code after everything has been said.
func silent(code int) error {
	if code == exitDone {
		return nil
	}
	return &failure{code: code}
}

// report says on standard error what went wrong and gives the exit code.
func (a *app) report(ctx context.Context, err error) int {
	if err == nil {
		err = a.lastFailure()
	}
	if readerLeft(err) {
		return exitNoReader
	}
	if err == nil {
		return exitDone
	}
	a.lastWords(ctx)
	if a.unwritten != nil && !errors.Is(err, a.unwritten) && !readerLeft(a.unwritten) {
		a.say("warning: %s", oneLine(a.unwritten.Error()))
	}
	f := explainAny(err)
	if ctx.Err() != nil && interrupted(f) {
		f = &failure{code: exitInterrupted, err: interruptedWords(f), hints: f.hints}
	}
	if f.err != nil {
		a.say("%s", oneLine(f.err.Error()))
	}
	for _, hint := range f.hints {
		a.say("hint: %s", oneLine(hint))
	}
	return f.code
}

// interrupted tells whether a failure is only the consequence of the signal that ended the program.
func interrupted(f *failure) bool {
	if f.err == nil {
		return f.code == exitInterrupted
	}
	var fromClient *client.Error
	var fromStore *credstore.Error
	return errors.Is(f.err, context.Canceled) || f.code == exitInterrupted ||
		errors.As(f.err, &fromClient) && fromClient.Kind == client.Canceled ||
		errors.As(f.err, &fromStore) && fromStore.Kind == credstore.Canceled
}

// interruptedWords keeps what was said about the state things were left in.
func interruptedWords(f *failure) error {
	if f.code == exitInterrupted && f.err != nil && !errors.Is(f.err, context.Canceled) {
		return f.err
	}
	return errors.New("interrupted")
}

// explainAny gives the failure in err, or makes one.
func explainAny(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return explain(err)
}

// explain finds the exit code and the hints of an error that carries none.
func explain(err error) *failure {
	var fromStore *credstore.Error
	if errors.As(err, &fromStore) {
		return storeFailure(err)
	}
	var refused *lifecycle.Refusal
	if errors.As(err, &refused) {
		return notRenamed(refused)
	}
	var fromClient *client.Error
	if errors.As(err, &fromClient) {
		d := client.Diagnose(err, "")
		return &failure{code: exitForKind(d.Kind), err: sentence(d.Meaning, err), hints: hints(anyRemedy(d))}
	}
	return &failure{code: exitCheckFailed, err: err}
}

// storeFailure is an error of the store or of the index of profiles.
func storeFailure(err error) *failure {
	meaning, fix := credstore.Explain(err)
	return &failure{code: exitStore, err: sentence(meaning, err), hints: hints(fix)}
}

// sentence keeps err as the cause and says it in plain words.
func sentence(words string, err error) error {
	if words == "" {
		return err
	}
	return &worded{words: strings.TrimSuffix(words, "."), err: err}
}

// worded is an error in other words.
type worded struct {
	words string
	err   error
}

func (w *worded) Error() string { return w.words }
func (w *worded) Unwrap() error { return w.err }

func hints(fix string) []string {
	var list []string
	for line := range strings.Lines(fix) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// exitForKind is the exit code of one failed check.
func exitForKind(k client.Kind) int {
	switch {
	case k == client.Canceled:
		return exitInterrupted
	case k.Refused():
		return exitRefused
	case k.Unjudged():
		return exitUnjudged
	default:
		return exitCheckFailed
	}
}
