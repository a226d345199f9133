package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"mimecred/client/localfile"
)

// maxPerHost bounds the connections where the other side speaks only HTTP/1.1. HTTP/2 uses one, see gate.
const maxPerHost = 8

// maxHeader is the largest header that is read, in bytes.
const maxHeader = 1 << 20

// newTransport is net/http's transport with our own bounds and our own way to the host.
func newTransport(e Endpoint, t Timeouts, through route) (*http.Transport, error) {
	roots, err := rootsWith(e.CAFile)
	if err != nil {
		return nil, err
	}
	trusted := func(host string, protocols ...string) *tls.Config {
		return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots, ServerName: host, NextProtos: protocols}
	}
	proxyHost, _, _ := net.SplitHostPort(through.host)
	dial := &dialer{
		net:    &net.Dialer{KeepAlive: 30 * time.Second},
		route:  through,
		tls:    trusted(proxyHost, "http/1.1"),
		budget: t.Dial,
	}
	return &http.Transport{
		DialContext:            dial.DialContext,
		TLSClientConfig:        trusted(""),
		TLSHandshakeTimeout:    t.TLS,
		ResponseHeaderTimeout:  t.Header,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // see unpack
		MaxConnsPerHost:        maxPerHost,
		MaxIdleConnsPerHost:    maxPerHost,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
	}, nil
}

// largestCAFile is the most that is read of a CA file, in bytes. All public authorities together take less than 1 MiB.
const largestCAFile = 16 << 20

// rootsWith is the system's pool plus the certificates of file. Without a file it is nil, which means the system's pool and
// costs nothing until the first handshake.
func rootsWith(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := localfile.Read(file, largestCAFile)
	if err != nil {
		return nil, fmt.Errorf("reading the CA file: %w", err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		// Windows and stripped-down containers may have none; the file alone is then what is trusted.
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("the CA file %s holds no certificate in PEM form", file)
	}
	return pool, nil
}

// gate lets the first call of a client build its connection alone. The calls that start meanwhile wait for that
// connection instead of opening their own: HTTP/2 then carries all of them.
type gate struct {
	mu      sync.Mutex
	open    bool
	leading chan struct{} // closed when the leader is done; nil without a leader
}

// enter gives the function by which the leader reports whether the connection is up; it may be called more than once and
// only the first call counts. Those who do not lead get a function that does nothing.
func (g *gate) enter(ctx context.Context) (report func(up bool), err error) {
	for {
		g.mu.Lock()
		if g.open {
			g.mu.Unlock()
			return func(bool) {}, nil
		}
		if g.leading == nil {
			done := make(chan struct{})
			g.leading = done
			g.mu.Unlock()
			var once sync.Once
			return func(up bool) {
				once.Do(func() {
					g.mu.Lock()
					g.open, g.leading = up, nil
					g.mu.Unlock()
					close(done)
				})
			}, nil
		}
		wait := g.leading
		g.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for the connection: %w", context.Cause(ctx))
		}
	}
}
