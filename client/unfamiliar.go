package client

import (
	"errors"
	"strings"
)

// UnfamiliarSignIn tells whether Mimecast answered a sign-in with something that nobody has described: a code or words that
// are not known and do not speak of the user, the password or the way to sign in, or a success without keys. It may be a
// second factor whose shape is not public, so that the same sign-in again leads nowhere. A refusal without any words is
// mistaken for the usual one, of a wrong password.
func UnfamiliarSignIn(err error) bool {
	var e *Error
	if !errors.As(err, &e) || !e.isSignIn() || !e.mimecast {
		return false
	}
	switch e.Kind {
	case BadResponse: // a success without keys
		return true
	case InvalidCredentials, Unknown:
		return e.Code+e.Message != "" && refusalOf(e) == "" && kindOfWords(e.Code, e.Message) == "" && !speaksOfSignIn(e.Code+" "+e.Message)
	default:
		return false
	}
}

// speaksOfSignIn looks for the words of an ordinary refusal, such as "Authentication type not supported for the user".
func speaksOfSignIn(text string) bool {
	text = strings.ToLower(text)
	for _, word := range [...]string{
		"password", "credential", "user name", "username", "user account", "user is", "for the user", "locked", "disabled", "suspended",
		"not supported", "single sign", "sso", "unauthorized", "unauthorised", "access denied", "authentication failed",
	} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
