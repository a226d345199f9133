package credstore

import "errors"

// advised is a cause that knows what helps against it, better than its kind does.
type advised struct {
	error
	fix string
}

// Unwrap gives the cause.
func (a advised) Unwrap() error { return a.error }

// advice is what helps against err: what its cause knows, or fix.
func advice(err error, fix string) string {
	var a advised
	if errors.As(err, &a) {
		return a.fix
	}
	return fix
}
