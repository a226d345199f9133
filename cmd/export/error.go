package export

import "fmt"

// Error is one sentence that a person understands, without any value in it.
type Error struct {
	Text string
	// Fix is what to do about it, for a hint; may be empty.
	Fix string
	// Err is the cause; may be nil.
	Err error
}

// Error gives the sentence.
func (e *Error) Error() string { return e.Text }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// refused says that a format cannot carry one field.
func refused(format string, f Field, reason, fix string) error {
	return &Error{Text: fmt.Sprintf("%s cannot carry %s: %s", format, f.Name, reason), Fix: fix}
}
