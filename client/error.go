package client

import (
	"fmt"
	"strings"
	"time"
)

// Error is one failed call. It carries what Mimecast said, verbatim, and what it means; no secret is ever part of it.
type Error struct {
	Kind Kind
	// Op is what was being done, such as "POST /oauth/token".
	Op string
	// HTTPStatus is 0 when no reply came.
	HTTPStatus int
	// Code, Message and Field are Mimecast's own words from whatever envelope they came in; any may be empty.
	Code, Message, Field string
	// RequestID is the x-request-id header, for support tickets.
	RequestID string
	// RetryAfter is how long Mimecast asks to wait, in full; 0 when it did not say.
	RetryAfter time.Duration
	// Skew is this machine's clock minus Mimecast's, from the reply's Date header; 0 when there was none.
	Skew time.Duration
	// AccessKeyUnknown is set on an API 1.0 reply 401 whose rate-limit header shows the shared bucket of unknown
	// access keys (5000 instead of 800 in recordings of 2022).
	AccessKeyUnknown bool
	// Issuer is the issuer of the certificate that was refused; only for Kind TLS.
	Issuer string
	// Err is the cause, nil when the reply itself is the cause.
	Err error

	// mimecast tells that the words are Mimecast's rather than those of something in between. enveloped tells besides that they
	// came in the form of a function's reply, which alone proves anything; codeInFail that Code stood in its fail[].
	mimecast, enveloped, codeInFail bool
	// certificate is the one that was refused; only for Kind TLS.
	certificate *refusedCertificate
	// proxy is what was wrong with the proxy; only for Kind ProxyFailed without a status.
	proxy proxyFault
	// where is how far the request came; see MayHaveCreatedKeys.
	where whereabouts
	// host is the base URL's host that the call was made to, with its port.
	host string
	// afterAccepted tells that Mimecast had accepted the same credential before it refused this call.
	afterAccepted bool
	// everyCall tells that Mimecast gave a token and refused each call that was made with it; everyProbe that it refused each
	// call of the integration, whatever became of the account's.
	everyCall, everyProbe bool
	// ended tells that Mimecast says that API 1.0 has ended.
	ended bool
	// dated tells that the reply had a Date header, so that Skew is known.
	dated bool
	// byAddress tells that Mimecast refused the address that the call came from.
	byAddress bool
	// passing tells that the failure passes by itself, as far as anybody has seen.
	passing bool
}

// oneCallOnly corrects a refusal of one call with a credential that Mimecast is known to accept: the credential is not wrong.
func (e *Error) oneCallOnly() {
	switch {
	case e.Kind != InvalidCredentials:
	case passesByItself(e):
		e.Kind, e.passing = Server, true
	default:
		e.Kind, e.afterAccepted = Unknown, true
	}
}

// passesByItself tells whether a 401 after a token says that the token could not be looked at, rather than that it is wrong:
// token_verification_failed comes and goes, token_expired of a token that was just minted is no fault of the pair, and rapid7's plugin treats it like a 500 (rapid7/insightconnect-plugins, mimecast_v2
// 1.0.5, issue 3412).
func passesByItself(e *Error) bool {
	code := strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(e.Code))
	message := strings.ToLower(e.Message)
	return strings.HasPrefix(code, "tokenverification") || code == "tokenexpired" || code == "unauthorizedrequest" ||
		strings.Contains(message, "unauthorized request") || strings.Contains(message, "token verification failed")
}

// Error gives one line: what was done, the status, and Mimecast's own words.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	if e.HTTPStatus != 0 {
		fmt.Fprintf(&b, "HTTP %d ", e.HTTPStatus)
	}
	words := make([]string, 0, 3)
	for _, w := range []string{e.Code, e.Message} {
		if w != "" {
			words = append(words, w)
		}
	}
	if e.Err != nil {
		words = append(words, e.Err.Error())
	}
	if len(words) == 0 {
		words = append(words, string(e.Kind))
	}
	b.WriteString(strings.Join(words, ": "))
	return strings.TrimSpace(b.String())
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }
