package client

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func get(t testing.TB, c *Client) (*Reply, *Error) {
	t.Helper()
	return c.call(within(t), vectorKeys(), Request{Method: "POST", Path: "/api/x", Body: []byte(`{}`)})
}

func TestTransport(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]flavour{"HTTP/1.1": plain, "TLS HTTP/1.1": h1tls, "HTTP/2": h2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, kind, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Request-Id", "req-7")
				write(w, 200, okBody)
			})
			reply, failure := get(t, newClient(t, f.endpoint(t)))
			if failure != nil || reply.RequestID != "req-7" || reply.Date.IsZero() || reply.Skew.Abs() > 2*time.Second || string(reply.Body) != okBody {
				t.Fatalf("got %+v, %v", reply, failure)
			}
			want := map[flavour]string{plain: "HTTP/1.1", h1tls: "TLS 1.3 · HTTP/1.1", h2: "TLS 1.3 · HTTP/2"}[kind]
			if got := reply.timing.detail(); got != want {
				t.Errorf("the timing was %q", got)
			}
		})
	}
}

func TestCallFailsBeforeSending(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, fine)
	c := newClient(t, f.endpoint(t))
	for name, r := range map[string]Request{
		"no slash":       {Path: "api"},
		"another host":   {Path: "@evil.example/"},
		"control":        {Path: "/\x7f"},
		"no such method": {Method: "BAD METHOD", Path: "/x"},
	} {
		if _, err := c.Call(within(t), vectorKeys(), r); asError(err).Kind != Validation {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Call(within(t), nil, Request{Path: "/x"}); asError(err).Kind != Validation {
		t.Errorf("no credential: %v", err)
	}
	if f.count("") != 0 {
		t.Error("a request was made")
	}
	if _, err := c.Call(within(t), vectorKeys(), Request{Path: "//evil.example/x?a=1", Query: url.Values{"b": {"2 3"}}}); err != nil {
		t.Fatal(err)
	}
	if r := f.requests[0]; r.URL.RequestURI() != "//evil.example/x?a=1&b=2+3" {
		t.Errorf("the request went to %s", r.URL)
	}
}

func TestTLSRefusals(t *testing.T) {
	t.Parallel()
	f := serve(t, h2, fine)
	_, failure := get(t, newClient(t, Endpoint{BaseURL: f.URL}))
	if failure == nil || failure.Kind != TLS || !strings.Contains(failure.Issuer, "Acme Co") {
		t.Fatalf("an unknown authority gives %+v", failure)
	}
	d := Diagnose(failure, API10)
	if !strings.Contains(d.Meaning, "Acme Co") || !strings.Contains(d.Fix, "name it as the CA file") || d.Where != WhereConnection {
		t.Errorf("it is explained as %+v", d)
	}
	if f.count("") != 0 {
		t.Error("a request was made")
	}

	wrongName := f.endpoint(t)
	wrongName.BaseURL = strings.Replace(f.URL, "127.0.0.1", "localhost", 1)
	if _, failure := get(t, newClient(t, wrongName)); failure == nil || failure.Kind != TLS {
		t.Errorf("another name gives %+v", failure)
	}

	noTLS := serve(t, plain, fine)
	spoken := Endpoint{BaseURL: strings.Replace(noTLS.URL, "http:", "https:", 1)}
	if _, failure := get(t, newClient(t, spoken)); failure == nil || failure.Kind != TLS || failure.Issuer != "" {
		t.Errorf("a server without TLS gives %+v", failure)
	}

	old := httptest.NewUnstartedServer(http.HandlerFunc(fine))
	old.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	old.Config.ErrorLog = quiet()
	old.StartTLS()
	defer old.Close()
	if _, failure := get(t, newClient(t, Endpoint{BaseURL: old.URL, CAFile: caFile(t, old)})); failure == nil || failure.Kind != TLS {
		t.Errorf("TLS 1.1 gives %+v", failure)
	}
}

func TestCAFile(t *testing.T) {
	t.Parallel()
	if _, err := New(Endpoint{BaseURL: "https://x.example", CAFile: filepath.Join(t.TempDir(), "none.pem")}); err == nil || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Endpoint{BaseURL: "https://x.example", CAFile: empty}); err == nil || !strings.Contains(err.Error(), "no certificate") {
		t.Errorf("a file without certificates gives %v", err)
	}
}

func TestNetworkFailuresAreToldApart(t *testing.T) {
	t.Parallel()
	// A port that was free a moment ago may be somebody else's by now; nobody listens at port 1.
	const closed = "http://127.0.0.1:1"
	silent := func(t *testing.T, handle func(net.Conn)) string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				go handle(conn)
			}
		}()
		return l.Addr().String()
	}
	reading := func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }
	short := Timeouts{Dial: 2 * time.Second, TLS: 50 * time.Millisecond, Header: 50 * time.Millisecond}
	tests := []struct {
		name    string
		base    string
		kind    Kind
		meaning string
	}{
		{"refused", closed, Network, "nothing listens there"},
		{"closed at once", "http://" + silent(t, func(c net.Conn) { c.Close() }), Network, "cut before an answer"},
		{"no handshake", "https://" + silent(t, reading), Timeout, "encrypted handshake in time"},
		{"no answer", "http://" + silent(t, reading), Timeout, "did not answer in time"},
		{"no HTTP", "http://" + silent(t, func(c net.Conn) {
			_, _ = c.Read(make([]byte, 1)) // net/http calls what comes before the request a broken connection
			_, _ = c.Write([]byte("SSH-2.0-OpenSSH\r\n\r\n"))
			reading(c)
		}), BadResponse, "not one that Mimecast's API gives"},
		{"no such name", "https://no-such-host.invalid", DNS, "The name of the host, no-such-host.invalid, could not be looked up"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, failure := get(t, newClient(t, Endpoint{BaseURL: tt.base}, WithTimeouts(short)))
			if failure == nil || failure.Kind != tt.kind || failure.HTTPStatus != 0 {
				t.Fatalf("got %+v", failure)
			}
			if d := Diagnose(failure, API10); !strings.Contains(d.Meaning, tt.meaning) {
				t.Errorf("it is explained as %q (%v)", d.Meaning, failure)
			}
		})
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	var stolen atomic.Int64
	thief := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
		stolen.Add(1)
		write(w, 200, tokenBody)
	})
	for _, status := range []int{301, 302, 303, 307, 308} {
		f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", thief.URL+"/steal")
			w.WriteHeader(status)
		})
		c := newClient(t, f.endpoint(t))
		_, tokenErr := c.Token(within(t), pair())
		_, callErr := c.Call(within(t), vectorKeys(), Request{Method: "GET", Path: "/x"})
		_, signInErr := c.SignIn(within(t), signIn())
		for _, err := range []error{tokenErr, callErr, signInErr} {
			if e := asError(err); e.Kind != BadResponse || e.HTTPStatus != status || !strings.Contains(e.Error(), thief.Listener.Addr().String()) {
				t.Errorf("%d gives %v", status, e)
			}
		}
		if f.count("") != 3 {
			t.Errorf("%d requests", f.count(""))
		}
	}
	if stolen.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

func TestLargeBodies(t *testing.T) {
	t.Parallel()
	size := maxBody
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = io.CopyN(w, zeros{}, int64(size))
	})
	c := newClient(t, f.endpoint(t))
	if reply, failure := c.call(within(t), vectorKeys(), Request{Path: siemLogsPath}); failure != nil || len(reply.Body) != maxBody {
		t.Fatalf("10 MiB give %v", failure)
	}
	size++
	if _, failure := c.call(within(t), vectorKeys(), Request{Path: siemLogsPath}); failure == nil || failure.Kind != BadResponse || !strings.Contains(failure.Error(), "10 MiB") {
		t.Errorf("more gives %v", failure)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestBodyThatBreaksOff(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(`{"meta":`))
	})
	_, failure := get(t, newClient(t, f.endpoint(t)))
	if failure == nil || failure.Kind != Network || failure.HTTPStatus != 200 || f.count("") != 1 {
		t.Errorf("got %+v", failure)
	}
}

func TestSkewIsMeasured(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, off := range []time.Duration{0, 17 * time.Minute, -26 * time.Hour} {
		f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", date.Format(http.TimeFormat))
			write(w, 401, badSignature)
		})
		c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return date.Add(off + 500*time.Millisecond) }))
		reply, failure := get(t, c)
		if reply.Skew != off || !reply.Date.Equal(date) || failure.Skew != off {
			t.Errorf("%v is measured as %v", off, reply.Skew)
		}
		want := InvalidCredentials
		if off != 0 {
			want = ClockSkew
		}
		if failure.Kind != want {
			t.Errorf("%v gives %s", off, failure.Kind)
		}
	}
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Date"] = nil
		write(w, 200, okBody)
	})
	if reply, failure := get(t, newClient(t, f.endpoint(t))); failure != nil || !reply.Date.IsZero() || reply.Skew != 0 {
		t.Errorf("without a date: %+v, %v", reply, failure)
	}
}

func TestConnectingIsNoPartOfTheSkew(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	now := date.Add(-8*time.Second + 500*time.Millisecond)
	c := newClient(t, Endpoint{BaseURL: "http://127.0.0.1:1"}, WithClock(func() time.Time { return now }))
	c.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		now = now.Add(8 * time.Second) // the name server takes its time
		wroteRequest(r)
		return &http.Response{
			StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}, "Date": {date.Format(http.TimeFormat)}},
			Body: io.NopCloser(strings.NewReader(okBody)), ProtoMajor: 1, Request: r,
		}, nil
	})
	if reply, failure := get(t, c); failure != nil || reply.Skew != 0 {
		t.Errorf("8 seconds of connecting are measured as %v, %v", reply.Skew, failure)
	}
}

func TestOneConnectionUnderHTTP2(t *testing.T) {
	t.Parallel()
	for range 20 {
		f := serve(t, h2, mimecast20(fine))
		c := newClient(t, f.endpoint(t))
		done := make(chan error, 30)
		for range cap(done) {
			go func() {
				_, err := c.Call(within(t), vectorKeys(), Request{Path: "/api/x"})
				done <- err
			}()
		}
		for range cap(done) {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if n := f.opened(); n != 1 {
			t.Errorf("%d connections", n)
		}
	}
}

func TestFewConnectionsUnderHTTP1(t *testing.T) {
	t.Parallel()
	var now, most atomic.Int64
	f := serve(t, h1tls, func(w http.ResponseWriter, _ *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		<-time.After(5 * time.Millisecond)
		now.Add(-1)
		write(w, 200, okBody)
	})
	c := newClient(t, f.endpoint(t))
	done := make(chan error, 40)
	for range cap(done) {
		go func() { _, failure := get(t, c); done <- asErr(failure) }()
	}
	for range cap(done) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if f.opened() > maxPerHost || most.Load() > maxPerHost || most.Load() < 2 {
		t.Errorf("%d connections, %d at once", f.opened(), most.Load())
	}
}

func asErr(e *Error) error {
	if e == nil {
		return nil
	}
	return e
}

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }
