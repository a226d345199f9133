package screen_test

import (
	"errors"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

func TestConnectionIsOneLine(t *testing.T) {
	b := start(t, screen.NewConnection(formEnv(), flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}}))
	b.shows("Direct, with the certificates of this system.", "space opens").hides("Proxy URL")
	if b.tap("enter").wants() != screen.Next || b.answers().Proxy.URL != "" {
		t.Errorf("got %+v", b.answers().Proxy)
	}
}

func TestConnectionSaysWhatTheEnvironmentSets(t *testing.T) {
	env := formEnv(func(e *screen.Env) {
		e.EnvironmentProxy = func(base string) string {
			if base != globalURL {
				return "asked for " + base
			}
			return "http://proxy.example.com:3128"
		}
	})
	start(t, screen.NewConnection(env, flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}})).
		shows("Through the proxy that the environment sets, http://proxy.example.com:3128, with")
}

func TestConnectionOpens(t *testing.T) {
	for _, opener := range []string{"space", "ctrl+o"} {
		b := start(t, screen.NewConnection(formEnv(), flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}})).tap(opener)
		b.shows("Proxy URL", "Proxy user", "Proxy password", "CA file", "Certificates are always checked")
		b.write("http://proxy:3128").tap("tab").write("jo").tap("tab").write("pa ss").tap("tab").write("/ca.pem")
		a := b.answers()
		if a.Proxy.URL != "http://proxy:3128" || a.Proxy.Username != "jo" || a.Proxy.Password.Reveal() != "pa ss" || a.CAFile != "/ca.pem" {
			t.Errorf("got %+v, CA %q", a.Proxy, a.CAFile)
		}
		b.shows("Through the proxy http://proxy:3128 as jo, with the certificates of this system and those in /ca.pem.").hides("pa ss")
		b.tap("ctrl+o").hides("Proxy URL").shows("Through the proxy")
		again := start(t, screen.NewConnection(formEnv(), a)).answers()
		if again.Proxy.URL != a.Proxy.URL || !again.Proxy.Password.Equal(a.Proxy.Password) || again.CAFile != a.CAFile {
			t.Errorf("coming back gives %+v", again.Proxy)
		}
	}
}

func TestConnectionRefuses(t *testing.T) {
	for _, c := range []struct{ name, url, user, says string }{
		{"a path", "http://proxy:3128/pac", "", "without a path"},
		{"another scheme", "socks5://proxy:1080", "", "must begin with"},
		{"a user without a proxy", "", "jo", "no URL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, screen.NewConnection(formEnv(), flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}})).tap("space")
			b.write(c.url).tap("tab").write(c.user).tap("enter", "enter", "enter").shows(c.says)
			if b.wants() != screen.Stay {
				t.Error("it goes on")
			}
		})
	}
}

func TestConnectionCompletesAndSplits(t *testing.T) {
	b := start(t, screen.NewConnection(formEnv(), flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}})).tap("space").write("proxy:3128")
	if b.tap("enter", "enter", "enter", "enter").wants() != screen.Next || b.answers().Proxy.URL != "http://proxy:3128" {
		t.Errorf("got %+v", b.answers().Proxy)
	}
}

// TestConnectionMovesThePassword gives a URL with user and password: it must not stay readable.
func TestConnectionMovesThePassword(t *testing.T) {
	for _, c := range []struct {
		name, text, url string
		paste, enter    bool
	}{
		{"pasted", "http://jo:s3cr3t@proxy:3128", "http://proxy:3128", true, false},
		{"pasted without a port", "http://jo:s3cr3t@proxy", "http://proxy", true, false},
		{"pasted without a scheme", "jo:s3cr3t@proxy:3128", "http://proxy:3128", true, false},
		{"typed", "http://jo:s3cr3t@proxy:3", "http://proxy:3", false, false},
		{"typed without a port", "http://jo:s3cr3t@proxy", "http://proxy", false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, screen.NewConnection(formEnv(), flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}})).tap("space")
			if c.paste {
				b.paste(c.text)
			} else {
				b.write(c.text)
			}
			if c.enter {
				b.tap("enter", "enter", "enter", "enter")
			}
			p := b.hides("s3cr3t").shows("moved to their own fields").answers().Proxy
			if p.URL != c.url || p.Username != "jo" || p.Password.Reveal() != "s3cr3t" {
				t.Errorf("got %+v", p)
			}
		})
	}
}

// TestConnectionTriesTheCAFile reads the file before going on: nothing later could say so well what is wrong with it.
func TestConnectionTriesTheCAFile(t *testing.T) {
	m := &formMimecast{}
	var failure error
	var tried client.Endpoint
	env := formEnv(func(e *screen.Env) {
		e.Dial = func(e client.Endpoint) (lifecycle.Mimecast, error) { tried = e; return m, failure }
	})
	before := flow.Answers{Change: lifecycle.Change{BaseURL: globalURL, CAFile: "/ca.pem", Proxy: client.Proxy{URL: "http://p:1", Password: secret.New("x"), Username: "u"}}}
	failure = errors.New("read the CA file: no certificate in /ca.pem")
	b := start(t, screen.NewConnection(env, before)).tap("enter").shows("Read the CA file: no certificate in /ca.pem.", "CA file")
	if b.wants() != screen.Stay || tried.CAFile != "/ca.pem" || tried.Proxy.URL != "http://p:1" {
		t.Errorf("it goes on, or tried %+v", tried)
	}
	failure = nil
	if b.tap("enter").wants() != screen.Next || m.closed != 1 {
		t.Errorf("it does not go on, or %d clients were closed", m.closed)
	}
}

func TestConnectionFrames(t *testing.T) {
	full := flow.Answers{
		Change: lifecycle.Change{
			BaseURL: globalURL, CAFile: "/etc/ssl/corp.pem",
			Proxy: client.Proxy{URL: "http://proxy.example.com:3128", Username: "jo", Password: secret.New("password")},
		},
	}
	t.Run("closed", func(t *testing.T) { start(t, screen.NewConnection(formEnv(), flow.Answers{})).frames() })
	t.Run("open", func(t *testing.T) { start(t, screen.NewConnection(formEnv(), flow.Answers{})).tap("space").frames() })
	t.Run("filled", func(t *testing.T) {
		start(t, screen.NewConnection(formEnv(), full)).tap("space", "tab", "tab").frames()
	})
}
