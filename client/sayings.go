package client

import "syscall"

// kindOfSaying sorts the words in which products and people say that something was refused, where no code and no status is told with
// them. They are the words of this package, of Mimecast's messages, and of OAuth and HTTP libraries. "" where there are none of them.
func kindOfSaying(text string) Kind {
	said := spacedWords(text)
	for _, known := range []struct {
		kind    Kind
		phrases []string
	}{
		{InvalidCredentials, []string{
			"client credentials are invalid", "invalid client credentials", "invalid credentials", "credentials are invalid", "invalid client id", "invalid client secret",
			"invalid client", "client authentication failed", "authentication failed", "invalid signature", "signature is invalid", "signature validation failed",
			"signature does not match", "access token expired", "token has expired", "token expired", "invalid access token", "invalid token", "unauthorized", "unauthorised",
			"login failed", "sign in failed", "verification code is not valid", "invalid verification code", "account locked", "account is locked", "user is locked", "user locked",
		}},
		{MissingPermission, []string{"forbidden", "access denied", "permission denied", "insufficient permissions", "insufficient privileges", "not authorized", "not authorised"}},
	} {
		if hasPhrase(said, known.phrases...) {
			return known.kind
		}
	}
	return ""
}

// refusedConnection is the error of a connection that was refused, where a text tells of one; nil for any other.
func refusedConnection(text string) error {
	if hasPhrase(spacedWords(text), "connection refused", "econnrefused", "actively refused") {
		return syscall.ECONNREFUSED
	}
	return nil
}
