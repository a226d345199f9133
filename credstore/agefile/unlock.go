package agefile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"filippo.io/age"

	"mimecred/client/secret"
	"mimecred/client/within"
	"mimecred/credstore"
)

// Ask gives the passphrase that q asks for. Where the same answer would come again after a wrong one, it gives an error then.
type Ask func(ctx context.Context, q Question) (secret.Value, error)

// Question is what a passphrase is asked for.
type Question struct {
	// New is set when the passphrase is chosen, so that it is asked twice: the store is made, or its passphrase is changed.
	New bool
	// Wrong is set when the last answer did not open the key.
	Wrong bool
	// Change is set when the passphrase is asked for to be changed.
	Change bool
	// Folder is where the encrypted files lie.
	Folder string
}

// tries is how often a passphrase is asked for before an operation fails.
const tries = 3

// errNobodyToAsk says that there is nobody to ask for the passphrase.
var errNobodyToAsk = errors.New("there is no terminal to ask for the passphrase, and neither a passphrase file nor an identity file was named")

// unlock gives the key, and asks for what opens it once a run. With create a store is made where there is none.
func (s *Store) unlock(ctx context.Context, op string, create bool) (secret.Value, error) {
	begun := credstore.TryBegun(ctx)
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return secret.Value{}, ctx.Err() //nolint:wrapcheck // the caller says what it was doing
	}
	if !s.key.IsZero() {
		return s.key, nil
	}
	if s.refused != nil && (s.refusedAt.After(begun) || s.options.Once != nil && s.options.Once()) {
		return secret.Value{}, s.refused
	}
	key, err := s.opened(ctx, op, create)
	if err != nil {
		if k := credstore.KindOf(err); ctx.Err() == nil && (k == credstore.WrongPassphrase || k == credstore.Locked) {
			s.refused, s.refusedAt = err, time.Now()
		}
		return secret.Value{}, err
	}
	s.key, s.refused = key, nil
	s.done()
	return key, nil
}

// done tells that the passphrase is needed no more.
func (s *Store) done() {
	if s.options.Opened != nil {
		s.options.Opened()
	}
}

// opened opens the key, or makes it.
func (s *Store) opened(ctx context.Context, op string, create bool) (secret.Value, error) {
	k, there, err := s.keyFile(op)
	used := err == nil && !there && len(s.items()) > 0
	if used { // another process may have made the store between the two looks: its key comes before any item
		k, there, err = s.keyFile(op)
	}
	switch {
	case err != nil:
		return secret.Value{}, err
	case s.options.Identity != nil:
		return s.fromIdentity(ctx, op, k, there, create)
	case there:
		return s.ask(ctx, k, false)
	case create && !used:
		return s.create(ctx, op)
	}
	return secret.Value{}, wrong(credstore.Locked, s.folder.Path(keyFileName)+" is missing, which has the key: put it back from a backup")
}

// items are the files of items, whose key a new one would not replace.
func (s *Store) items() (files []string) {
	all, _ := os.ReadDir(s.dir) // what cannot be listed cannot be read either
	for _, f := range all {
		if ok, _ := filepath.Match(fileOf("*"), f.Name()); ok {
			files = append(files, f.Name())
		}
	}
	return files
}

// opensItems tells whether an identity opens any of the items that are there; where there are none, each does.
func (s *Store) opensItems(op string, i *age.X25519Identity) bool {
	items := s.items()
	return len(items) == 0 || slices.ContainsFunc(items, func(file string) bool {
		sealed, err := s.folder.Load(op, file, largestFile)
		if err == nil {
			_, err = decrypt(sealed, i)
		}
		return err == nil
	})
}

// fromIdentity takes the key from the identity file, and makes the store for it where there is none.
func (s *Store) fromIdentity(ctx context.Context, op string, k keyFile, there, create bool) (secret.Value, error) {
	file, err := s.options.Identity(ctx)
	if err != nil {
		return secret.Value{}, &credstore.Error{Kind: credstore.Locked, Store: Kind, Op: op, Err: err}
	}
	if there {
		return k.in(file)
	}
	key, err := identityOf(file, func(i *age.X25519Identity) bool { return s.opensItems(op, i) })
	switch {
	case err != nil:
		return secret.Value{}, err
	case key.IsZero():
		return secret.Value{}, wrong(credstore.Locked, s.folder.Path(keyFileName)+" is missing, and the identity file opens none of the items there: name the one that they were written with")
	case !create:
		return key, nil
	}
	identity, err := parsed(key)
	if err != nil {
		return secret.Value{}, err
	}
	k = keyFile{Schema: keySchema, Recipient: identity.Recipient().String()}
	other, there, err := s.found(ctx, op, k)
	if err != nil || !there {
		return key, err
	}
	return other.in(file)
}

// in finds the identity of the recipient in the content of an identity file.
func (k keyFile) in(file secret.Value) (secret.Value, error) {
	key, err := identityOf(file, func(i *age.X25519Identity) bool { return i.Recipient().String() == k.Recipient })
	if err == nil && key.IsZero() {
		err = wrong(credstore.Foreign, "the items are encrypted for "+k.Recipient+", which is not in the identity file")
	}
	return key, err
}

// create makes a store whose key a new passphrase opens.
func (s *Store) create(ctx context.Context, op string) (secret.Value, error) {
	passphrase, err := s.answer(ctx, Question{New: true, Folder: s.dir})
	if err != nil {
		return secret.Value{}, err
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return secret.Value{}, fmt.Errorf("make a key: %w", err)
	}
	key := secret.New(identity.String())
	k, err := within.Context(ctx, func() (keyFile, error) { return s.lock(key, passphrase) })
	if err != nil {
		return secret.Value{}, err
	}
	other, there, err := s.found(ctx, op, k)
	if err != nil || !there {
		return key, err
	}
	if len(other.Key) == 0 {
		return s.ask(ctx, other, false) // which says that its key is elsewhere
	}
	return within.Context(ctx, func() (secret.Value, error) { return other.openWith(passphrase) })
}

// found writes store.json, unless another process has done so meanwhile: then it gives that one's.
func (s *Store) found(ctx context.Context, op string, k keyFile) (other keyFile, there bool, err error) {
	release, err := s.folder.Lock(ctx)
	if err != nil {
		return keyFile{}, false, fmt.Errorf("make the store: %w", err)
	}
	defer release()
	if other, there, err = s.keyFile(op); err != nil || there {
		return other, there, err
	}
	return keyFile{}, false, s.saveKeyFile(op, k)
}

// ask asks for the passphrase until it opens the key, a few times at most.
func (s *Store) ask(ctx context.Context, k keyFile, change bool) (secret.Value, error) {
	if len(k.Key) == 0 {
		return secret.Value{}, wrong(credstore.Locked, "its items are encrypted for an identity file, and none was named")
	}
	q := Question{Folder: s.dir, Change: change}
	for n := 1; ; n++ {
		passphrase, err := s.answer(ctx, q)
		if err != nil {
			return secret.Value{}, err
		}
		key, err := within.Context(ctx, func() (secret.Value, error) { return k.openWith(passphrase) })
		if credstore.KindOf(err) != credstore.WrongPassphrase || n == tries {
			return key, err
		}
		q.Wrong = true
	}
}

// answer asks one question.
func (s *Store) answer(ctx context.Context, q Question) (secret.Value, error) {
	if s.options.Ask == nil {
		return secret.Value{}, wrong(credstore.Locked, errNobodyToAsk.Error())
	}
	passphrase, err := s.options.Ask(ctx, q)
	switch {
	case err != nil && ctx.Err() == nil && credstore.KindOf(err) == "": // nothing was written, and that is certain
		return secret.Value{}, &credstore.Error{Kind: credstore.Locked, Store: Kind, Op: "ask for the passphrase", Err: err}
	case err != nil:
		return secret.Value{}, fmt.Errorf("ask for the passphrase: %w", err)
	case passphrase.IsZero():
		return secret.Value{}, wrong(credstore.Locked, "the passphrase is empty")
	}
	return passphrase, nil
}

// ChangePassphrase asks for the passphrase, then for a new one, and writes the key once, encrypted with that. The items stay as
// they are. A process that is killed meanwhile leaves the old passphrase or the new one.
func (s *Store) ChangePassphrase(ctx context.Context) error {
	const op = "change the passphrase"
	k, there, err := s.keyFile(op)
	switch {
	case err != nil:
		return s.failed(op, err)
	case !there:
		return s.failed(op, &credstore.Error{Kind: credstore.NotFound, Store: Kind, Op: op, Err: errors.New("there is no encrypted store yet; the first profile that is kept there makes it")})
	case len(k.Key) == 0:
		return s.failed(op, &credstore.Error{Kind: credstore.Unavailable, Store: Kind, Op: op, Err: errors.New("its key is in an identity file, and has no passphrase here")})
	}
	key, err := s.ask(ctx, k, true)
	if err != nil {
		return s.failed(op, err)
	}
	s.done()
	passphrase, err := s.answer(ctx, Question{New: true, Change: true, Folder: s.dir})
	if err != nil {
		return s.failed(op, err)
	}
	next, err := within.Context(ctx, func() (keyFile, error) { return s.lock(key, passphrase) })
	if err != nil {
		return s.failed(op, err)
	}
	release, err := s.folder.Lock(ctx)
	if err != nil {
		return s.failed(op, err)
	}
	defer release()
	if now, _, err := s.keyFile(op); err != nil || !bytes.Equal(now.Key, k.Key) {
		if err == nil {
			err = &credstore.Error{Kind: credstore.Conflict, Store: Kind, Op: op, Err: errors.New("another mimecred changed it meanwhile")}
		}
		return s.failed(op, err)
	}
	return s.failed(op, s.saveKeyFile(op, next))
}
