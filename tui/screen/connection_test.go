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

func TestConnectionIsOneQuestion(t *testing.T) {
	b := start(t, screen.NewConnection(formEnv(), flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}}))
	b.shows("Direct, with the certificates of this system", "Through a proxy", "Certificates are always checked").hides("Proxy URL")
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
		shows("As the environment says, through http://proxy.example.com:3128")
}

// settings is the step with its settings open, and the proxy's field in focus.
func settings(t *testing.T) *bench {
	t.Helper()
	return start(t, screen.NewConnection(formEnv(), flow.Answers{Change: lifecycle.Change{BaseURL: globalURL}})).tap("down", "tab")
}

func TestConnectionSettings(t *testing.T) {
	b := settings(t).shows("Proxy URL", "CA file").hides("Proxy user", "Proxy password")
	b.write("http://proxy:3128").tap("tab").write("jo").tap("tab").write("pa ss").tap("tab").write("/ca.pem")
	a := b.answers()
	if a.Proxy.URL != "http://proxy:3128" || a.Proxy.Username != "jo" || a.Proxy.Password.Reveal() != "pa ss" || a.CAFile != "/ca.pem" {
		t.Errorf("got %+v, CA %q", a.Proxy, a.CAFile)
	}
	b.shows("Proxy user", "Proxy password").hides("pa ss")
	again := start(t, screen.NewConnection(formEnv(), a)).shows("http://proxy:3128", "/ca.pem").answers()
	if again.Proxy.URL != a.Proxy.URL || !again.Proxy.Password.Equal(a.Proxy.Password) || again.CAFile != a.CAFile {
		t.Errorf("coming back gives %+v", again.Proxy)
	}
	// Direct leaves the settings out, and what was typed is there again when it is undone.
	b.tap("shift+tab", "shift+tab", "shift+tab", "shift+tab", "up").hides("Proxy URL")
	if p := b.answers().Proxy; p.URL != "" || !p.Password.IsZero() {
		t.Errorf("direct keeps %+v", p)
	}
	if p := b.tap("down").answers().Proxy; p.URL != "http://proxy:3128" || p.Username != "jo" {
		t.Errorf("what was typed is lost: %+v", p)
	}
}

func TestConnectionRefuses(t *testing.T) {
	for _, c := range []struct{ name, url, user, says string }{
		{"a path", "http://proxy:3128/pac", "", "without a path"},
		{"another scheme", "socks5://proxy:1080", "", "must begin with"},
		{"a colon in the user", "http://proxy:3128", "jo:x", "must not contain a colon"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := settings(t).write(c.url).tap("tab").write(c.user).tap("enter", "enter", "enter", "enter").shows(c.says)
			if b.wants() != screen.Stay {
				t.Error("it goes on")
			}
		})
	}
}

func TestConnectionCompletes(t *testing.T) {
	b := settings(t).write("proxy:3128")
	if b.tap("enter", "enter", "enter", "enter").wants() != screen.Next || b.answers().Proxy.URL != "http://proxy:3128" {
		t.Errorf("got %+v", b.answers().Proxy)
	}
}

// TestConnectionMovesThePassword gives a URL with user and password: it must not stay readable.
func TestConnectionMovesThePassword(t *testing.T) {
	for _, c := range []struct {
		name, text, url string
		paste           bool
	}{
		{"pasted", "http://jo:s3cr3t@proxy:3128", "http://proxy:3128", true},
		{"pasted without a port", "http://jo:s3cr3t@proxy", "http://proxy", true},
		{"pasted without a scheme", "jo:s3cr3t@proxy:3128", "http://proxy:3128", true},
		{"typed", "http://jo:s3cr3t@proxy:3", "http://proxy:3", false},
		{"typed without a port", "http://jo:s3cr3t@proxy", "http://proxy", false},
		{"typed without a scheme", "jo:s3cr3t@proxy:3128", "http://proxy:3128", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := settings(t)
			if c.paste {
				b.paste(c.text)
			} else {
				b.write(c.text)
			}
			p := b.shows("moved to their own fields").hides("s3cr3t").answers().Proxy
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
	b := start(t, screen.NewConnection(env, before)).tap("enter", "enter", "enter", "enter", "enter").shows("Read the CA file: no certificate in /ca.pem.", "CA file")
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
	t.Run("open", func(t *testing.T) { start(t, screen.NewConnection(formEnv(), flow.Answers{})).tap("down").frames() })
	t.Run("filled", func(t *testing.T) {
		start(t, screen.NewConnection(formEnv(), full)).tap("tab", "tab", "tab").frames()
	})
}
