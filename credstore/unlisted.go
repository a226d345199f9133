package credstore

import "errors"

// unlistedError marks an error of the list of profiles, of the notes beside it, or of a copy, that came after the store was changed. What
// was asked for is done; the list only repeats what the store has.
type unlistedError struct {
	error
	// told says what was not done, where that is not the list.
	told string
	// fix is what does that.
	fix string
}

// Unwrap gives the cause.
func (e unlistedError) Unwrap() error { return e.error }

// unlisted marks err as one that came after the store was changed; nil stays nil. command is what writes the list again.
func unlisted(err error, command string) error {
	if err == nil {
		return nil
	}
	return unlistedError{error: err, fix: "What the store has is right. \"" + command + "\" writes the list again."}
}

// Unlisted tells whether err says only that the list of profiles could not be written, or a copy not be removed, after what was
// asked for was done in the store. Such an error comes together with the result.
func Unlisted(err error) bool {
	var u unlistedError
	return errors.As(err, &u)
}

// explainUnlisted says that it was done, and what was not.
func explainUnlisted(err error) (sentence, fix string) {
	var u unlistedError
	if errors.As(err, &u); u.told != "" {
		return u.told, u.fix
	}
	var e *Error
	cause := u.Error()
	if errors.As(u.error, &e) {
		cause = innermost(e)
	}
	return "It is done, but the list of profiles could not be written: " + cause + ".", u.fix
}
