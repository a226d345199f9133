package credstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"
)

// verifyWait is how long a write that failed without a clear answer is looked after.
const verifyWait = 3 * time.Second

// unclearError marks a failed write of which it is not known whether it happened.
type unclearError struct{ error }

func (e unclearError) Unwrap() error { return e.error }

// unclear tells whether err leaves open what the store has now.
func unclear(err error) bool {
	var u unclearError
	return errors.As(err, &u)
}

// write replaces name's item old (nil for none) by item, reads it back and compares. On an error the store has old,
// unless the error is unclear.
func (v *Vault) write(ctx context.Context, store Store, name string, old, item []byte) error {
	if err := put(ctx, store, name, old, item); err != nil {
		return v.verify(ctx, store, name, old, item, err)
	}
	got, err := fetch(ctx, store, name)
	if err != nil {
		return unclearError{during("read back what was written for "+name, err)}
	}
	if bytes.Equal(got, item) {
		return nil
	}
	mismatch := &Error{Kind: Mismatch, Store: store.Kind(), Op: "write " + name}
	if same(got, old) {
		mismatch.Err = errors.New("the store said that it was written, and still has what it had before; " +
			"that is how a dismissed question looks")
		return mismatch
	}
	if _, swaps := store.(Swapper); swaps { // it was written for certain, and somebody else has written since
		return changed("write " + name)
	}
	mismatch.Err = errors.New("what was read back is not what was written")
	if err := v.restore(ctx, store, name, old); err != nil {
		return unclearError{errors.Join(mismatch, err)}
	}
	return mismatch
}

// errChanged says that an item is not what it was when it was read.
var errChanged = errors.New("another program changed it meanwhile")

// put writes an item, with the store's own check that nobody changed it meanwhile where there is one.
func put(ctx context.Context, store Store, name string, old, item []byte) error {
	if s, ok := store.(Swapper); ok {
		return s.CompareAndSet(ctx, name, old, item)
	}
	return store.Set(ctx, name, item)
}

// verify decides about a write that failed. Where the failure leaves open whether it happened, one quick look tells more;
// a look that would ask the person once more is not worth it.
func (v *Vault) verify(ctx context.Context, store Store, name string, old, item []byte, failed error) error {
	var unwritten unwrittenError
	if errors.As(failed, &unwritten) {
		return failed
	}
	switch KindOf(failed) {
	case TimedOut, Broken, Mismatch, "":
	case Canceled:
		return unclearError{failed}
	default:
		return failed
	}
	look, cancel := context.WithTimeout(ctx, verifyWait)
	defer cancel()
	got, err := fetch(look, store, name)
	switch {
	case err != nil:
		return unclearError{failed}
	case bytes.Equal(got, item):
		return nil
	case !same(got, old):
		if _, swaps := store.(Swapper); swaps {
			return unclearError{errors.Join(failed, errChanged)} // it may have been written, and changed by somebody else since
		}
		if err := v.restore(look, store, name, old); err != nil {
			return unclearError{errors.Join(failed, err)}
		}
		return failed
	case KindOf(failed) == TimedOut:
		return unclearError{failed} // the old item now; a write that comes late may still replace it
	default:
		return failed
	}
}

// restore puts the old item back after a write that left something else.
func (v *Vault) restore(ctx context.Context, store Store, name string, old []byte) error {
	op := "restore what was stored for " + name
	if old == nil {
		if err := store.Delete(ctx, name); err != nil && KindOf(err) != NotFound {
			return during(op, err)
		}
		return nil
	}
	if err := store.Set(ctx, name, old); err != nil {
		return during(op, err)
	}
	got, err := fetch(ctx, store, name)
	if err != nil {
		return during(op, err)
	}
	if !bytes.Equal(got, old) {
		return &Error{Kind: Mismatch, Store: store.Kind(), Op: op, Err: errors.New("what was read back is not what was written")}
	}
	return nil
}

// remove deletes name's item and looks whether it is gone. A missing item is no error.
func (v *Vault) remove(ctx context.Context, store Store, name string) error {
	failed := store.Delete(ctx, name)
	switch KindOf(failed) {
	case NotFound:
		return nil
	case TimedOut, Broken, Mismatch, "":
	default:
		return failed
	}
	look, cancel := ctx, context.CancelFunc(func() {})
	if failed != nil {
		look, cancel = context.WithTimeout(ctx, verifyWait)
	}
	defer cancel()
	got, err := fetch(look, store, name)
	switch {
	case err == nil && got == nil:
		return nil
	case failed != nil:
		return failed
	case err != nil:
		return during("look whether "+name+" is gone", err)
	}
	return &Error{
		Kind: Mismatch, Store: store.Kind(), Op: "delete " + name,
		Err: errors.New("the store said that it was deleted, and it is still there; that is how a dismissed question looks"),
	}
}

// fetch gives name's item, nil when there is none.
func fetch(ctx context.Context, store Store, name string) ([]byte, error) {
	item, err := store.Get(ctx, name)
	if KindOf(err) == NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if item == nil {
		item = []byte{}
	}
	return item, nil
}

// same compares items; nil means none and differs from an empty one.
func same(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }
