package client

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// environment replaces the environment of a client.
func environment(variables map[string]string) Option {
	return func(c *Client) { c.getenv = func(name string) string { return variables[name] } }
}

func TestProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	const secretPart = "zq-proxy-password"
	for value, want := range map[string]string{
		"http://proxy.example:3128":                        "http proxy.example:3128",
		"https://proxy.example":                            "https proxy.example:443",
		"proxy.example:3128":                               "http proxy.example:3128",
		"proxy.example":                                    "http proxy.example:80",
		"socks5://proxy.example":                           "socks5 proxy.example:1080",
		"socks5h://[::1]:1081":                             "socks5h [::1]:1081",
		"http://user:" + secretPart + "@proxy.example:1":   "http proxy.example:1",
		"http://user:" + secretPart + "@[proxy:1":          "is not the address of a proxy",
		"http://user:" + secretPart + "%zz@proxy:1":        "is not the address of a proxy",
		"http://user:" + secretPart + "@proxy:port":        "is not the address of a proxy",
		"http://user:" + secretPart + "@proxy:99999":       "a number between",
		"http://user:" + secretPart + "@":                  "names no host",
		"http://":                                          "names no host",
		"ftp://user:" + secretPart + "@proxy.example":      "must begin with",
		"socks4://proxy.example":                           "must begin with",
		"http://user:" + secretPart + "@proxy.example\n:1": "is not the address of a proxy",
		":" + secretPart:                                   "is not the address of a proxy",
	} {
		for _, name := range []string{"HTTPS_PROXY", "https_proxy"} {
			c := newClient(t, Endpoint{BaseURL: "https://us-api.mimecast.com"}, environment(map[string]string{name: value}))
			base, _ := url.Parse("https://us-api.mimecast.com")
			r := routeOf(base, Proxy{}, c.getenv)
			got := r.scheme + " " + r.host
			if r.broken != nil {
				got = r.broken.Error()
				_, failure := get(t, c)
				d := Diagnose(failure, API10)
				if failure == nil || failure.Kind != ProxyFailed || failure.where != neverSent || !strings.Contains(failure.Error(), name) {
					t.Errorf("%s=%q: a call gives %+v", name, value, failure)
				}
				got += " " + d.Meaning + d.Fix
			}
			want := strings.Replace(want, "a number between", "no number between", 1)
			if !strings.Contains(got, want) || strings.Contains(got, secretPart) || strings.Contains(got, "user") && r.broken == nil {
				t.Errorf("%s=%q is read as %q, want %q", name, value, got, want)
			}
		}
	}
}

func TestWhatNeedsNoProxyDoesNotMindABrokenOne(t *testing.T) {
	t.Parallel()
	broken := map[string]string{"HTTPS_PROXY": "http://[broken", "NO_PROXY": ".mimecast.com"}
	for name, base := range map[string]string{"exempt": "https://us-api.mimecast.com", "this machine": "https://127.0.0.1:1", "not TLS": "http://127.0.0.1:1"} {
		u, _ := url.Parse(base)
		if r := routeOf(u, Proxy{}, func(name string) string { return broken[name] }); r.broken != nil || r.host != "" {
			t.Errorf("%s goes through %+v", name, r)
		}
	}
	u, _ := url.Parse("https://us-api.mimecast.com")
	own := routeOf(u, Proxy{URL: "http://proxy.example:3128"}, func(string) string { return "http://[broken" })
	if own.broken != nil || own.host != "proxy.example:3128" {
		t.Errorf("the endpoint's own proxy gives %+v", own)
	}
}

func TestProxyPasswordOfTheEnvironmentIsHidden(t *testing.T) {
	t.Parallel()
	const password = "zq-proxy-password"
	echo := listen(t, speaking(saying("HTTP/1.1 502 refused user:"+password+" dXNlcjp6cS1wcm94eS1wYXNzd29yZA==\r\n\r\n")))
	c := newClient(t, Endpoint{BaseURL: "https://us-api.mimecast.com"}, WithTimeouts(Timeouts{Call: 10 * time.Second}),
		environment(map[string]string{"HTTPS_PROXY": "http://user:" + password + "@" + echo.address}))
	_, failure := get(t, c)
	if failure == nil || failure.Kind != ProxyFailed || failure.HTTPStatus != 502 || strings.Contains(failure.Error(), password) || strings.Contains(failure.Error(), "dXNlcj") {
		t.Errorf("got %v", failure)
	}
}
