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
		return nil
	}
	address, err := url.Parse(strings.TrimSuffix(p.URL, "/"))
	if err != nil {
		return fmt.Errorf("the proxy URL is not a URL")
	}
	t.Proxy = func(*http.Request) (*url.URL, error) { return address, nil }
	if p.Username == "" && p.Password.IsZero() {
		return nil
	}
	authorization := "Basic " + base64.StdEncoding.EncodeToString([]byte(p.Username+":"+p.Password.Reveal()))
	t.GetProxyConnectHeader = func(context.Context, *url.URL, string) (http.Header, error) {
		return http.Header{"Proxy-Authorization": {authorization}}, nil
	}
	// Plain HTTP is for a loopback address only and is sent to the proxy without CONNECT.
	withUser := *address
	withUser.User = url.UserPassword(p.Username, p.Password.Reveal())
	t.Proxy = func(r *http.Request) (*url.URL, error) {
		if r.URL.Scheme == "http" {
			return &withUser, nil
		}
		return address, nil
	}
	return nil
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
