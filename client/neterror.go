package client

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// noReply says why no reply came.
func (c *Client) noReply(ctx context.Context, op string, err error, t *timing) *Error {
	var already *Error
	if errors.As(err, &already) {
		e := *already
		e.Op, e.where, e.host = op, t.whereabouts(), c.host()
		return &e
	}
	// The URL is in Op and would only be said twice.
	var in *url.Error
	if errors.As(err, &in) {
		err = in.Err
	}
	e := &Error{Op: op, Kind: Network, where: t.whereabouts(), host: c.host()}
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, context.DeadlineExceeded):
		e.Kind = Timeout
	case cause != nil, errors.Is(err, context.Canceled):
		e.Kind = Canceled
	default:
		if e.certificate, e.Issuer = refusedBy(err, time.Now()); e.certificate != nil {
			e.Kind = TLS
		} else {
			e.Kind = kindOfNetwork(err)
		}
	}
	said := plainText(err.Error())
	if where := t.where(); where != "" {
		said = where + ": " + said
	}
	e.Err = saidError{said, err}
	return e
}

// saidError is an error in words that are safe to print: what net/http says repeats what came over the wire.
type saidError struct {
	text  string
	cause error
}

// Error gives the words.
func (e saidError) Error() string { return e.text }

// Unwrap gives the error itself.
func (e saidError) Unwrap() error { return e.cause }

// kindOfNetwork sorts an error of the transport. Only what is known to come from the network is put down to it: whatever else
// net/http complains of is a reply that breaks the rules of HTTP.
func kindOfNetwork(err error) Kind {
	var dns *net.DNSError
	var slow net.Error
	switch {
	case isTLS(err):
		return TLS
	case errors.As(err, &dns):
		return DNS
	case errors.As(err, &slow) && slow.Timeout():
		return Timeout
	case isCut(err):
		return Network
	default:
		return BadResponse
	}
}

// isCut tells whether a connection could not be made or broke.
func isCut(err error) bool {
	var (
		op     *net.OpError
		system syscall.Errno
	)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed), errors.Is(err, io.ErrClosedPipe):
		return true
	case errors.As(err, &op), errors.As(err, &system):
		return true
	}
	// Of these net/http has no types. The other side's words come in quotes behind them.
	said := err.Error()
	for _, sign := range [...]string{
		"http: server closed idle connection", "http2: client connection lost", "http2: client conn is closed",
		"http2: client conn could not be established", "http2: client connection force closed",
	} {
		if strings.HasSuffix(said, sign) {
			return true
		}
	}
	return strings.HasPrefix(said, "http2: server sent GOAWAY and closed the connection") && strings.Contains(said, "ErrCode=NO_ERROR,")
}

// isTLS recognises what can go wrong in a handshake beside a refused certificate.
func isTLS(err error) bool {
	var record tls.RecordHeaderError
	return errors.As(err, &record) || errors.Is(err, http.ErrSchemeMismatch) || saysTLS(err)
}

// saysTLS finds an error of crypto/tls, such as an alert of either side: they have no exported type, and every one of them
// begins with the package's name. What the other side said may hold that as well, but not at the beginning.
func saysTLS(err error) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.HasPrefix(err.Error(), "tls: ") {
			return true
		}
	}
	return false
}

// lostConnection tells whether a connection was refused or broke before a reply.
func lostConnection(e *Error) bool { return e.Kind == Network && e.HTTPStatus == 0 }
