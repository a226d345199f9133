package client

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// useProxy sets the endpoint's own proxy; without one the environment's stays in force.
//
// The credentials travel in the Proxy-Authorization header of the CONNECT request. They are never part of a URL, which
// would show in errors.
func useProxy(t *http.Transport, p Proxy) error {
	if p.URL == "" {
		t.Proxy = onlyTunnels(t.Proxy)
		return nil
	}
	address, err := url.Parse(strings.TrimSuffix(p.URL, "/"))
	if err != nil {
		return fmt.Errorf("the proxy URL is not a URL")
	}
	t.Proxy = onlyTunnels(http.ProxyURL(address))
	if p.Username == "" && p.Password.IsZero() {
		return nil
	}
	authorization := "Basic " + base64.StdEncoding.EncodeToString([]byte(p.Username+":"+p.Password.Reveal()))
	t.GetProxyConnectHeader = func(context.Context, *url.URL, string) (http.Header, error) {
		return http.Header{"Proxy-Authorization": {authorization}}, nil
	}
	return nil
}

// onlyTunnels keeps plain HTTP away from any proxy: without TLS the proxy would read the credentials, and only this machine
// is ever called so.
func onlyTunnels(proxy func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		if r.URL.Scheme != "https" {
			return nil, nil
		}
		return proxy(r)
	}
}

// refuseProxyStatus turns a proxy's refusal into an *Error that keeps the status, which net/http reduces to a text.
func refuseProxyStatus(_ context.Context, proxy *url.URL, _ *http.Request, reply *http.Response) error {
	if reply.StatusCode == http.StatusOK {
		return nil
	}
	return &Error{
		Kind:       ProxyFailed,
		HTTPStatus: reply.StatusCode,
		Err:        fmt.Errorf("the proxy %s refused the connection: %s", proxy.Host, plainText(reply.Status)),
	}
}
