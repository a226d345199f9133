package storetest

import (
	"context"
	"errors"

	"mimecred/credstore"
)

var errScripted = errors.New("scripted by the test")

// Fail fails with that kind and does nothing.
func Fail(kind credstore.Kind) Fault {
	return func(_ context.Context, call Call, _ func() ([]byte, error)) ([]byte, error) {
		return nil, fail(kind, "", call, errScripted)
	}
}

// FailAfter does what was asked and fails with that kind all the same. With TimedOut this is the write that happened
// although nobody was told.
func FailAfter(kind credstore.Kind) Fault {
	return func(_ context.Context, call Call, do func() ([]byte, error)) ([]byte, error) {
		_, _ = do()
		return nil, fail(kind, "", call, errScripted)
	}
}

// Lie says that all went well and does nothing, as a keyring does whose question was dismissed. A lying Get gives an empty
// item.
func Lie() Fault {
	return func(context.Context, Call, func() ([]byte, error)) ([]byte, error) { return nil, nil }
}

// Hang does nothing until the context ends.
func Hang() Fault {
	return func(ctx context.Context, call Call, _ func() ([]byte, error)) ([]byte, error) {
		<-ctx.Done()
		kind := credstore.Canceled
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			kind = credstore.TimedOut
		}
		return nil, fail(kind, "", call, ctx.Err())
	}
}

// HangAfter does what was asked and then hangs until the context ends.
func HangAfter() Fault {
	return func(ctx context.Context, call Call, do func() ([]byte, error)) ([]byte, error) {
		_, _ = do()
		return Hang()(ctx, call, do)
	}
}

// Damage changes the item that a Get returns.
func Damage(change func(item []byte) []byte) Fault {
	return func(_ context.Context, _ Call, do func() ([]byte, error)) ([]byte, error) {
		item, err := do()
		if err != nil {
			return nil, err
		}
		return change(item), nil
	}
}

// Late is a Fault for Set and Delete: it fails with TimedOut at once, and does what was asked right after the next
// operation of the store, whatever that is.
func (f *Faulty) Late() Fault {
	return func(_ context.Context, call Call, do func() ([]byte, error)) ([]byte, error) {
		f.mu.Lock()
		f.late = append(f.late, func() { _, _ = do() })
		f.mu.Unlock()
		return nil, fail(credstore.TimedOut, f.Kind(), call, errScripted)
	}
}

// WriteInstead is a Fault for Set: it writes another item than the one it was given and says that all went well.
func (f *Faulty) WriteInstead(item []byte) Fault {
	return func(ctx context.Context, call Call, _ func() ([]byte, error)) ([]byte, error) {
		return nil, f.inner.Set(ctx, call.Name, item)
	}
}

// Kill ends the store before the operation, as if the process had been killed there: this operation and all later ones
// fail and do nothing.
func (f *Faulty) Kill() Fault {
	return func(_ context.Context, call Call, _ func() ([]byte, error)) ([]byte, error) {
		f.die()
		return nil, fail(credstore.Broken, f.Kind(), call, errKilled)
	}
}

// KillAfter does what was asked and then ends the store.
func (f *Faulty) KillAfter() Fault {
	return func(_ context.Context, call Call, do func() ([]byte, error)) ([]byte, error) {
		_, _ = do()
		f.die()
		return nil, fail(credstore.Broken, f.Kind(), call, errKilled)
	}
}

func (f *Faulty) die() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dead = true
}
