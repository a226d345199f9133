package client

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
)

// deafHost are all ways in which a host gives no answer that can be judged.
func deafHost() map[string]error {
	return map[string]error{
		"no such name":       &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}},
		"name server":        &net.OpError{Op: "dial", Err: &net.DNSError{Err: "server misbehaving", Name: "x", IsTemporary: true}},
		"slow name server":   &net.OpError{Op: "dial", Err: &net.DNSError{Err: "i/o timeout", Name: "x", IsTimeout: true}},
		"slow connection":    &net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded},
		"slow reply":         os.ErrDeadlineExceeded,
		"refused connection": &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		"no route":           &net.OpError{Op: "dial", Err: syscall.EHOSTUNREACH},
		"reset":              &net.OpError{Op: "read", Err: syscall.ECONNRESET},
		"end":                io.EOF,
		"end in the middle":  io.ErrUnexpectedEOF,
		"plain text":         tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"},
		"alert":              errors.New("tls: handshake failure"),
		"no HTTP":            errors.New(`net/http: HTTP/1.x transport connection broken: malformed HTTP response "220 mail"`),
	}
}

// callsAt are the operations of both generations, at a host whose answers come from next.
func callsAt(t *testing.T, host string, next roundTrip) map[API]map[string]func() Diagnosis {
	t.Helper()
	at := func() *Client {
		c := newClient(t, Endpoint{BaseURL: "https://" + host})
		c.http.Transport = next
		return c
	}
	checked := func(credential Credential) Diagnosis {
		for _, r := range run(t.Context(), at(), credential, Plan{Probes: probes(1)}) {
			if r.State == Failed {
				return Diagnosis{Kind: r.Kind, Meaning: r.Meaning, Fix: r.Fix, Where: r.Where}
			}
		}
		return Diagnosis{}
	}
	_, hasAPI := knownHost(host)
	calls := map[API]map[string]func() Diagnosis{
		API10: {
			"sign-in": func() Diagnosis { _, err := at().SignIn(t.Context(), signIn()); return Diagnose(err, API10) },
			"discover": func() Diagnosis {
				_, err := at().Discover(t.Context(), applicationID, "svc@example.com")
				return Diagnose(err, API10)
			},
			"log-out": func() Diagnosis {
				return Diagnose(at().SignOut(t.Context(), vectorKeys(), vectorKeys().AccessKey), API10)
			},
			"account": func() Diagnosis { _, err := at().Account(t.Context(), vectorKeys()); return Diagnose(err, API10) },
			"check":   func() Diagnosis { return checked(vectorKeys()) },
		},
		API20: {
			"token": func() Diagnosis { _, err := at().Token(t.Context(), pair()); return Diagnose(err, API20) },
			"check": func() Diagnosis { return checked(pair()) },
		},
	}
	if hasAPI {
		return map[API]map[string]func() Diagnosis{apiOfHost(host): calls[apiOfHost(host)]}
	}
	return calls
}

// TestHostIsSuspectedWheneverMimecastIsSilent: whatever an unlisted host does instead of answering as Mimecast, the host comes
// first in the advice. A listed host never does, nor one on this machine that answers, nor one that answers as Mimecast.
func TestHostIsSuspectedWheneverMimecastIsSilent(t *testing.T) {
	t.Parallel()
	answers := map[string]roundTrip{}
	for name, err := range deafHost() {
		answers[name] = func(*http.Request) (*http.Response, error) { return nil, err }
	}
	for _, body := range foreignBodies() {
		for _, status := range []int{200, 302, 403, 503} {
			answers[body.name+" "+http.StatusText(status)] = strangerAnswers(status, body)
		}
	}
	n := 0
	for host, suspected := range map[string]bool{
		"gateway.example.org": true, "us.mimecast.com:8443": true, "203.0.113.7": true, "[2001:db8::1]": true,
		"api.services.mimecast.com": false, "us-api.mimecast.com": false,
	} {
		for name, answer := range answers {
			synctest.Test(t, func(t *testing.T) {
				for api, calls := range callsAt(t, host, answer) {
					for op, call := range calls {
						d := call()
						if got := strings.HasPrefix(d.Fix, "Check the host first: "+host); got != suspected || got && !d.Where.Has(WhereRegion) {
							t.Errorf("%s, API %s, %s at %s: %+v", name, api, op, host, d)
						}
						if strings.Contains(d.Fix, "base URL") && suspected {
							t.Errorf("%s, %s at %s: the host is spoken of twice: %s", name, op, host, d.Fix)
						}
						n++
					}
				}
			})
		}
	}
	t.Logf("%d failures", n)
}

// strangerAnswers gives every call one answer.
func strangerAnswers(status int, body foreignBody) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		wroteRequest(r)
		header := http.Header{"Content-Type": {body.mime}}
		return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body.text)), ProtoMajor: 1, Request: r}, nil
	}
}

// TestHostThatAnswersIsNotSuspected: words of Mimecast's, a proxy that never reached the host, a call that was called off, and
// a run in which other calls passed say nothing against the host.
func TestHostThatAnswersIsNotSuspected(t *testing.T) {
	t.Parallel()
	const host = "gateway.example.org"
	for name, e := range map[string]*Error{
		"Mimecast's refusal": {Kind: InvalidCredentials, HTTPStatus: 401, mimecast: true},
		"Mimecast's fault":   {Kind: Server, HTTPStatus: 500, mimecast: true},
		"Mimecast's limit":   {Kind: RateLimited, HTTPStatus: 429, mimecast: true},
		"no usable token":    {Kind: BadResponse, HTTPStatus: 200, mimecast: true},
		"the proxy is away":  {Kind: ProxyFailed, proxy: proxyUnreachable},
		"the proxy's login":  {Kind: ProxyFailed, HTTPStatus: http.StatusProxyAuthRequired},
		"the proxy stalls":   {Kind: ProxyFailed, proxy: proxyStalled},
		"called off":         {Kind: Canceled, Err: context.Canceled},
		"nothing was sent":   {Kind: Validation},
	} {
		e.host = host
		if d := Diagnose(e, API20); strings.Contains(d.Fix, "host first") {
			t.Errorf("%s: %s", name, d.Fix)
		}
	}
	page := &Error{Kind: BadResponse, HTTPStatus: 200, Err: errHTML, host: host}
	if d := diagnose(page, circumstances{api: API20, found: &findings{passed: 1}}); strings.Contains(d.Fix, "host first") {
		t.Errorf("other calls passed: %s", d.Fix)
	}
	page.host = "127.0.0.1:8443"
	if d := Diagnose(page, API20); strings.Contains(d.Fix, "host first") {
		t.Errorf("on this machine: %s", d.Fix)
	}
	refused := &Error{Kind: ProxyFailed, HTTPStatus: 502, Err: errors.New("x"), host: host}
	if d := Diagnose(refused, API20); !strings.HasPrefix(d.Fix, "Check the host first: "+host) {
		t.Errorf("a proxy that cannot reach the host: %s", d.Fix)
	}
}

func TestHostRemark(t *testing.T) {
	t.Parallel()
	for base, remarked := range map[string]bool{
		"https://api.services.mimecast.com": false, "https://us-api.mimecast.com": false, "https://jer-api.mimecast.com": false,
		"https://us-api.mimecast.com:443": false, "http://127.0.0.1:8025": false, "http://[::1]:8025": false, "http://localhost:8025": false, "": false,
		"https://us-api.mimecast.com:8443": true, "https://gateway.example.org": true, "https://us.mimecast.com": true, "https://203.0.113.7": true,
		"https://us-\u0430pi.mimecast.com": true, "https://us-api.mimecast.com\x00": true, "no address": true,
	} {
		if got := HostRemark(base); (got != "") != remarked {
			t.Errorf("%q is remarked on with %q", base, got)
		}
	}
}
