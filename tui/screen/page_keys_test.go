package screen_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// TestFormKeys keeps the footer of each step to the keys that do something there, enter first and the way back last.
func TestFormKeys(t *testing.T) {
	v20, v10 := flow.Answers{Change: lifecycle.Change{API: client.API20}}, flow.Answers{Change: lifecycle.Change{API: client.API10}}
	for _, c := range []struct {
		name   string
		open   func() screen.Screen
		taps   []string
		want   string
		typing bool
	}{
		{"profile", func() screen.Screen { return screen.NewProfile(formEnv(), v20) }, nil, "enter next, esc back", true},
		{"profile with stores", func() screen.Screen { return screen.NewProfile(formEnv(withStores), v20) }, nil, "enter next, tab next field, esc back", true},
		{"profile of the demo", func() screen.Screen { return screen.NewProfile(formEnv(withDemo), v20) }, nil, "enter next, ctrl+f fill in the demo's value, esc back", true},
		{"integration", func() screen.Screen { return screen.NewIntegration(formEnv(), v20) }, nil, "enter next, ↑ up, ↓ down, ctrl+u clear, esc back", true},
		{"api", func() screen.Screen { return screen.NewAPI(formEnv(), v20) }, nil, "enter next, ↑ up, ↓ down, esc back", false},
		{"region", func() screen.Screen { return screen.NewRegion(formEnv(), v20) }, nil, "enter next, ↑ up, ↓ down, tab next field, esc back", false},
		{"connection", func() screen.Screen { return screen.NewConnection(formEnv(), v20) }, nil, "enter next, ↑ up, ↓ down, esc back", false},
		{"connection, open", func() screen.Screen { return screen.NewConnection(formEnv(), v20) }, []string{"down", "tab"}, "enter next, tab next field, esc back", true},
		{"console", func() screen.Screen { return screen.NewConsole(formEnv(withDemo), v10) }, nil, "enter next, space tick, o open the console, y copy, e service user, ↓ down, ↑ up, esc back", false},
		{"application", func() screen.Screen { return screen.NewApplication(formEnv(), v20) }, nil, "enter next, tab next field, ctrl+u clear, esc back", true},
		{"application, secret", func() screen.Screen { return screen.NewApplication(formEnv(), v20) }, []string{"tab"}, "enter next, tab next field, ctrl+r reveal, ctrl+u clear, esc back", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, c.open()).tap(c.taps...)
			var keys []string
			for _, k := range b.screen.Keys() {
				keys = append(keys, k.Help().Key+" "+k.Help().Desc)
			}
			if got := strings.Join(keys, ", "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := b.screen.(screen.Typist).Typing(); got != c.typing {
				t.Errorf("typing: %v", got)
			}
			if busy := b.screen.Busy(); busy != "" {
				t.Errorf("busy: %q", busy)
			}
			if b.tap("esc").wants() != screen.Back {
				t.Error("esc does not go back")
			}
		})
	}
}

func TestRegionKeysWhileItWaits(t *testing.T) {
	b := start(t, screen.NewRegion(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).paste("us-api.mimecast.com")
	if got := b.screen.Keys()[1].Help(); got.Key != "ctrl+o" || got.Desc != "switch to API 1.0" {
		t.Errorf("got %v", got)
	}
	b = discovering(t, &formMimecast{})
	if got := b.screen.Keys()[0].Help(); got.Desc != "ask Mimecast" {
		t.Errorf("got %v", got)
	}
}

// TestDefaultEnvironmentProxy asks what net/http would use, without the credentials in it.
func TestDefaultEnvironmentProxy(t *testing.T) {
	env := formEnv(func(e *screen.Env) { e.EnvironmentProxy = nil })
	for _, base := range []string{"http://127.0.0.1:1", "not a URL", ""} {
		start(t, screen.NewConnection(env, flow.Answers{Change: lifecycle.Change{BaseURL: base}})).shows("Direct, with")
	}
}

// TestFormSecretsAreNotInFrames draws every step at several sizes with secrets in the answers.
func TestFormSecretsAreNotInFrames(t *testing.T) {
	const hidden = "hunter2hunter2"
	a := flow.Answers{
		Change: lifecycle.Change{
			Name: "acme", API: client.API20, ClientID: "id", ClientSecret: secret.New(hidden), BaseURL: globalURL,
			ApplicationKey: secret.New(hidden), Proxy: client.Proxy{URL: "http://proxy:3128", Password: secret.New(hidden)},
		},
	}
	for name, make := range map[string]func(screen.Env, flow.Answers) screen.Screen{
		"profile": screen.NewProfile, "integration": screen.NewIntegration, "api": screen.NewAPI, "region": screen.NewRegion,
		"connection": screen.NewConnection, "console": screen.NewConsole, "application": screen.NewApplication,
	} {
		for _, api := range []client.API{client.API20, client.API10} {
			a.API = api
			b := start(t, make(formEnv(), a)).tap("ctrl+o", "tab")
			for _, width := range []int{20, 80} {
				if strings.Contains(b.screen.View(width, 40).Body, hidden) {
					t.Errorf("%s of API %s shows a secret", name, api)
				}
			}
		}
	}
}
