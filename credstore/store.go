package credstore

import (
	"context"
	"time"
)

// Store keeps one opaque item per profile name. Implementations: credstore/keyring, and Memory.
// A name is that of a profile (see ValidName), or one with a "." before it for an item that tries the store out.
// Every method honours its context, wraps its failures in *Error and never leaves a half-written item.
type Store interface {
	// Kind is the word of --store and of the index: "keyring", "memory", …
	Kind() string
	// Available looks before it touches: it tells whether the store can be used, without prompting, waiting or writing.
	Available(ctx context.Context) error
	// MaxItem is the largest item in bytes that the store accepts on every platform it supports.
	MaxItem() int
	// Location is where name's item lies, in words for a person.
	Location(name string) string
	// Get gives the item, or an *Error of kind NotFound.
	Get(ctx context.Context, name string) ([]byte, error)
	// Set writes the item whole.
	Set(ctx context.Context, name string, item []byte) error
	// Delete removes the item; a missing one is an *Error of kind NotFound.
	Delete(ctx context.Context, name string) error
}

// Swapper is a Store that can tell whether an item is still what it was when it was read. Where a store is one, a change of
// another process is never replaced, not even that of one with other locks; only Delete removes whatever is there.
type Swapper interface {
	// CompareAndSet writes the item whole when the store still has old, nil for none; otherwise it changes nothing and gives
	// an *Error of kind Conflict.
	CompareAndSet(ctx context.Context, name string, old, item []byte) error
}

// Waiting says that a store has been silent for a while: mostly because it asks the person to unlock it.
type Waiting struct {
	// What is being waited for, in words: "the keyring to be unlocked", "the keyring service to answer".
	What string
	// Until is when the store no longer waits.
	Until time.Time
}

type waitingKey struct{}

// OnWaiting makes a context whose stores call notify after 3 s of silence, and again when something else is waited for than
// was said. notify must not block.
func OnWaiting(ctx context.Context, notify func(Waiting)) context.Context {
	return context.WithValue(ctx, waitingKey{}, notify)
}

// NotifyWaiting is for stores: it calls what OnWaiting put into ctx, if anything.
func NotifyWaiting(ctx context.Context, w Waiting) {
	if notify, ok := ctx.Value(waitingKey{}).(func(Waiting)); ok {
		notify(w)
	}
}
