// Package within bounds work that knows no deadline: system calls that block, scrypt, programs of a clipboard.
package within

import "context"

// Context gives what do gives, or the error of ctx when that ends first. do cannot be stopped: it is then left to end by itself, or
// with the program, and what it gives is dropped.
func Context[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := do()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err() //nolint:wrapcheck // the caller says what it was doing
	}
}
