// Package keyring keeps items in the keyring of the operating system: the Secret Service on Linux and the BSDs (GNOME
// Keyring, KWallet, KeePassXC), the Keychain on macOS, the Credential Manager on Windows.
//
// go-keyring does the talking and knows no deadlines, so this package adds them; it asks the system only after a look
// that cannot hang or start anything; and it reads back what it wrote, because a dismissed question looks like success.
//
// What every keyring has in common: any program that runs as the same person can read the items, and on Linux see them
// pass on the session bus.
package keyring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"
	"unicode/utf8"

	"mimecred/credstore"
)

const (
	// Kind is the word for this store in --store and in the index.
	Kind = "keyring"
	// Service is what every item is filed under; the user is the profile's name. It has no ':', since the Credential
	// Manager joins the two with one.
	Service = "mimecred"
	// MaxItem is the largest item in bytes. Windows accepts 2,560; macOS accepts a command line of 4,096 in which the item is
	// a third longer; the rest is margin.
	MaxItem = 2400
)

// Options are how patient a Store is.
type Options struct {
	// Silent is how long an operation stays silent before credstore.NotifyWaiting is called; 0 means 3 s. As often it is looked
	// whether the keyring still answers, and told when that changes.
	Silent time.Duration
	// Patience is how long an operation may last in all, unlocking by the person included; 0 means 2 minutes.
	Patience time.Duration
	// Now is the clock that Waiting.Until is told by; nil means time.Now.
	Now func() time.Time
}

// Store keeps items in the keyring of the operating system. It implements credstore.Store. Make one for a process: what
// keeps a late operation from overtaking the next one is inside it.
//
// Some keyrings (Windows) do not tell capital letters in names apart: "Acme" and "acme" would be one item there. The Store
// files names as they are; credstore.Vault refuses a profile whose name differs from another one in capital letters only,
// and checks that the item it read is that of the name it asked for.
type Store struct {
	options Options
	system  system
	// turn has one operation at a time. An operation that its caller left keeps its turn until the system answers.
	turn chan struct{}
}

// system is the keyring as go-keyring offers it: no contexts, no deadlines, errors mostly by their text.
type system interface {
	// Look tells whether the keyring can be used, without calling it.
	Look(ctx context.Context) error
	// Present tells, besides, whether somebody provides a keyring, without starting or prompting anybody.
	Present(ctx context.Context) error
	// Responds is a *credstore.NoAnswerError when the keyring runs and answers nothing before ctx ends. A keyring that waits
	// for the person, or is not there, is no such error.
	Responds(ctx context.Context) error
	Get(name string) (string, error)
	Set(name, item string) error
	Delete(name string) error
	// Judge gives the kind of an error of the methods above.
	Judge(ctx context.Context, err error) credstore.Kind
}

// New makes a Store. Nothing is called before it is needed.
func New(options Options) *Store {
	return newStore(options, native{})
}

func newStore(options Options, s system) *Store {
	if options.Silent <= 0 {
		options.Silent = 3 * time.Second
	}
	if options.Patience <= 0 {
		options.Patience = 2 * time.Minute
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Store{options: options, system: s, turn: make(chan struct{}, 1)}
}

// Kind implements credstore.Store.
func (*Store) Kind() string { return Kind }

// MaxItem implements credstore.Store.
func (*Store) MaxItem() int { return MaxItem }

// Location implements credstore.Store.
func (*Store) Location(name string) string {
	switch runtime.GOOS {
	case "darwin":
		return fmt.Sprintf("in the Keychain (Keychain Access: %s, account %s)", Service, name)
	case "windows":
		return fmt.Sprintf("in the Windows Credential Manager (%s:%s)", Service, name)
	default:
		return fmt.Sprintf("in the keyring (Passwords and Keys: Password for '%s' on '%s')", name, Service)
	}
}

// Available implements credstore.Store. It lasts a second at most and neither starts nor prompts anything.
func (s *Store) Available(ctx context.Context) error {
	const op = "use the keyring"
	if err := ctx.Err(); err != nil {
		return s.gaveUp(op, err)
	}
	if err := s.system.Look(ctx); err != nil {
		return s.failed(ctx, op, err)
	}
	if err := s.system.Present(ctx); err != nil {
		return s.failed(ctx, op, err)
	}
	return nil
}

// Silent tells whether the keyring can be used without a question to the person: an *Error of kind Locked where it is known that it
// would ask, of kind TimedOut where it does not answer. Where nothing tells (macOS, Windows), it is Available.
func (s *Store) Silent(ctx context.Context) error {
	if err := s.Available(ctx); err != nil {
		return err
	}
	quick, cancel := context.WithTimeout(ctx, s.options.Silent)
	defer cancel()
	if silent := (*credstore.NoAnswerError)(nil); errors.As(s.system.Responds(quick), &silent) {
		return &credstore.Error{Kind: credstore.TimedOut, Store: Kind, Op: "use the keyring", Err: silent}
	}
	if look, can := s.system.(interface {
		Locked(ctx context.Context) bool
	}); can && look.Locked(ctx) {
		return &credstore.Error{Kind: credstore.Locked, Store: Kind, Op: "use the keyring"}
	}
	return nil
}

// Get implements credstore.Store.
func (s *Store) Get(ctx context.Context, name string) ([]byte, error) {
	op := "read " + name + " from the keyring"
	if err := usable(name, nil); err != nil {
		return nil, &credstore.Error{Kind: credstore.Broken, Store: Kind, Op: op, Err: err}
	}
	return s.do(ctx, op, func() ([]byte, error) {
		item, err := s.system.Get(name)
		return []byte(item), err
	})
}

// Set implements credstore.Store. It reads back what it wrote: an *Error of kind Mismatch tells of a keyring that said yes
// and did nothing.
func (s *Store) Set(ctx context.Context, name string, item []byte) error {
	op := "write " + name + " to the keyring"
	if err := usable(name, item); err != nil {
		return &credstore.Error{Kind: credstore.Broken, Store: Kind, Op: op, Err: err}
	}
	if len(item) > MaxItem {
		return &credstore.Error{
			Kind: credstore.TooBig, Store: Kind, Op: op,
			Err: fmt.Errorf("it has %d bytes and at most %d fit", len(item), MaxItem),
		}
	}
	item = bytes.Clone(item)
	_, err := s.do(ctx, op, func() ([]byte, error) {
		if err := s.system.Set(name, string(item)); err != nil {
			return nil, err
		}
		got, err := s.system.Get(name)
		if kind := s.judge(ctx, err); err != nil && kind != credstore.NotFound {
			return nil, err
		}
		if err != nil || got != string(item) {
			return nil, s.unchanged(op, "it said that the item was written, and it has another one or none")
		}
		return nil, nil
	})
	return err
}

// Delete implements credstore.Store. It looks whether the item is gone.
func (s *Store) Delete(ctx context.Context, name string) error {
	op := "delete " + name + " from the keyring"
	if err := usable(name, nil); err != nil {
		return &credstore.Error{Kind: credstore.Broken, Store: Kind, Op: op, Err: err}
	}
	_, err := s.do(ctx, op, func() ([]byte, error) {
		if err := s.system.Delete(name); err != nil {
			return nil, err
		}
		_, err := s.system.Get(name)
		switch {
		case err == nil:
			return nil, s.unchanged(op, "it said that the item was deleted, and it is still there")
		case s.judge(ctx, err) != credstore.NotFound:
			return nil, err
		}
		return nil, nil
	})
	return err
}

func (s *Store) unchanged(op, why string) error {
	return &credstore.Error{
		Kind: credstore.Mismatch, Store: Kind, Op: op,
		Err: errors.New(why + "; that is how a dismissed question looks"),
	}
}

// usable tells whether every keyring accepts the name and the item: some cut at NUL, some keep text only.
func usable(name string, item []byte) error {
	switch {
	case name == "":
		return errors.New("an item needs a name")
	case !utf8.ValidString(name) || !utf8.Valid(item):
		return errors.New("keyrings keep valid UTF-8 only")
	case bytes.IndexByte(item, 0) >= 0 || bytes.IndexByte([]byte(name), 0) >= 0:
		return errors.New("keyrings keep no NUL")
	}
	return nil
}
