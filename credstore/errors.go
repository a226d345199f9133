package credstore

import (
	"context"
	"errors"
)

// Kind is what is wrong with a store, in one word.
type Kind string

// The kinds.
const (
	// NotFound: no such item.
	NotFound Kind = "not_found"
	// Unavailable: there is no such store on this machine or in this session.
	Unavailable Kind = "unavailable"
	// Locked: the store exists and could not be unlocked.
	Locked Kind = "locked"
	// WrongPassphrase: the store is encrypted, and the passphrase that was given does not open it.
	WrongPassphrase Kind = "wrong_passphrase"
	// NoCollection: the keyring service has no default collection to write to.
	NoCollection Kind = "no_collection"
	// TimedOut: the store did not answer; a write may still have happened.
	TimedOut Kind = "timed_out"
	// TooBig: the item is larger than the store accepts.
	TooBig Kind = "too_big"
	// Mismatch: what was read back is not what was written.
	Mismatch Kind = "mismatch"
	// Damaged: the item is there and cannot be understood.
	Damaged Kind = "damaged"
	// Foreign: the item is there and is not one of mimecred's, or is encrypted for another key.
	Foreign Kind = "foreign"
	// Conflict: another process changed or locked the profile.
	Conflict Kind = "conflict"
	// PendingKeys: keys that were created at Mimecast are pending in the profile, and would be lost.
	PendingKeys Kind = "waits"
	// Denied: the operating system refused.
	Denied Kind = "denied"
	// Canceled: the person or the caller stopped it.
	Canceled Kind = "canceled"
	// Broken: anything else.
	Broken Kind = "broken"
)

// Error is one failed operation of a store.
type Error struct {
	Kind Kind
	// Store is the kind of store that failed, such as "keyring"; IndexStore for the list of profiles; may be empty.
	Store string
	// Op is what was being done, as a phrase that follows "could not": "write acme to the keyring".
	Op string
	// Err is the cause.
	Err error
}

// IndexStore is the Store of an Error about the list of profiles, which is a file of its own without secrets.
const IndexStore = "index"

// Error gives one line.
func (e *Error) Error() string {
	s := e.Op
	if s == "" {
		s = string(e.Kind)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of the first *Error in err's chain, "" when there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// NoAnswerError says that what keeps the items runs and answers nothing, so that it is not the person who is waited for.
type NoAnswerError struct {
	// Who does not answer, such as "the keyring service (gnome-keyring-daemon, process 1234)".
	Who string
}

// Error gives one line.
func (e *NoAnswerError) Error() string { return e.Who + " does not answer" }

// unwrittenError marks a failed write that has certainly not happened.
type unwrittenError struct{ error }

func (e unwrittenError) Unwrap() error { return e.error }

// Unwritten is for stores: it says that nothing was written before err, whatever its kind, so that nobody has to look; nil stays nil.
func Unwritten(err error) error {
	if err == nil {
		return nil
	}
	return unwrittenError{err}
}

// during gives err the operation it happened in, keeping its kind and store.
func during(op string, err error) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) {
		return &Error{Kind: e.Kind, Store: e.Store, Op: op, Err: err}
	}
	return &Error{Kind: contextKind(err), Op: op, Err: err}
}

// contextKind is the kind of an error that no store has judged.
func contextKind(err error) Kind {
	switch {
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return TimedOut
	default:
		return Broken
	}
}
