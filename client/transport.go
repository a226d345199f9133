package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// maxPerHost bounds the connections where the other side speaks only HTTP/1.1. HTTP/2 uses one, see gate.
const maxPerHost = 8

// newTransport is net/http's transport with our own bounds.
func newTransport(e Endpoint, t Timeouts) (*http.Transport, error) {
	roots, err := rootsWith(e.CAFile)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: t.Dial, KeepAlive: 30 * time.Second}
	transport := &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots},
		TLSHandshakeTimeout:    t.TLS,
		ResponseHeaderTimeout:  t.Header,
		ForceAttemptHTTP2:      true,
		MaxConnsPerHost:        maxPerHost,
		MaxIdleConnsPerHost:    maxPerHost,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
		OnProxyConnectResponse: refuseProxyStatus,
	}
	if err := useProxy(transport, e.Proxy); err != nil {
		return nil, err
	}
	return transport, nil
}

// rootsWith is the system's pool plus the certificates of file. Without a file it is nil, which means the system's pool and
// costs nothing until the first handshake.
func rootsWith(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
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
