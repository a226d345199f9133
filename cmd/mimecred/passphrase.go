package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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
		Ready: a.hasPassphrase, WorkFactor: a.workFactor, Opened: func() { a.given = nil },
		// In the wizard, a person may try another passphrase. A command is one try, and a file has one passphrase.
		Once: func() bool { return a.givenPassphrase() || a.flags.identity != "" || a.passphrases.Asker() == nil },
		Ask: func(ctx context.Context, q agefile.Question) (secret.Value, error) {
			return a.passphrase(ctx, step.PassphraseQuestion(q))
		},
	}
	if path := a.flags.identity; path != "" {
		o.Identity = func(ctx context.Context) (secret.Value, error) {
			text, err := a.secretFile(ctx, "identity file", path)
			return secret.New(string(text)), err
		}
	}
	a.sealed = agefile.New(filepath.Join(dir, "credentials"), o)
	return a.sealed, nil
}

// errNoPassphrase says that nobody can be asked for the passphrase.
var errNoPassphrase = errors.New("there is no terminal to ask for the passphrase, and no file that has it was named")

// hasPassphrase tells why the passphrase of the encrypted files cannot be had, nil when it can.
func (a *app) hasPassphrase() error {
	if a.givenPassphrase() || a.passphrases.Asker() != nil || isTerminal(a.std.in) {
		return nil
	}
	return errNoPassphrase
}

// givenPassphrase tells that a descriptor or a file has the passphrase.
func (a *app) givenPassphrase() bool { return a.flags.passphraseFD >= 0 || a.env(passphraseFile) != "" }

// passphrase gives the passphrase of the encrypted files: that of the descriptor or the file that was named, or what the person
// types. The new one of a change is none of those.
func (a *app) passphrase(ctx context.Context, q step.PassphraseQuestion) (secret.Value, error) {
	changed := q.New && q.Change
	switch path := a.env(passphraseFile); {
	case a.flags.passphraseFD >= 0 && !changed:
		return a.once(q, fmt.Sprintf("descriptor %d (--passphrase-fd)", a.flags.passphraseFD), func() (secret.Value, error) { return a.passphraseOfFD(ctx) })
	case path != "" && !changed:
		return a.once(q, "the file "+path, func() (secret.Value, error) { return a.passphraseIn(ctx, path) })
	}
	if by := a.passphrases.Asker(); by != nil {
		return by(ctx, q)
	}
	return a.typedPassphrase(ctx, q)
}

// typedPassphrase asks for the passphrase on the terminal.
func (a *app) typedPassphrase(ctx context.Context, q step.PassphraseQuestion) (secret.Value, error) {
	in, is := a.std.in.(*os.File)
	if !is || !isTerminal(in) {
		return secret.Value{}, &credstore.Error{Kind: credstore.Locked, Store: storeFile, Op: "ask for the passphrase", Err: errNoPassphrase}
	}
	return plain.TerminalPassphrase(ctx, in, a.std.err, q)
}

// once gives what a source has, and an error when that was wrong: the same would come again.
func (a *app) once(q step.PassphraseQuestion, source string, read func() (secret.Value, error)) (secret.Value, error) {
	if q.Wrong {
		a.given = nil
		return secret.Value{}, &credstore.Error{Kind: credstore.WrongPassphrase, Store: storeFile, Op: "open the encrypted files", Err: &credstore.GivenPassphraseError{Source: source}}
	}
	value, err := read()
	if err != nil {
		return secret.Value{}, &credstore.Error{Kind: credstore.Locked, Store: storeFile, Op: "read the passphrase", Err: err}
	}
	return value, nil
}

// usableFD tells whether --passphrase-fd names a descriptor that this program was started with, and not one of its own.
func (a *app) usableFD() error {
	fd := a.flags.passphraseFD
	switch {
	case fd == -1:
		return nil
	case fd < 0:
		return usagef("--passphrase-fd must not be negative")
	case !inherited(fd):
		return usage(fmt.Errorf("--passphrase-fd %d is no open descriptor", fd), fmt.Sprintf("let the shell open it: mimecred ... --passphrase-fd %d %d< FILE", fd, fd))
	}
	return nil
}

// passphraseOfFD reads the descriptor of --passphrase-fd, once.
func (a *app) passphraseOfFD(ctx context.Context) (secret.Value, error) {
	if a.given != nil {
		return *a.given, nil
	}
	fd := a.flags.passphraseFD
	source := fmt.Sprintf("descriptor %d (--passphrase-fd)", fd)
	var f *os.File
	if own := []*os.File{os.Stdin, os.Stdout, os.Stderr}; fd < len(own) {
		f = own[fd]
	} else {
		f = os.NewFile(uintptr(fd), source)
		defer f.Close() //nolint:errcheck // it was only read, and what exec starts does not get it
	}
	if err := a.judgeSecret(f, source); err != nil {
		return secret.Value{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, readPassphrase)
	defer cancel()
	text, err := localfile.ReadOpen(ctx, f, source, largestPassphrase)
	if err != nil {
		return secret.Value{}, fmt.Errorf("read the descriptor of --passphrase-fd: %w", err)
	}
	value, err := passphraseOf(text, source)
	if err == nil {
		a.given = &value
	}
	return value, err
}

// passphraseIn reads a file that has a passphrase.
func (a *app) passphraseIn(ctx context.Context, path string) (secret.Value, error) {
	text, err := a.secretFile(ctx, "passphrase file", path)
	if err != nil {
		return secret.Value{}, err
	}
	return passphraseOf(text, "the passphrase file "+path)
}

// passphraseOf is the one line that a source has, without what an editor puts around it: a byte order mark, and the end of the line.
// Which of several lines would be the passphrase, nobody can tell.
func passphraseOf(text []byte, source string) (secret.Value, error) {
	line, _ := secret.CleanLine(string(text))
	switch {
	case line == "":
		return secret.Value{}, errors.New(source + " is empty")
	case strings.ContainsAny(line, "\r\n"):
		return secret.Value{}, errors.New(source + " has more than one line")
	}
	return secret.New(line), nil
}

// judgeSecret refuses a terminal, and tells when others may read the file.
func (a *app) judgeSecret(f *os.File, path string) error {
	if isTerminal(f) {
		return errors.New(path + " is a terminal, which would show the secret as it is typed")
	}
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("look at %s: %w", path, err)
	}
	a.tellShared(info, path)
	return nil
}

// tellSharedKeys says when others may read what opens the encrypted files, before the screens begin.
func (a *app) tellSharedKeys() {
	for _, path := range []string{a.env(passphraseFile), a.flags.identity} {
		if info, err := os.Stat(path); err == nil {
			a.tellShared(info, path)
		}
	}
}

// secretFile reads a file that has one secret. It may be a pipe, as shells make one.
func (a *app) secretFile(ctx context.Context, what, path string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, readPassphrase)
	defer cancel()
	text, err := localfile.ReadNamed(ctx, path, largestPassphrase, func(f *os.File) error { return a.judgeSecret(f, path) })
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the %s %s does not exist", what, path)
	case err != nil:
		return nil, fmt.Errorf("read the %s: %w", what, err)
	}
	return text, nil
}
