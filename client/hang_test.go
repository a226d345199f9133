package client

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/http2"

	"mimecred/client/secret"
)

// Each of these ends one phase soon, and leaves the others time enough for a machine that is busy.
func soonDial() Timeouts   { return Timeouts{Dial: 300 * time.Millisecond} }
func soonTLS() Timeouts    { return Timeouts{TLS: 300 * time.Millisecond} }
func soonHeader() Timeouts { return Timeouts{Header: 300 * time.Millisecond} }
func soonCall() Timeouts   { return Timeouts{Call: 1500 * time.Millisecond} }
func never() Timeouts      { return Timeouts{} }

// operations are every kind of call, by name.
func operations() map[string]func(context.Context, *Client) error {
	call := func(r Request) func(context.Context, *Client) error {
		return func(ctx context.Context, c *Client) error {
			_, err := c.Call(ctx, vectorKeys(), r)
			return err
		}
	}
	return map[string]func(context.Context, *Client) error{
		"token":   func(ctx context.Context, c *Client) error { _, err := c.Token(ctx, pair()); return err },
		"account": func(ctx context.Context, c *Client) error { _, err := c.Account(ctx, vectorKeys()); return err },
		"probe":   call(Request{Path: "/api/area/get", Body: []byte(`{"data":[]}`), ReadOnly: true}),
		"sign-in": func(ctx context.Context, c *Client) error { _, err := c.SignIn(ctx, signIn()); return err },
		"discover": func(ctx context.Context, c *Client) error {
			_, err := c.Discover(ctx, "app", "a@example.com")
			return err
		},
		"log-out": func(ctx context.Context, c *Client) error {
			return c.SignOut(ctx, vectorKeys(), vectorKeys().AccessKey)
		},
		"code": func(ctx context.Context, c *Client) error {
			ask := signIn()
			ask.Code = secret.New("123456")
			_, err := c.SignIn(ctx, ask)
			return err
		},
	}
}

func isTokenOp(name string) bool { return name == "token" }

func isSignInOp(name string) bool { return name == "sign-in" || name == "code" }

// hang is a server that keeps a call for ever.
type hang struct {
	endpoint Endpoint
	server   *wire
	// ends is what ends it, and kind what it is then; never means that it is refused without waiting.
	ends Timeouts
	kind Kind
}

// hangs are hangs in every phase of a call.
func hangs(t *testing.T) map[string]hang {
	t.Helper()
	ca := newAuthority(t)
	forever := func(again string) func(net.Conn, *http.Request) bool {
		return func(conn net.Conn, _ *http.Request) bool {
			for {
				if _, err := io.WriteString(conn, again); err != nil {
					return false
				}
			}
		}
	}
	slowly := func(begin, again string) func(net.Conn, *http.Request) bool {
		return func(conn net.Conn, r *http.Request) bool {
			_, err := io.WriteString(conn, begin)
			for ticker := time.NewTicker(20 * time.Millisecond); err == nil; <-ticker.C {
				_, err = io.WriteString(conn, again)
			}
			return false
		}
	}
	still := func(_ *wire, conn net.Conn) { silently(conn) }
	open := func(ends Timeouts, kind Kind, handle func(*wire, net.Conn)) hang {
		w := listen(t, handle)
		return hang{Endpoint{BaseURL: "http://" + w.address}, w, ends, kind}
	}
	secure := func(ends Timeouts, kind Kind, handle func(*wire, net.Conn)) hang {
		w := listen(t, secured(ca.issue(t, nil), handle, "h2"))
		return hang{Endpoint{BaseURL: "https://" + w.address, CAFile: ca.file}, w, ends, kind}
	}
	noTLS := open(soonTLS(), Timeout, still)
	noTLS.endpoint.BaseURL = "https://" + noTLS.server.address
	tunnel := open(soonDial(), ProxyFailed, still)
	tunnel.endpoint = Endpoint{BaseURL: "https://us-api.mimecast.com", Proxy: Proxy{URL: tunnel.endpoint.BaseURL}}
	const (
		header   = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
		switched = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
	)
	return map[string]hang{
		"no handshake":           noTLS,
		"a CONNECT that stalls":  tunnel,
		"no settings of HTTP/2":  secure(soonHeader(), Timeout, still),
		"no answer of HTTP/2":    secure(soonHeader(), Timeout, speaking2(func(*stream) bool { return true })),
		"103 of HTTP/2":          secure(never(), BadResponse, speaking2(informing)),
		"a body of HTTP/2 stops": secure(soonCall(), Timeout, speaking2(beginning)),
		"no answer":              open(soonHeader(), Timeout, speaking(saying(""))),
		"half a status line":     open(soonHeader(), Timeout, speaking(saying("HTTP/1.1 2"))),
		"half a header":          open(soonHeader(), Timeout, speaking(slowly(header, "X-A: b\r\n"))),
		"101 that stays":         open(never(), BadResponse, speaking(saying(switched))),
		"101 that streams":       open(never(), BadResponse, speaking(slowly(switched, "x"))),
		"103 without end":        open(never(), BadResponse, speaking(forever("HTTP/1.1 103 Early Hints\r\n\r\n"))),
		"100 now and then":       open(never(), BadResponse, speaking(slowly("", "HTTP/1.1 100 Continue\r\n\r\n"))),
		"a body that trickles":   open(soonCall(), Timeout, speaking(slowly(header+"Content-Length: 100000\r\n\r\n{", " "))),
		"a body that stalls":     open(soonCall(), Timeout, speaking(saying(header+"Content-Length: 100000\r\n\r\n{"))),
		"a chunk that stalls":    open(soonCall(), Timeout, speaking(saying(header+"Transfer-Encoding: chunked\r\n\r\n10\r\n{"))),
		"a body without end":     open(never(), BadResponse, speaking(forever(header+"\r\n"+strings.Repeat(" ", 1<<16)))),
	}
}

func informing(s *stream) bool {
	for range 100 {
		s.headers(false, ":status", "103")
	}
	return true
}

func beginning(s *stream) bool {
	s.headers(false, ":status", "200", "content-type", "application/json")
	return s.WriteData(s.id, false, []byte("{")) == nil
}

// judgeNote says where the note about created keys is missing or wrong. A call that ended before a slow server had read it
// may have been sent all the same: the note is asked for where the server saw the call, and refused where none could leave.
func (h hang) judgeNote(t *testing.T, cell string, err error) {
	t.Helper()
	noted := MayHaveCreatedKeys(err)
	if h.server.count(loginPath) > 0 && !noted {
		t.Errorf("%s: the note about created keys is missing: %v", cell, err)
	}
	if (h.ends == soonTLS() || h.ends == soonDial()) && noted {
		t.Errorf("%s: there is a note about created keys, and no call was sent: %v", cell, err)
	}
}

func TestNothingHangs(t *testing.T) {
	t.Parallel()
	var cells atOnce
	for name, hang := range hangs(t) {
		for op, run := range operations() {
			if isTokenOp(op) && hang.endpoint.Proxy.URL != "" {
				continue // the host is one of API 1.0
			}
			c := newClient(t, hang.endpoint, WithTimeouts(hang.ends))
			cells.add(func() {
				start := time.Now()
				err := run(within(t), c)
				if took := time.Since(start); took > 10*time.Second {
					t.Errorf("%s, %s: it took %v", name, op, took)
				}
				if e := asError(err); e.Kind != hang.kind {
					t.Errorf("%s, %s: got %s: %v", name, op, e.Kind, err)
				}
				if isSignInOp(op) {
					hang.judgeNote(t, name+", "+op, err)
				}
			})
		}
	}
	cells.run()
}

func TestACallThatIsCalledOffEndsAtOnce(t *testing.T) {
	t.Parallel()
	long := Timeouts{Dial: time.Minute, TLS: time.Minute, Header: time.Minute, Call: time.Minute}
	var cells atOnce
	for name, hang := range hangs(t) {
		if hang.ends == never() {
			continue // it ends by itself
		}
		for op, run := range operations() {
			if isTokenOp(op) && hang.endpoint.Proxy.URL != "" {
				continue
			}
			c := newClient(t, hang.endpoint, WithTimeouts(long))
			cells.add(func() {
				ctx, cancel := context.WithCancel(within(t))
				time.AfterFunc(50*time.Millisecond, cancel)
				start := time.Now()
				err := run(ctx, c)
				if took := time.Since(start); took > 5*time.Second {
					t.Errorf("%s, %s: it took %v", name, op, took)
				}
				if e := asError(err); e.Kind != Canceled {
					t.Errorf("%s, %s: got %v", name, op, err)
				}
			})
		}
	}
	cells.run()
}

// atOnce runs what waits for most of its time, far more of it at once than there are processors.
type atOnce struct{ cells []func() }

func (a *atOnce) add(cell func()) { a.cells = append(a.cells, cell) }

func (a *atOnce) run() {
	slots := make(chan struct{}, 24)
	var running sync.WaitGroup
	for _, cell := range a.cells {
		slots <- struct{}{}
		running.Go(func() {
			defer func() { <-slots }()
			cell()
		})
	}
	running.Wait()
}

// stubborn is a body that neither ends nor heeds that it is closed.
type stubborn struct{ never chan struct{} }

func (s stubborn) Read([]byte) (int, error) { <-s.never; return 0, io.EOF }
func (s stubborn) Close() error             { <-s.never; return nil }

func TestTheBudgetHoldsWhateverTheTransportDoes(t *testing.T) {
	t.Parallel()
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	for name, trip := range map[string]roundTrip{
		"a body": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: stubborn{never}, ProtoMajor: 1, Request: r}, nil
		},
		"a call": func(*http.Request) (*http.Response, error) { <-never; return nil, io.EOF },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newClient(t, Endpoint{BaseURL: "http://127.0.0.1:1"}, WithTimeouts(soonCall()))
			c.http.Transport = trip
			_, err := c.SignIn(within(t), signIn())
			if e := asError(err); e.Kind != Timeout || !MayHaveCreatedKeys(err) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// resends are the ways in which HTTP/2 says that a request was not looked at, so that net/http sends it again.
func resends() map[string]func(*stream) bool {
	return map[string]func(*stream) bool{
		"GOAWAY before the stream": func(s *stream) bool { _ = s.WriteGoAway(0, http2.ErrCodeNo, nil); return false },
		"GOAWAY that stays open":   func(s *stream) bool { return s.WriteGoAway(0, http2.ErrCodeNo, nil) == nil },
		"REFUSED_STREAM":           func(s *stream) bool { return s.WriteRSTStream(s.id, http2.ErrCodeRefusedStream) == nil },
		"PROTOCOL_ERROR":           func(s *stream) bool { return s.WriteRSTStream(s.id, http2.ErrCodeProtocol) == nil },
	}
}

func TestNothingIsSentAgainAndAgain(t *testing.T) {
	t.Parallel()
	ca := newAuthority(t)
	cert := ca.issue(t, nil)
	ops := operations()
	ops["GET"] = func(ctx context.Context, c *Client) error {
		_, err := c.Call(ctx, vectorKeys(), Request{Method: http.MethodGet, Path: "/x"})
		return err
	}
	var cells atOnce
	for name, answer := range resends() {
		for op, run := range ops {
			w := listen(t, secured(cert, speaking2(answer), "h2"))
			c := newClient(t, Endpoint{BaseURL: "https://" + w.address, CAFile: ca.file})
			cells.add(func() {
				err := run(within(t), c)
				most := maxTries
				if isSignInOp(op) {
					most = 1
				}
				if e, n := asError(err), w.total(); e.Kind != BadResponse || n < 1 || n > most {
					t.Errorf("%s, %s: %d requests, %s: %v", name, op, n, e.Kind, err)
				}
				if isSignInOp(op) && !MayHaveCreatedKeys(err) {
					t.Errorf("%s, %s: the note about created keys is lost", name, op)
				}
			})
		}
	}
	cells.run()
}
