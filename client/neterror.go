package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// noReply says why no reply came.
func (c *Client) noReply(ctx context.Context, op string, err error, t *trip) *Error {
	var already *Error
	if errors.As(err, &already) {
		e := *already
		e.Op = op
		return &e
	}
	// The URL is in Op and would only be said twice.
	var in *url.Error
	if errors.As(err, &in) {
		err = in.Err
	}
	e := &Error{Op: op, Kind: Network, Err: err}
	if where := t.where(); where != "" {
		e.Err = fmt.Errorf("%s: %w", where, err)
	}
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, context.DeadlineExceeded):
		e.Kind = Timeout
	case cause != nil, errors.Is(err, context.Canceled):
		e.Kind = Canceled
	default:
		e.Kind, e.Issuer = kindOfNetwork(err)
	}
	return e
}

// kindOfNetwork sorts an error of the transport. The issuer is that of a refused certificate.
func kindOfNetwork(err error) (kind Kind, issuer string) {
	if issuer, ok := asTLS(err); ok {
		return TLS, issuer
	}
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "proxyconnect" {
		return ProxyFailed, ""
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return DNS, ""
	}
	var slow net.Error
	if errors.As(err, &slow) && slow.Timeout() {
		return Timeout, ""
	}
	if strings.Contains(err.Error(), "malformed HTTP") {
		// net/http has no type for it: what answered does not speak HTTP.
		return BadResponse, ""
	}
	return Network, ""
}

// asTLS recognises what can go wrong in a handshake.
func asTLS(err error) (issuer string, ok bool) {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		name         x509.HostnameError
		invalid      x509.CertificateInvalidError
		record       tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &verification) && len(verification.UnverifiedCertificates) > 0:
		return issuerOf(verification.UnverifiedCertificates[0]), true
	case errors.As(err, &authority):
		return issuerOf(authority.Cert), true
	case errors.As(err, &name):
		return issuerOf(name.Certificate), true
	case errors.As(err, &invalid):
		return issuerOf(invalid.Cert), true
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch), strings.Contains(err.Error(), "tls: "):
		// An alert of either side has no exported type; every one of them begins with the package's name.
		return "", true
	default:
		return "", false
	}
}

func issuerOf(cert *x509.Certificate) string {
	if cert == nil {
		return ""
	}
	return plainText(cert.Issuer.String())
}

// lostConnection tells whether a connection was refused or broke before a reply.
func lostConnection(e *Error) bool { return e.Kind == Network && e.HTTPStatus == 0 }
