package client

import (
	"context"
	"crypto/tls"
	"net"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"sync"
	"time"
)

// timing watches one call on the wire: how long each phase took and how far it came.
type timing struct {
	mu        sync.Mutex
	now       func() time.Time // the client's clock; what is timed here goes by the machine's own
	start     time.Time
	wrote     time.Time // when the request was on the wire, by now
	phase     string
	connected time.Duration // from the start until the connection was ready
	protocol  string        // "HTTP/2" or "HTTP/1.1"
	tls       string        // "TLS 1.3"
	issuer    string        // who issued the certificate that was accepted
	took      time.Duration

	allowed  *allowance // of the whole call; nil where nothing is repeated
	began    bool       // net/http looked for a connection
	sends    int        // how often it had one to send the request on
	informed int        // informational replies (status 1xx)
}

func newTiming(ctx context.Context, now func() time.Time) *timing {
	allowed, _ := ctx.Value(allowanceKey{}).(*allowance)
	return &timing{now: now, allowed: allowed}
}

func (t *timing) enter(phase string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.phase = phase
}

// written notes that the request is on the wire.
func (t *timing) written() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.phase, t.wrote = "while waiting for the reply", t.now()
}

// sent is when the request was on the wire; begun when that is not known.
func (t *timing) sent(begun time.Time) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.wrote.IsZero() {
		return begun
	}
	return t.wrote
}

// where says what was going on when a call failed, such as "during the TLS handshake"; "" before anything began.
func (t *timing) where() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.phase
}

// attach gives the context of a request that t watches. stop ends the request; report is called with true once the request
// is on the wire: HTTP/2 has published its connection to other calls by then.
func (t *timing) attach(ctx context.Context, stop context.CancelCauseFunc, report func(up bool)) context.Context {
	return httptrace.WithClientTrace(context.WithValue(ctx, timingKey{}, t), &httptrace.ClientTrace{
		GetConn:           func(string) { t.begin() },
		DNSStart:          func(httptrace.DNSStartInfo) { t.enter("while looking up the name") },
		ConnectStart:      func(string, string) { t.enter("while connecting") },
		TLSHandshakeStart: func() { t.enter("during the TLS handshake") },
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			if err == nil {
				t.secured(state)
			}
		},
		GotConn: func(info httptrace.GotConnInfo) {
			if t.sending() {
				return
			}
			stop(errNotAccepted)
			if !speaksHTTP2(info.Conn) {
				// HTTP/1.1 does not look whether the request was stopped before it writes it. HTTP/2 does, and its connection is
				// not this call's alone.
				_ = info.Conn.Close()
			}
		},
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil {
				t.written()
				report(true)
			}
		},
		Got1xxResponse:       func(int, textproto.MIMEHeader) error { return t.inform() },
		GotFirstResponseByte: func() { t.enter("while reading the reply") },
	})
}

func (t *timing) begin() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.began = true
}

func (t *timing) secured(state tls.ConnectionState) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tls = tls.VersionName(state.Version)
	if len(state.PeerCertificates) > 0 {
		t.issuer = shorten(plainText(state.PeerCertificates[0].Issuer.String()))
	}
}

// sending notes that there is a connection for the request. It is false when the request was sent often enough.
func (t *timing) sending() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.connected = time.Since(t.start)
	t.phase = "while sending the request"
	if t.exhausted() {
		return false
	}
	t.sends++
	if t.allowed != nil {
		t.allowed.sends.Add(1)
	}
	return true
}

// exhausted tells that the request was sent as often as it may be; t.mu is held.
func (t *timing) exhausted() bool { return t.sends >= maxResends || t.allowed.exhausted() }

// mayDial tells whether another connection is of any use to the request.
func (t *timing) mayDial() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.exhausted()
}

// whereabouts tells how far the request came. Nothing is known where something else than net/http makes the calls.
func (t *timing) whereabouts() whereabouts {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.sends > 0:
		return maySent
	case t.began:
		return neverSent
	default:
		return unknownWhere
	}
}

// mostInformed is how many informational replies are borne.
const mostInformed = 5

// inform counts an informational reply. Mimecast sends none; another server might never come to its answer.
func (t *timing) inform() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.informed++; t.informed > mostInformed {
		return errEarly
	}
	return nil
}

func speaksHTTP2(conn net.Conn) bool {
	secure, ok := conn.(*tls.Conn)
	return ok && secure.ConnectionState().NegotiatedProtocol == "h2"
}

type timingKey struct{}

// detail is what the check "reach" shows, such as "TLS 1.3 · HTTP/2".
func (t *timing) detail() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var parts []string
	for _, part := range []string{t.tls, t.protocol} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// times gives how long the connection took and how long the whole call took.
func (t *timing) times() (connected, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.connected, t.took
}
