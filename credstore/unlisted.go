package credstore

import "errors"

// unlistedError marks an error of the list of profiles, or of the notes beside it, that came after the store was changed. What
// was asked for is done; the list only repeats what the store has.
type unlistedError struct {
	error
	// fix is what writes the list again.
	fix string
}

// Unwrap gives the cause.
func (e unlistedError) Unwrap() error { return e.error }

// unlisted marks err as one that came after the store was changed; nil stays nil. command is what writes the list again.
func unlisted(err error, command string) error {
	if err == nil {
		return nil
	}
	return unlistedError{err, "What the store has is right. \"" + command + "\" writes the list again."}
}

// Unlisted tells whether err says only that the list of profiles could not be written, after what was asked for was done in
// the store. Such an error comes together with the result.
func Unlisted(err error) bool {
	var u unlistedError
	return errors.As(err, &u)
}

// explainUnlisted says that it was done, and what was not.
func explainUnlisted(err error) (sentence, fix string) {
	var u unlistedError
	errors.As(err, &u)
	var e *Error
	cause := u.Error()
	if errors.As(u.error, &e) {
		cause = innermost(e)
	}
	return "It is done, but the list of profiles could not be written: " + cause + ".", u.fix
}
