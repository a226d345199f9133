package client

import (
	"encoding/base64"
	"errors"
	"net"
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/http/httpproxy"
	"golang.org/x/net/proxy"

	"mimecred/client/secret"
)

// route is the proxy that calls go through, with its credentials; the zero route is none.
type route struct {
	// scheme is http, https, socks5 or socks5h; host has a port.
	scheme, host string
	user         string
	password     secret.Value
	// broken says why no call can be made: a proxy was meant that cannot be understood.
	broken *Error
}

// routeOf finds the way to base: the endpoint's own proxy or, without one, that of the environment. Plain HTTP keeps away
// from any proxy: without TLS the proxy would read the credentials, and only this machine is ever called so.
func routeOf(base *url.URL, p Proxy, getenv func(string) string) route {
	switch {
	case base.Scheme != "https":
		return route{}
	case p.URL == "":
		return environmentRoute(base, getenv)
	}
	u, err := parseHostURL(strings.TrimSuffix(p.URL, "/"))
	if err != nil {
		return route{broken: &Error{Kind: ProxyFailed, proxy: proxyUnusable, Err: errors.New("the proxy URL is not a URL")}}
	}
	return route{scheme: u.Scheme, host: withPort(u), user: p.Username, password: p.Password}
}

// EnvironmentProxy is the proxy that HTTPS_PROXY and NO_PROXY set for a base URL, without its credentials, in words: its URL,
// or why it cannot be used; "" when there is none.
func EnvironmentProxy(baseURL string) string {
	base, err := Endpoint{BaseURL: baseURL}.base()
	if err != nil || base.Scheme != "https" {
		return ""
	}
	switch found := environmentRoute(base, os.Getenv); {
	case found.broken != nil:
		return "which cannot be used: " + found.broken.Err.Error()
	case found.host == "":
		return ""
	default:
		return found.scheme + "://" + found.host
	}
}

// environmentRoute is the proxy that the environment names for base. net/http takes a value that it does not understand for
// none, and calls would go out directly where somebody meant them not to.
func environmentRoute(base *url.URL, getenv func(string) string) route {
	name, value := environmentProxy(getenv)
	if value == "" {
		return route{}
	}
	exempt := httpproxy.Config{HTTPSProxy: "http://proxy.invalid", NoProxy: firstOf(getenv, "NO_PROXY", "no_proxy")}
	if meant, err := exempt.ProxyFunc()(base); err == nil && meant == nil {
		return route{}
	}
	found, err := parseProxy(value)
	if err != nil {
		return route{broken: &Error{
			Kind: ProxyFailed, proxy: proxyUnusable,
			Err: errors.New(name + " of the environment " + err.Error()),
		}}
	}
	return found
}

// environmentProxy gives the variable that names the proxy for https, and its value.
func environmentProxy(getenv func(string) string) (name, value string) {
	for _, name := range [...]string{"HTTPS_PROXY", "https_proxy"} {
		if value := getenv(name); value != "" {
			return name, value
		}
	}
	return "", ""
}

func firstOf(getenv func(string) string, names ...string) string {
	for _, name := range names {
		if value := getenv(name); value != "" {
			return value
		}
	}
	return ""
}

// parseProxy reads a proxy as the environment has it: a URL that may hold credentials, or a host with a port. Its errors
// never repeat the text, which may hold a password.
func parseProxy(text string) (route, error) {
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return route{}, errors.New("is not the address of a proxy")
	case u.Hostname() == "":
		return route{}, errors.New("names no host")
	case u.Port() != "" && !isPort(u.Port()):
		return route{}, errors.New("has a port that is no number between 1 and 65535")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		return route{}, errors.New("must begin with http://, https:// or socks5://")
	}
	found := route{scheme: u.Scheme, host: withPort(u)}
	if u.User != nil {
		password, _ := u.User.Password()
		found.user, found.password = u.User.Username(), secret.New(password)
	}
	return found, nil
}

func withPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if port == "" {
		port = "1080" // RFC 1928
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// secrets are what must not show of a proxy: its password, also in the header that carries it.
func (r route) secrets() []secret.Value {
	if r.password.IsZero() {
		return nil
	}
	return []secret.Value{r.password, secret.New(r.user + ":" + r.password.Reveal())}
}

// authorization is the header for the proxy, "" without credentials. They are never part of a URL, which would show in
// errors.
func (r route) authorization() string {
	if r.user == "" && r.password.IsZero() {
		return ""
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(r.user+":"+r.password.Reveal()))
}

// login is the same for SOCKS, nil without credentials.
func (r route) login() *proxy.Auth {
	if r.user == "" && r.password.IsZero() {
		return nil
	}
	return &proxy.Auth{User: r.user, Password: r.password.Reveal()}
}
