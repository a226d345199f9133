package client

import (
	"time"

	"mimecred/client/secret"
)

// SignInType is the console's "Type" of a sign-in: with the password that Mimecast holds (Cloud) or that of the
// organisation's directory (Domain).
type SignInType string

// The types. Their text is used in files.
const (
	SignInCloud  SignInType = "cloud"
	SignInDomain SignInType = "domain"
)

// SignIn is what creates access keys of API 1.0: a service user's password for one application.
type SignIn struct {
	ApplicationID string
	Email         string
	Type          SignInType
	Password      secret.Value
	// Code is the one-time code, empty on the first try. See secondfactor.go for what is assumed about it.
	Code secret.Value
	// Expired is the access key to renew instead of creating a new one; zero for new keys.
	Expired secret.Value
}

// Keys are access keys that Mimecast gave.
type Keys struct {
	AccessKey secret.Value
	SecretKey secret.Value
	// Duration is how long they are valid; 0 when Mimecast did not say or they do not expire.
	Duration time.Duration
	// BindingType is Mimecast's word, "one_step" in the only public sample.
	BindingType string
}

// ExpiresAt is until when keys that came at a moment are valid, in whole seconds; zero for keys that do not expire.
func (k Keys) ExpiresAt(now time.Time) time.Time {
	if k.Duration <= 0 {
		return time.Time{}
	}
	return now.Add(k.Duration).UTC().Truncate(time.Second)
}

// Discovery is where a service user's account lives.
type Discovery struct {
	// BaseURL is the regional API host, such as https://eu-api.mimecast.com.
	BaseURL string
	// Types are the ways to sign in that Mimecast lists; never relied upon.
	Types []string
}

// SecondFactorError means that Mimecast wants a one-time code before it gives keys, or refused the one it got.
type SecondFactorError struct {
	// Wrong is set when a code was sent along and refused.
	Wrong bool
	// Message is Mimecast's own words.
	Message string
	// Reply is the whole failed call.
	Reply *Error
}

// Error gives one line.
func (e *SecondFactorError) Error() string {
	s := "a one-time code is needed"
	if e.Wrong {
		s = "the one-time code was refused"
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	return s
}

// Unwrap gives the failed call.
func (e *SecondFactorError) Unwrap() error {
	if e.Reply == nil {
		return nil
	}
	return e.Reply
}
