package client

import (
	"crypto/tls"
	"net/http/httptrace"
	"strings"
	"sync"
	"time"
)

// trip watches one call on the wire: how long each phase took and how far it came.
type trip struct {
	mu        sync.Mutex
	now       func() time.Time // the client's clock; what is timed here goes by the machine's own
	start     time.Time
	wrote     time.Time // when the request was on the wire, by now
	phase     string
	connected time.Duration // from the start until the connection was ready
	protocol  string        // "HTTP/2" or "HTTP/1.1"
	tls       string        // "TLS 1.3"
	took      time.Duration
}

func (t *trip) enter(phase string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.phase = phase
}

// written notes that the request is on the wire.
func (t *trip) written() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.phase, t.wrote = "while waiting for the reply", t.now()
}

// sent is when the request was on the wire; begun when that is not known.
func (t *trip) sent(begun time.Time) time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.wrote.IsZero() {
		return begun
	}
	return t.wrote
}

// where says what was going on when a call failed, such as "during the TLS handshake"; "" before anything began.
func (t *trip) where() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.phase
}

// watch makes the hooks. report is called with true once the request is on the wire: HTTP/2 has published its connection
// to other calls by then.
func (t *trip) watch(report func(up bool)) *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart:          func(httptrace.DNSStartInfo) { t.enter("while looking up the name") },
		ConnectStart:      func(string, string) { t.enter("while connecting") },
		TLSHandshakeStart: func() { t.enter("during the TLS handshake") },
		TLSHandshakeDone: func(state tls.ConnectionState, err error) {
			if err != nil {
				return
			}
			t.mu.Lock()
			defer t.mu.Unlock()
			t.tls = tls.VersionName(state.Version)
		},
		GotConn: func(httptrace.GotConnInfo) {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.connected = time.Since(t.start)
			t.phase = "while sending the request"
		},
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			if info.Err == nil {
				t.written()
				report(true)
			}
		},
		GotFirstResponseByte: func() { t.enter("while reading the reply") },
	}
}

// detail is what the check "reach" shows, such as "TLS 1.3 · HTTP/2".
func (t *trip) detail() string {
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
func (t *trip) times() (connected, took time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.connected, t.took
}
