package client

import (
	"errors"
	"net/http"
)

// whereabouts is how far the request of a failed call came, as far as that is known.
type whereabouts int

const (
	unknownWhere whereabouts = iota
	neverSent                // it certainly never left this machine: there was no connection for it
	maySent                  // there was a connection, and it or a part of it may have arrived
)

// MayHaveCreatedKeys tells whether keys may exist at Mimecast although the sign-in that asked for them failed with err: the
// request may have arrived, and no answer of Mimecast's says that it came to nothing. Whoever signs in keeps a note then, and
// tells the person where to look.
func MayHaveCreatedKeys(err error) bool {
	var second *SecondFactorError
	if err == nil || errors.As(err, &second) {
		return false
	}
	e := asError(err)
	switch {
	case e.where == neverSent:
		return false
	case e.HTTPStatus != 0 && e.HTTPStatus < http.StatusOK:
		return true // no answer at all, whatever it looked like
	}
	switch e.Kind {
	case Timeout, Network, Server, BadResponse, Canceled:
		return true
	case DNS, TLS, ProxyFailed:
		return e.where == maySent || e.HTTPStatus != 0
	default:
		return false
	}
}
