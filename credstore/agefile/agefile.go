// Package agefile keeps each item in a file of its own, encrypted with age (https://age-encryption.org/v1), for machines that
// have no keyring: servers, containers, WSL, SSH sessions.
//
// The folder (0700, every file 0600) has
//
//	store.json     {"schema":1,"recipient":"age1…","key":"…"}
//	item-NAME.age  one age file a profile, for that recipient
//	store.lock     while a process changes something
//
// recipient is the X25519 recipient of every item. key is its identity, an age file of its own in base64, encrypted with a
// passphrase by age's scrypt recipient; it is missing where the identity lies in a file that the person keeps, for unattended
// use. An item's file has {"schema":1,"name":"NAME","item":"BASE64"} inside. So the age tool alone opens everything:
//
//	jq -r .key store.json | base64 -d | age -d > key.txt
//	age -d -i key.txt item-acme.age | jq -r .item | base64 -d
//
// The rules: a passphrase is asked for once a run, after it is known that there is something to open, and dropped as soon as it
// has opened the key. Whatever waited while it was refused is refused, too. Items whose key is missing are not joined by those of
// another key. A file that cannot be understood is never touched. Every write replaces one file in one step, under a
// lock, so that a process that is killed leaves the old file or the new one. Changing the passphrase writes one file, since it
// encrypts only the key: whoever has kept a copy of store.json opens it with the passphrase that it had then.
package agefile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"mimecred/client/secret"
	"mimecred/credstore"
)

const (
	// Kind is the word for this store in --store and in the index.
	Kind = "file"
	// maxItem is the largest item in bytes. There is no limit but what a record could need.
	maxItem = 64 << 10
	// workFactor is the binary logarithm of scrypt's work factor, as age has it by default: one try lasts about 0.7 s and needs
	// 256 MiB of memory.
	workFactor = 18
	// largestFile is the most that is read of a file, in bytes: base64 and age's own header are about half as much again.
	largestFile = 256 << 10
)

// Options are what a Store needs beside its folder.
type Options struct {
	// Ask gives the passphrase; nil where nobody can be asked.
	Ask Ask
	// Ready tells why Ask would give none, nil when it can; nil is always ready.
	Ready func() error
	// Identity gives the content of an identity file, as age-keygen writes it, in place of a passphrase; nil for none.
	Identity func(ctx context.Context) (secret.Value, error)
	// Opened is called when the passphrase or the identity file has opened the key, so that nobody has to keep it; nil for nothing.
	Opened func()
	// Once tells that the answer that was refused is the only one of this run; nil where a person may type another one later.
	Once func() bool
	// WorkFactor is that of a key that is written; 0 means 18. Tests have a lower one.
	WorkFactor int
	// Files writes the files; nil means those of the operating system.
	Files credstore.Files
}

// Store keeps items in encrypted files. It implements credstore.Store and credstore.Swapper. Make one for a process: it knows
// the key once it was opened.
type Store struct {
	options Options
	dir     string
	folder  credstore.Folder
	// turn has one part of the program at a time open the key.
	turn chan struct{}
	// key is the identity, once it was opened.
	key secret.Value
	// refused is why the key was not opened when that was last tried, and refusedAt when.
	refused   error
	refusedAt time.Time
}

// New makes a Store whose files lie in dir. Nothing is read, made or asked before it is needed.
func New(dir string, options Options) *Store {
	if options.WorkFactor == 0 {
		options.WorkFactor = workFactor
	}
	if options.Files == nil {
		options.Files = credstore.OSFiles{}
	}
	return &Store{options: options, dir: dir, folder: credstore.NewFolder(dir, credstore.WithFiles(options.Files)), turn: make(chan struct{}, 1)}
}

// Kind implements credstore.Store.
func (*Store) Kind() string { return Kind }

// MaxItem implements credstore.Store.
func (*Store) MaxItem() int { return maxItem }

// Location implements credstore.Store.
func (s *Store) Location(name string) string {
	return "in the encrypted file " + filepath.Join(s.dir, fileOf(name))
}

// Available implements credstore.Store. It asks for no passphrase and opens no item.
func (s *Store) Available(ctx context.Context) error {
	const op = "use the encrypted files"
	if err := ctx.Err(); err != nil {
		return s.failed(op, err)
	}
	if err := s.folder.Safe(op); err != nil {
		return s.failed(op, err)
	}
	if _, _, err := s.keyFile(op); err != nil {
		return s.failed(op, err)
	}
	if s.options.Identity != nil {
		return nil
	}
	err := errNobodyToAsk
	if s.options.Ask != nil {
		err = nil
		if s.options.Ready != nil {
			err = s.options.Ready()
		}
	}
	if err != nil {
		return &credstore.Error{Kind: credstore.Unavailable, Store: Kind, Op: op, Err: err}
	}
	return nil
}

// Made tells whether there is a store in the folder already; the first item that is written makes it.
func (s *Store) Made() bool {
	_, there, err := s.keyFile("use the encrypted files")
	return there || err != nil
}

// Get implements credstore.Store. Where there is no such file, nothing is asked.
func (s *Store) Get(ctx context.Context, name string) ([]byte, error) {
	op := "read " + name + " from its encrypted file"
	sealed, err := s.load(ctx, op, name)
	if err != nil {
		return nil, s.failed(op, err)
	}
	item, err := s.open(ctx, op, name, sealed)
	return item, s.failed(op, err)
}

// may tells whether an operation on an item can begin.
func (*Store) may(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err //nolint:wrapcheck // the caller says what it was doing
	}
	return usable(name)
}

// load gives the file of an item as it is.
func (s *Store) load(ctx context.Context, op, name string) ([]byte, error) {
	if err := s.may(ctx, name); err != nil {
		return nil, err
	}
	sealed, err := s.folder.Load(op, fileOf(name), largestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &credstore.Error{Kind: credstore.NotFound, Store: Kind, Op: op, Err: errors.New("there is no such item")}
	}
	return sealed, err
}

// open decrypts an item's file. A file that says itself what is wrong with it asks for no passphrase.
func (s *Store) open(ctx context.Context, op, name string, sealed []byte) ([]byte, error) {
	if err := looksWrong(sealed); err != nil {
		return nil, err
	}
	key, err := s.unlock(ctx, op, false)
	if err != nil {
		return nil, err
	}
	return unseal(key, name, sealed)
}

// Set implements credstore.Store.
func (s *Store) Set(ctx context.Context, name string, item []byte) error {
	return s.write(ctx, name, item, func(string) error { return nil })
}

// CompareAndSet implements credstore.Swapper.
func (s *Store) CompareAndSet(ctx context.Context, name string, old, item []byte) error {
	return s.write(ctx, name, item, func(op string) error {
		sealed, err := s.load(ctx, op, name)
		var there []byte
		switch {
		case credstore.KindOf(err) == credstore.NotFound:
		case err != nil:
			return err
		default:
			if there, err = s.open(ctx, op, name, sealed); err != nil {
				return err
			}
		}
		if (there == nil) != (old == nil) || !bytes.Equal(there, old) {
			return &credstore.Error{Kind: credstore.Conflict, Store: Kind, Op: op, Err: errors.New("another program changed it meanwhile")}
		}
		return nil
	})
}

// write replaces an item's file when may agrees, which is asked under the lock.
func (s *Store) write(ctx context.Context, name string, item []byte, may func(op string) error) error {
	op := "write " + name + " to its encrypted file"
	sealed, err := s.sealed(ctx, op, name, item)
	if err != nil {
		return s.failed(op, credstore.Unwritten(err))
	}
	release, err := s.folder.Lock(ctx)
	if err != nil {
		return s.failed(op, credstore.Unwritten(err))
	}
	defer release()
	if err := may(op); err != nil {
		return s.failed(op, credstore.Unwritten(err))
	}
	return s.failed(op, s.folder.Save(op, fileOf(name), sealed))
}

// sealed is the file of an item, for the key of the store, which is made where there is none.
func (s *Store) sealed(ctx context.Context, op, name string, item []byte) ([]byte, error) {
	if err := s.may(ctx, name); err != nil {
		return nil, err
	}
	if len(item) > maxItem {
		return nil, &credstore.Error{Kind: credstore.TooBig, Store: Kind, Op: op, Err: fmt.Errorf("it has %d bytes and at most %d fit", len(item), maxItem)}
	}
	key, err := s.unlock(ctx, op, true)
	if err != nil {
		return nil, err
	}
	return seal(key, name, item)
}

// Delete implements credstore.Store. It asks for nothing.
func (s *Store) Delete(ctx context.Context, name string) error {
	op := "delete the encrypted file of " + name
	if err := s.may(ctx, name); err != nil {
		return s.failed(op, err)
	}
	if _, err := s.load(ctx, op, name); credstore.KindOf(err) == credstore.NotFound { // one that cannot be read can be deleted
		return s.failed(op, err)
	}
	release, err := s.folder.Lock(ctx)
	if err != nil {
		return s.failed(op, err)
	}
	defer release()
	err = s.folder.Remove(op, fileOf(name))
	if errors.Is(err, fs.ErrNotExist) {
		err = &credstore.Error{Kind: credstore.NotFound, Store: Kind, Op: op, Err: errors.New("there is no such item")}
	}
	return s.failed(op, err)
}

// fileOf is the file of an item.
func fileOf(name string) string { return "item-" + name + ".age" }

// usable tells whether an item can have that name: it becomes part of a file's.
func usable(name string) error {
	if err := credstore.ValidName(strings.TrimPrefix(name, ".")); err != nil {
		return &credstore.Error{Kind: credstore.Broken, Store: Kind, Op: "name an item", Err: err}
	}
	return nil
}

// failed gives an error its kind and its operation; nil stays nil.
func (s *Store) failed(op string, err error) error {
	if err == nil {
		return nil
	}
	kind := credstore.KindOf(err)
	switch {
	case kind != "":
	case errors.Is(err, context.Canceled):
		kind = credstore.Canceled
	case errors.Is(err, context.DeadlineExceeded):
		kind = credstore.TimedOut
	case errors.Is(err, fs.ErrPermission):
		kind = credstore.Denied
	default:
		kind = credstore.Broken
	}
	return &credstore.Error{Kind: kind, Store: Kind, Op: op, Err: err}
}
