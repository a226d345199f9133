package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"mimecred/client/localfile"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/agefile"
	"mimecred/tui/plain"
	"mimecred/tui/step"
)

// passphraseFile is the variable that names the file which has the passphrase of the encrypted files.
const passphraseFile = "MIMECRED_PASSPHRASE_FILE"

// largestPassphrase is the most that is read of a file that has a passphrase or a key, in bytes.
const largestPassphrase = 64 << 10

// readPassphrase is how long a pipe that has the passphrase is waited for.
const readPassphrase = 30 * time.Second

// encrypted gives the store of encrypted files, which lie beside the list of profiles. Making it touches nothing.
func (a *app) encrypted() (*agefile.Store, error) {
	if a.sealed != nil {
		return a.sealed, nil
	}
	dir, err := a.configDir()
	if err != nil {
		return nil, err
	}
	o := agefile.Options{
		Ready: a.hasPassphrase, WorkFactor: a.workFactor,
		Ask: func(ctx context.Context, q agefile.Question) (secret.Value, error) {
			return a.passphrase(ctx, step.PassphraseQuestion(q))
		},
	}
	if path := a.flags.identity; path != "" {
		o.Identity = func(ctx context.Context) (secret.Value, error) { return a.secretFile(ctx, "identity file", path) }
	}
	a.sealed = agefile.New(filepath.Join(dir, "credentials"), o)
	return a.sealed, nil
}

// errNoPassphrase says that nobody can be asked for the passphrase.
var errNoPassphrase = errors.New("there is no terminal to ask for the passphrase, and no file that has it was named")

// hasPassphrase tells why the passphrase of the encrypted files cannot be had, nil when it can.
func (a *app) hasPassphrase() error {
	if a.flags.passphraseFD >= 0 || a.env(passphraseFile) != "" || a.passphrases.Asker() != nil || isTerminal(a.std.in) {
		return nil
	}
	return errNoPassphrase
}

// passphrase gives the passphrase of the encrypted files: that of the descriptor or the file that was named, or what the person
// types. The new one of a change is none of those.
func (a *app) passphrase(ctx context.Context, q step.PassphraseQuestion) (secret.Value, error) {
	changed := q.New && q.Change
	switch path := a.env(passphraseFile); {
	case a.flags.passphraseFD >= 0 && !changed:
		return a.once(q, "what --passphrase-fd gives", func() (secret.Value, error) { return a.passphraseOfFD(ctx) })
	case path != "" && !changed:
		return a.once(q, "the passphrase in "+path, func() (secret.Value, error) { return a.secretFile(ctx, "passphrase file", path) })
	}
	if by := a.passphrases.Asker(); by != nil {
		return by(ctx, q)
	}
	in, is := a.std.in.(*os.File)
	if !is || !isTerminal(in) {
		return secret.Value{}, &credstore.Error{Kind: credstore.Locked, Store: storeFile, Op: "ask for the passphrase", Err: errNoPassphrase}
	}
	return plain.TerminalPassphrase(ctx, in, a.std.err, q)
}

// once gives what a file has, and an error when that was wrong: the same would come again.
func (a *app) once(q step.PassphraseQuestion, what string, read func() (secret.Value, error)) (secret.Value, error) {
	if q.Wrong {
		return secret.Value{}, &credstore.Error{Kind: credstore.WrongPassphrase, Store: storeFile, Op: "open the encrypted files", Err: fmt.Errorf("%s does not open them", what)}
	}
	value, err := read()
	if err != nil {
		return secret.Value{}, &credstore.Error{Kind: credstore.Locked, Store: storeFile, Op: "read the passphrase", Err: err}
	}
	return value, nil
}

// passphraseOfFD reads the descriptor of --passphrase-fd, once.
func (a *app) passphraseOfFD(ctx context.Context) (secret.Value, error) {
	if a.given != nil {
		return *a.given, nil
	}
	fd := a.flags.passphraseFD
	f := os.NewFile(uintptr(fd), "the descriptor of --passphrase-fd")
	if f == nil {
		return secret.Value{}, fmt.Errorf("--passphrase-fd %d is no open descriptor", fd)
	}
	if _, err := f.Stat(); err != nil {
		return secret.Value{}, fmt.Errorf("--passphrase-fd %d is no open descriptor", fd)
	}
	ctx, cancel := context.WithTimeout(ctx, readPassphrase)
	defer cancel()
	type read struct {
		text []byte
		err  error
	}
	done := make(chan read, 1)
	go func() {
		text, err := io.ReadAll(io.LimitReader(f, largestPassphrase))
		done <- read{text, err}
	}()
	select {
	case <-ctx.Done():
		return secret.Value{}, fmt.Errorf("read the descriptor of --passphrase-fd: %w", ctx.Err())
	case r := <-done:
		if r.err != nil {
			return secret.Value{}, fmt.Errorf("read the descriptor of --passphrase-fd: %w", r.err)
		}
		value := passphraseOf(r.text)
		if value.IsZero() {
			return value, fmt.Errorf("--passphrase-fd %d gave nothing", fd)
		}
		a.given = &value
		return value, nil
	}
}

// secretFile reads a file that has one secret. It may be a pipe, as shells make one.
func (a *app) secretFile(ctx context.Context, what, path string) (secret.Value, error) {
	ctx, cancel := context.WithTimeout(ctx, readPassphrase)
	defer cancel()
	text, err := localfile.ReadNamed(ctx, path, largestPassphrase, nil)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return secret.Value{}, fmt.Errorf("the %s %s does not exist", what, path)
	case err != nil:
		return secret.Value{}, fmt.Errorf("read the %s: %w", what, err)
	}
	value := passphraseOf(text)
	if value.IsZero() {
		return value, fmt.Errorf("the %s %s is empty", what, path)
	}
	return value, nil
}

// passphraseOf is the text of a file without what an editor puts around it: a byte order mark, and the end of the line.
func passphraseOf(text []byte) secret.Value {
	line, _ := secret.CleanLine(string(text))
	return secret.New(line)
}
