package client

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/net/proxy"
)

// dialer makes the connections of a client, through its proxy when it has one. It does so in place of net/http, which gives
// a proxy that does not answer the whole time of the call, and whose errors do not tell the proxy's faults from Mimecast's.
type dialer struct {
	net   *net.Dialer
	route route
	// tls is for a proxy that is itself spoken to by TLS.
	tls *tls.Config
	// budget is for everything up to a connection to Mimecast: the name, the connection, and the proxy's answer.
	budget time.Duration
}

// DialContext is for http.Transport.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	if t, ok := ctx.Value(timingKey{}).(*timing); ok && !t.mayDial() {
		return nil, errNotAccepted
	}
	if d.route.broken != nil {
		return nil, d.route.broken
	}
	ctx, cancel := context.WithTimeout(ctx, d.budget)
	defer cancel()
	if d.route.host == "" {
		return d.net.DialContext(ctx, network, address) //nolint:wrapcheck // it names the address already
	}
	conn, err := d.net.DialContext(ctx, network, d.route.host)
	if err != nil {
		return nil, d.failed(proxyUnreachable, err)
	}
	through, err := d.through(ctx, conn, address)
	if err != nil {
		_ = conn.Close()
		return nil, err
	}
	return through, nil
}

// through has the proxy at the other end of conn connect to address. When ctx ends, the conversation does.
func (d *dialer) through(ctx context.Context, conn net.Conn, address string) (net.Conn, error) {
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return nil, d.failed(proxyCut, err)
		}
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	var err error
	switch d.route.scheme {
	case "socks5", "socks5h":
		err = d.socks(ctx, conn, address)
	case "https":
		secure := tls.Client(conn, d.tls)
		if err := secure.HandshakeContext(ctx); err != nil {
			return nil, d.failed(proxyTLS, err)
		}
		conn = secure
		err = d.connect(conn, address)
	default:
		err = d.connect(conn, address)
	}
	if err != nil {
		return nil, err
	}
	if !stop() {
		return nil, d.failed(proxyStalled, context.Cause(ctx))
	}
	if err := conn.SetDeadline(time.Time{}); err != nil {
		return nil, d.failed(proxyCut, err)
	}
	return conn, nil
}

// connect asks an HTTP proxy for a tunnel.
func (d *dialer) connect(conn net.Conn, address string) error {
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{}}
	if authorization := d.route.authorization(); authorization != "" {
		request.Header.Set("Proxy-Authorization", authorization)
	}
	if err := request.Write(conn); err != nil {
		return d.failed(proxyCut, err)
	}
	answer := bufio.NewReader(io.LimitReader(conn, maxHeader))
	for range mostInformed {
		reply, err := http.ReadResponse(answer, request) //nolint:bodyclose // the answer to CONNECT has none
		switch {
		case err != nil:
			return d.failed(proxyGarbage, err)
		case reply.StatusCode < http.StatusOK && reply.StatusCode != http.StatusSwitchingProtocols:
			continue
		case reply.StatusCode != http.StatusOK:
			return &Error{
				Kind: ProxyFailed, HTTPStatus: reply.StatusCode,
				Err: fmt.Errorf("the proxy %s refused the connection: %s", d.route.host, shorten(plainText(reply.Status))),
			}
		case answer.Buffered() > 0:
			// Behind a tunnel it is this side that speaks first.
			return d.failed(proxyGarbage, errors.New("something came before the connection was used"))
		default:
			return nil
		}
	}
	return d.failed(proxyGarbage, errEarly)
}

// socks asks a SOCKS5 proxy for a connection; the proxy looks up the name.
func (d *dialer) socks(ctx context.Context, conn net.Conn, address string) error {
	made, err := proxy.SOCKS5("tcp", d.route.host, d.route.login(), made{conn})
	if err != nil {
		return d.failed(proxyGarbage, err)
	}
	by, ok := made.(proxy.ContextDialer)
	if !ok {
		return d.failed(proxyGarbage, errors.New("SOCKS is not available"))
	}
	if _, err := by.DialContext(ctx, "tcp", address); err != nil {
		return d.failed(socksFault(err), err)
	}
	return nil
}

// made is a connection that is there already, as something that dials.
type made struct{ conn net.Conn }

// Dial gives the connection.
func (m made) Dial(string, string) (net.Conn, error) { return m.conn, nil }

// DialContext gives the connection.
func (m made) DialContext(context.Context, string, string) (net.Conn, error) { return m.conn, nil }

// failed makes the error of a proxy that was not the way it should be. What broke or stalled is told from what was said.
func (d *dialer) failed(fault proxyFault, err error) *Error {
	var slow net.Error
	switch {
	case fault == proxyUnreachable:
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &slow) && slow.Timeout():
		fault = proxyStalled
	case isCut(err):
		fault = proxyCut
	}
	return &Error{Kind: ProxyFailed, proxy: fault, Err: fmt.Errorf("the proxy %s: %w", d.route.host, err)}
}
