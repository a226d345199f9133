package client

import (
	"context"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mimecred/client/secret"
)

// fake is a server that counts what it was asked and how many connections were opened.
type fake struct {
	*httptest.Server
	mu          sync.Mutex
	requests    []*http.Request
	connections int
}

func (f *fake) count(path string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, r := range f.requests {
		if path == "" || r.URL.Path == path {
			n++
		}
	}
	return n
}

func (f *fake) opened() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.connections
}

type flavour int

const (
	plain flavour = iota // HTTP/1.1 on loopback
	h2                   // TLS and HTTP/2
	h1tls                // TLS and HTTP/1.1
)

// serve starts a fake with a handler.
func serve(t testing.TB, kind flavour, handler http.HandlerFunc) *fake {
	t.Helper()
	f := &fake{}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.requests = append(f.requests, r)
		f.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		handler(w, r)
	}))
	f.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			f.mu.Lock()
			f.connections++
			f.mu.Unlock()
		}
	}
	f.Config.ErrorLog = quiet()
	switch kind {
	case plain:
		f.Start()
	case h2:
		f.EnableHTTP2 = true
		f.StartTLS()
	case h1tls:
		f.StartTLS()
	}
	t.Cleanup(f.Close)
	return f
}

// endpoint is where the fake is, with its CA file when it has one.
func (f *fake) endpoint(t testing.TB) Endpoint {
	t.Helper()
	e := Endpoint{BaseURL: f.URL}
	if f.TLS != nil {
		e.CAFile = caFile(t, f.Server)
	}
	return e
}

func caFile(t testing.TB, s *httptest.Server) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func newClient(t testing.TB, e Endpoint, opts ...Option) *Client {
	t.Helper()
	c, err := New(e, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// write answers with a status and a body.
func write(w http.ResponseWriter, status int, body string) {
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

const (
	tokenBody       = `{"access_token":"RPjLow4SKlsPLycjML3dqvIxzi7B","token_type":"Bearer","expires_in":1799,"scope":""}`
	accountBody     = `{"meta":{"status":200},"data":[{"region":"us","accountCode":"CUSA00A000","accountName":"Example Corp","passphrase":"zq-pass-qz","packages":["Mimecast Platform [1033]","Awareness Training [1078]"]}],"fail":[]}`
	whoamiBody      = `{"version":"1","type":"account","account-codes":{"cg":"CUSA00A000"},"home-account":{"cg":"CUSA00A000"}}`
	whoamiCIBody    = `{"version":"1","type":"account","account-codes":{"ci":"CI00A000"}}`
	okBody          = `{"meta":{"status":200},"data":[],"fail":[]}`
	refusedBody     = `{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`
	badSignature    = `{"meta":{"status":401},"data":[],"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature","retryable":false}]}]}`
	developerKey    = `{"meta":{"status":200},"data":[],"fail":[{"errors":[{"code":"err_developer_key","message":"App ID is invalid: x","retryable":false}]}]}`
	noPermission    = `{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`
	noProduct       = `{"fail":[{"code":"app_forbidden","message":"Resource or method requested does not exist in any product assigned to the application"}]}`
	clientSecret    = "zqCLIENTSECRETzq0123456789012345678901234567890123456789012345xy"
	oddSecret       = "zq/ODD+SECRET =&zq"
	servicePassword = "zq pass:wörd/+&"
)

func pair() OAuth {
	return OAuth{
		ClientID:     "ZA7vkbu7NqcfBcGrXyWW8Rzk2sv2un2DCY7GGCX4BFWgJBZM",
		ClientSecret: secret.New(clientSecret),
	}
}

// within gives a context that ends long after any of these tests should.
func within(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// mimecast20 answers as an API 2.0 that grants everything; other paths go to data.
func mimecast20(data http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case tokenPath:
			write(w, 200, tokenBody)
		case whoamiPath:
			write(w, 200, whoamiBody)
		case accountPath:
			write(w, 200, accountBody)
		default:
			data(w, r)
		}
	}
}

func fine(w http.ResponseWriter, _ *http.Request) { write(w, 200, okBody) }

// inMemory makes a client whose calls are answered without a network, for tests in a synctest bubble. A status of 0 is a
// connection that breaks.
func inMemory(t testing.TB, answer func(*http.Request) (int, string), opts ...Option) *Client {
	t.Helper()
	c := newClient(t, Endpoint{BaseURL: "http://127.0.0.1:1"}, opts...)
	c.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		status, body := answer(r)
		if err := r.Context().Err(); err != nil {
			return nil, err
		}
		if status == 0 {
			return nil, io.EOF
		}
		return &http.Response{
			StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(body)), ProtoMajor: 1, Request: r,
		}, nil
	})
	return c
}

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// wroteRequest does what net/http does once a request is on the wire.
func wroteRequest(r *http.Request) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.WroteRequest != nil {
		trace.WroteRequest(httptrace.WroteRequestInfo{})
	}
}
