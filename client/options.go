package client

import (
	"log/slog"
	"net/http"
	"time"
)

// Timeouts bound the phases of one call. A zero field means the default.
type Timeouts struct {
	// Dial is for the name look-up and the TCP connection together, and for what a proxy needs to connect; default 10 s.
	Dial time.Duration
	// TLS is for the TLS handshake; default 10 s.
	TLS time.Duration
	// Header is from the last byte of the request to the first of the reply; default 30 s.
	Header time.Duration
	// Call is for one call as a whole, its repetitions and its body included, whatever the other side does; default 60 s.
	Call time.Duration
}

func (t Timeouts) orDefault() Timeouts {
	fill := func(d *time.Duration, otherwise time.Duration) {
		if *d <= 0 {
			*d = otherwise
		}
	}
	fill(&t.Dial, 10*time.Second)
	fill(&t.TLS, 10*time.Second)
	fill(&t.Header, 30*time.Second)
	fill(&t.Call, 60*time.Second)
	return t
}

// Option changes how a Client works.
type Option func(*Client)

// WithClock replaces time.Now for signatures, token expiry and the measured clock skew.
func WithClock(now func() time.Time) Option { return func(c *Client) { c.now = now } }

// WithLogger traces every call at level Debug: method, URL, status, duration, request id and the names of headers. Values
// of headers and bodies are never part of it.
func WithLogger(l *slog.Logger) Option {
	return func(c *Client) {
		if l != nil {
			c.log = l
		}
	}
}

// WithTimeouts replaces the timeouts; zero fields keep their default.
func WithTimeouts(t Timeouts) Option { return func(c *Client) { c.timeouts = t.orDefault() } }

// WithTransport wraps what makes the calls, below everything that this package does about them: for tests that lose replies.
func WithTransport(wrap func(http.RoundTripper) http.RoundTripper) Option {
	return func(c *Client) { c.wrap = wrap }
}

// WithUserAgent replaces the User-Agent header, "mimecred" by default.
func WithUserAgent(s string) Option { return func(c *Client) { c.userAgent = s } }
