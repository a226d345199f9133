package step_test

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

const globalHost, usHost = "https://api.services.mimecast.com", "https://us-api.mimecast.com"

// TestSettle: an answer that has one good default is given, and its step asks nothing; what was chosen otherwise stays.
func TestSettle(t *testing.T) {
	t.Parallel()
	ring, file := step.StoreChoice{Kind: "keyring", Title: "OS keyring"}, step.StoreChoice{Kind: "file", Title: "Encrypted file"}
	dead := ring
	dead.Problem = "There is no session bus."
	secretOf := secret.New("pw")
	proxy := client.Proxy{URL: "http://proxy:3128"}
	for name, tt := range map[string]struct {
		stores  []step.StoreChoice
		change  lifecycle.Change
		more    func(*flow.Answers)
		settled string
		base    string
		store   string
		free    bool
	}{
		"nothing known":          {settled: "Connection", store: "keyring"},
		"API 2.0":                {change: lifecycle.Change{API: client.API20}, settled: "Region Connection", base: globalHost, store: "keyring"},
		"API 1.0":                {change: lifecycle.Change{API: client.API10}, settled: "Connection", store: "keyring"},
		"its product decides":    {change: lifecycle.Change{API: client.API20, Integration: "axonius-mimecast-v2"}, settled: "API Region Connection", base: globalHost, store: "keyring"},
		"a product in one place": {change: lifecycle.Change{API: client.API10, Integration: "jupiterone"}, settled: "Region Connection", base: usHost, store: "keyring"},
		"another instance": {
			change:  lifecycle.Change{API: client.API20, Region: "uk", BaseURL: "https://uk-api.services.mimecast.com"},
			settled: "Region Connection", base: "https://uk-api.services.mimecast.com", store: "keyring",
		},
		"a host of the other API": {change: lifecycle.Change{API: client.API20, Region: "us", BaseURL: usHost}, settled: "Region Connection", base: globalHost, store: "keyring"},
		"an unknown host":         {change: lifecycle.Change{API: client.API20, BaseURL: "https://mimecast.example.org"}, settled: "Connection", base: "https://mimecast.example.org", store: "keyring"},
		"a host was allowed": {
			change: lifecycle.Change{API: client.API20}, more: func(a *flow.Answers) { a.AllowedHosts = []string{"mimecast.example.org"} },
			settled: "Connection", store: "keyring",
		},
		"a proxy":               {change: lifecycle.Change{Proxy: proxy}, settled: "Connection", store: "keyring"},
		"a proxy that is wrong": {change: lifecycle.Change{Proxy: client.Proxy{URL: "proxy"}}, store: "keyring"},
		"a proxy with a user alone": {
			change: lifecycle.Change{Proxy: client.Proxy{URL: proxy.URL, Username: "jo"}}, store: "keyring",
		},
		"a proxy with both": {
			change: lifecycle.Change{Proxy: client.Proxy{URL: proxy.URL, Username: "jo", Password: secretOf}}, settled: "Connection", store: "keyring",
		},
		"a login that is missing":     {change: lifecycle.Change{Proxy: proxy}, more: func(a *flow.Answers) { a.ProxyLogin = true }, store: "keyring"},
		"a login without its user":    {change: lifecycle.Change{Proxy: client.Proxy{URL: proxy.URL, Password: secretOf}}, more: func(a *flow.Answers) { a.ProxyLogin = true }, store: "keyring"},
		"a login that was typed":      {change: lifecycle.Change{Proxy: client.Proxy{URL: proxy.URL, Username: "jo", Password: secretOf}}, more: func(a *flow.Answers) { a.ProxyLogin = true }, settled: "Connection", store: "keyring"},
		"a CA file":                   {change: lifecycle.Change{CAFile: "/ca.pem"}, settled: "Connection", store: "keyring"},
		"a free name":                 {change: lifecycle.Change{Name: "axonius"}, more: func(a *flow.Answers) { a.FreeName = "axonius" }, settled: "Connection Profile", store: "keyring", free: true},
		"another name":                {change: lifecycle.Change{Name: "acme"}, more: func(a *flow.Answers) { a.FreeName = "axonius" }, settled: "Connection", store: "keyring"},
		"no name":                     {settled: "Connection", store: "keyring"},
		"the first store is dead":     {stores: []step.StoreChoice{dead, file}, change: lifecycle.Change{Name: "axonius"}, more: func(a *flow.Answers) { a.FreeName = "axonius" }, settled: "Connection", free: true},
		"another store was chosen":    {change: lifecycle.Change{Name: "axonius", Store: "file"}, more: func(a *flow.Answers) { a.FreeName = "axonius" }, settled: "Connection Profile", store: "file", free: true},
		"a store that does not work":  {stores: []step.StoreChoice{dead, file}, change: lifecycle.Change{Name: "axonius", Store: "keyring"}, more: func(a *flow.Answers) { a.FreeName = "axonius" }, settled: "Connection", store: "keyring", free: true},
		"there is no store":           {stores: []step.StoreChoice{}, settled: "Connection"},
		"a rotation decides nothing":  {change: lifecycle.Change{Purpose: lifecycle.Rotating, API: client.API20}},
		"an edit decides nothing too": {change: lifecycle.Change{Purpose: lifecycle.Changing, API: client.API20}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := steptest.Env()
			if env.Stores = tt.stores; tt.stores == nil {
				env.Stores = []step.StoreChoice{ring, file}
			}
			a := flow.Answers{Change: tt.change}
			if tt.more != nil {
				tt.more(&a)
			}
			got := step.Settle(env, a)
			var settled []string
			for s := flow.Start; s <= flow.Done; s++ {
				if got.Settled[s] {
					settled = append(settled, s.String())
				}
			}
			if strings.Join(settled, " ") != tt.settled || got.BaseURL != tt.base || got.Store != tt.store || got.Free != tt.free {
				t.Errorf("settled %q, at %q, in %q, free %v; want %q, %q, %q, %v", settled, got.BaseURL, got.Store, got.Free, tt.settled, tt.base, tt.store, tt.free)
			}
		})
	}
}

// TestSettledLines: what nobody was asked is told, and what the command line gave is not.
func TestSettledLines(t *testing.T) {
	t.Parallel()
	env := steptest.Env()
	a := step.Settle(env, flow.Answers{Change: lifecycle.Change{API: client.API20}})
	if got := step.SettledLines(env, a); !slices.Equal(got, []string{"Region: Global (api.services.mimecast.com)", "Connection: direct"}) {
		t.Errorf("%q", got)
	}
	a.Given = map[flow.Step]bool{flow.Region: true}
	if got := step.SettledLines(env, a); !slices.Equal(got, []string{"Connection: direct"}) {
		t.Errorf("the region was given: %q", got)
	}
	a.Given = map[flow.Step]bool{flow.Connection: true}
	if got := step.SettledLines(env, a); len(got) != 1 || !strings.HasPrefix(got[0], "Region: ") {
		t.Errorf("the connection was given: %q", got)
	}
	a.Settled, a.Given = nil, nil
	if got := step.SettledLines(env, a); got != nil {
		t.Errorf("nothing was settled: %q", got)
	}
}

// TestExpectedNames: a name is expected before the step Profile, and only where none was found.
func TestExpectedNames(t *testing.T) {
	t.Parallel()
	env := steptest.Env()
	for _, tt := range []struct {
		at       flow.Step
		free     string
		expected string
	}{
		{flow.Connection, "", lifecycle.SuggestedName},
		{flow.Connection, "axonius", ""},
		{flow.Profile, "", ""},
		{flow.Console, "", ""},
	} {
		if got := step.Expected(env, tt.at, flow.Answers{FreeName: tt.free}).Name; got != tt.expected {
			t.Errorf("at %s, free %q: %q, want %q", tt.at, tt.free, got, tt.expected)
		}
	}
}
