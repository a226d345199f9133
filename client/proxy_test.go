package client

import (
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"mimecred/client/secret"
)

// connectProxy is a small CONNECT proxy that asks for credentials.
func connectProxy(t *testing.T, status int) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	var tunnels atomic.Int64
	want := "Basic " + base64.StdEncoding.EncodeToString([]byte("proxy-user:"+oddSecret))
	p := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Proxy-Authorization") != want:
			w.Header().Set("Proxy-Authenticate", `Basic realm="corp"`)
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		case status != 200:
			w.WriteHeader(status)
			return
		}
		upstream, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		tunnels.Add(1)
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			upstream.Close()
			return
		}
		_, _ = conn.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
		go func() { _, _ = io.Copy(upstream, conn); upstream.Close() }()
		go func() { _, _ = io.Copy(conn, upstream); conn.Close() }()
	}))
	t.Cleanup(p.Close)
	return p, &tunnels
}

func TestProxy(t *testing.T) {
	t.Parallel()
	f := serve(t, h2, fine)
	proxy, tunnels := connectProxy(t, 200)
	withProxy := func(e Endpoint, user, password string) Endpoint {
		e.Proxy = Proxy{URL: proxy.URL, Username: user, Password: secret.New(password)}
		return e
	}
	reply, failure := get(t, newClient(t, withProxy(f.endpoint(t), "proxy-user", oddSecret)))
	if failure != nil || reply.timing.detail() != "TLS 1.3 · HTTP/2" || tunnels.Load() != 1 {
		t.Fatalf("got %v with %d tunnels", failure, tunnels.Load())
	}
	if f.requests[0].Header.Get("Proxy-Authorization") != "" {
		t.Error("the proxy's credentials reached Mimecast")
	}
	for name, e := range map[string]Endpoint{
		"no credentials": withProxy(f.endpoint(t), "", ""),
		"wrong password": withProxy(f.endpoint(t), "proxy-user", "zq-wrong-zq"),
	} {
		_, failure := get(t, newClient(t, e))
		if failure == nil || failure.Kind != ProxyFailed || failure.HTTPStatus != 407 || strings.Contains(failure.Error(), "zq-wrong") {
			t.Errorf("%s gives %+v", name, failure)
			continue
		}
		if d := Diagnose(failure, API20); !strings.Contains(d.Fix, "user and password") || d.Where != WhereConnection {
			t.Errorf("%s is explained as %+v", name, d)
		}
	}
}

func TestProxyFailures(t *testing.T) {
	t.Parallel()
	f := serve(t, h2, fine)
	e := f.endpoint(t)
	for _, status := range []int{403, 502, 503} {
		refusing, _ := connectProxy(t, status)
		e.Proxy = Proxy{URL: refusing.URL, Username: "proxy-user", Password: secret.New(oddSecret)}
		_, failure := get(t, newClient(t, e))
		if failure == nil || failure.Kind != ProxyFailed || failure.HTTPStatus != status || !strings.Contains(Diagnose(failure, API10).Meaning, strconv.Itoa(status)) {
			t.Errorf("a proxy that refuses gives %+v", failure)
		}
	}
	bad, _ := connectProxy(t, 502)
	e.Proxy = Proxy{URL: bad.URL, Username: "proxy-user", Password: secret.New(oddSecret)}
	if got := states(run(within(t), newClient(t, e), pair(), Plan{})); got != "reach=failed(proxy) clock=skipped credentials=skipped account=skipped" {
		t.Errorf("the proxy's own 502 gives %s", got)
	}
	for name, address := range map[string]string{"refused": "http://127.0.0.1:1", "no such name": "http://no-such-proxy.invalid:3128"} {
		e.Proxy = Proxy{URL: address, Username: "u", Password: secret.New("zq-password-zq")}
		_, failure := get(t, newClient(t, e))
		if failure == nil || failure.Kind != ProxyFailed || failure.HTTPStatus != 0 || strings.Contains(failure.Error(), "zq-password") {
			t.Errorf("%s gives %+v", name, failure)
		}
	}
}

func TestPlainHTTPNeverGoesThroughAProxy(t *testing.T) {
	t.Parallel()
	var seen atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { seen.Add(1) }))
	t.Cleanup(proxy.Close)
	f := serve(t, plain, mimecast20(fine))
	for name, p := range map[string]Proxy{
		"without credentials": {URL: proxy.URL},
		"with credentials":    {URL: proxy.URL, Username: "u", Password: secret.New(oddSecret)},
	} {
		e := f.endpoint(t)
		e.Proxy = p
		if _, err := newClient(t, e).Token(within(t), pair()); err != nil || seen.Load() != 0 {
			t.Errorf("%s: the proxy saw %d requests, %v", name, seen.Load(), err)
		}
	}
	if f.count(tokenPath) != 2 {
		t.Errorf("%d requests came directly", f.count(tokenPath))
	}
}

func TestProxyPasswordIsHiddenInReplies(t *testing.T) {
	t.Parallel()
	echo := serve(t, h2, func(w http.ResponseWriter, _ *http.Request) {
		write(w, 403, `{"fail":[{"code":"c","message":"denied for `+oddSecret+`"}]}`)
	})
	proxy, _ := connectProxy(t, 200)
	e := echo.endpoint(t)
	e.Proxy = Proxy{URL: proxy.URL, Username: "proxy-user", Password: secret.New(oddSecret)}
	_, failure := get(t, newClient(t, e))
	if failure == nil || failure.HTTPStatus != 403 || failure.Message != "denied for [redacted]" {
		t.Errorf("got %v", failure)
	}
}
