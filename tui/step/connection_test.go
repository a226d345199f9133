package step_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestWhatAConnectionAsksFor: one question, unless there is something of one's own; a proxy's user only with a proxy, and its
// password only with a user.
func TestWhatAConnectionAsksFor(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(a *flow.Answers)
		want   string
		now    string
	}{
		{"direct", func(*flow.Answers) {}, "connection", step.ConnectDirect},
		{"of one's own", func(a *flow.Answers) { a.OwnConnection = true }, "connection proxy.url ca_file", step.ConnectSettings},
		{"a CA file", func(a *flow.Answers) { a.CAFile = "x.pem" }, "connection proxy.url ca_file", step.ConnectSettings},
		{"a proxy", func(a *flow.Answers) { a.Proxy.URL = "http://proxy:1" }, "connection proxy.url proxy.username ca_file", step.ConnectSettings},
		{
			"a proxy with a user", func(a *flow.Answers) { a.Proxy = client.Proxy{URL: "http://proxy:1", Username: "jo"} },
			"connection proxy.url proxy.username proxy.password ca_file", step.ConnectSettings,
		},
		{"a user alone", func(a *flow.Answers) { a.Proxy.Username = "jo" }, "connection proxy.url ca_file", step.ConnectSettings},
	} {
		a := api20()
		c.change(&a)
		f := step.ConnectionForm(steptest.Env(), a)
		if got := order(f); got != c.want || f.Questions[0].Value.Text != c.now {
			t.Errorf("%s: %q, now %s", c.name, got, f.Questions[0].Value.Text)
		}
	}
}

// TestDirectGivesUpTheRest: choosing it forgets proxy and CA file, choosing settings keeps them.
func TestDirectGivesUpTheRest(t *testing.T) {
	for _, c := range []struct {
		choice    string
		own, kept bool
	}{{step.ConnectDirect, false, false}, {step.ConnectSettings, true, true}} {
		a := api20()
		a.Proxy, a.CAFile = client.Proxy{URL: "http://proxy:1", Username: "jo", Password: secret.New("pw")}, "x.pem"
		verdict := ask(t, step.ConnectionForm, steptest.Env(), a, "connection").Answer(&a, step.Value{Text: c.choice})
		if verdict.Err != nil || a.OwnConnection != c.own {
			t.Errorf("%s: own is %v: %v", c.choice, a.OwnConnection, verdict.Err)
		}
		if kept := a.Proxy.URL != "" && a.CAFile != ""; kept != c.kept || !c.kept && (a.Proxy.Username != "" || !a.Proxy.Password.IsZero()) {
			t.Errorf("%s: %+v", c.choice, a.Proxy)
		}
	}
}

// TestDirectSaysTheProxyOfTheEnvironment: where it sets one, direct means through that.
func TestDirectSaysTheProxyOfTheEnvironment(t *testing.T) {
	env := steptest.Env()
	for proxy, want := range map[string]string{"": "Direct, with the certificates of this system", "http://proxy:1": "As the environment says, through http://proxy:1"} {
		env.EnvironmentProxy = func(string) string { return proxy }
		if got := ask(t, step.ConnectionForm, env, api20(), "connection").Options[0].Title; got != want {
			t.Errorf("%q: %q", proxy, got)
		}
	}
	t.Setenv("HTTPS_PROXY", "http://jo:pw@proxy.example.com:3128")
	env.EnvironmentProxy = nil // what net/http finds
	if got := ask(t, step.ConnectionForm, env, api20(), "connection").Options[0].Title; strings.Contains(got, "pw") {
		t.Errorf("the password of the proxy is shown: %q", got)
	}
}

// TestProxyURLs: the scheme may be left out, user and password go to their own questions, and an empty one gives the proxy up.
func TestProxyURLs(t *testing.T) {
	before := client.Proxy{URL: "http://old:1", Username: "old", Password: secret.New("old")}
	for _, c := range []struct {
		typed, url, user, password string
		moved, refused             bool
	}{
		{typed: "http://proxy:3128", url: "http://proxy:3128", user: "old", password: "old"},
		{typed: " proxy:3128 ", url: "http://proxy:3128", user: "old", password: "old"},
		{typed: "https://proxy:3128", url: "https://proxy:3128", user: "old", password: "old"},
		{typed: "http://jo:pw@proxy:3128", url: "http://proxy:3128", user: "jo", password: "pw", moved: true},
		{typed: "jo:pw@proxy:3128", url: "http://proxy:3128", user: "jo", password: "pw", moved: true},
		{typed: "http://jo@proxy:3128", url: "http://proxy:3128", user: "jo", password: "old", moved: true},
		{typed: "ftp://jo:pw@proxy:3128", url: "ftp://proxy:3128", user: "jo", password: "pw", moved: true, refused: true},
		{typed: "ftp://proxy:3128", url: "ftp://proxy:3128", user: "old", password: "old", refused: true},
		{typed: " ", url: ""},
	} {
		a := api20()
		a.OwnConnection, a.Proxy = true, before
		q := ask(t, step.ConnectionForm, steptest.Env(), a, "proxy.url")
		verdict := q.Answer(&a, step.Value{Text: c.typed})
		want := client.Proxy{URL: c.url, Username: c.user}
		if c.password != "" {
			want.Password = secret.New(c.password)
		}
		if a.Proxy.URL != want.URL || a.Proxy.Username != want.Username || !a.Proxy.Password.Equal(want.Password) {
			t.Errorf("%q: %+v", c.typed, a.Proxy)
		}
		if verdict.Moved != c.moved || (len(verdict.Notes) > 0) != c.moved || (verdict.Err != nil) != c.refused {
			t.Errorf("%q: %+v", c.typed, verdict)
		}
	}
	a := api20()
	a.Proxy = before
	q := ask(t, step.ConnectionForm, steptest.Env(), a, "proxy.url")
	if q.Answer(&a, step.Value{Text: "http://:pw@"}); strings.Contains(a.Proxy.Username, "pw") || q.Value.Text != "http://old:1" {
		t.Errorf("a URL without a host became %+v", a.Proxy)
	}
}

// TestAPI: a product knows its API, and the other one cannot be chosen for it.
func TestAPI(t *testing.T) {
	product := func(id string, api client.API) flow.Answers {
		return flow.Answers{Change: lifecycle.Change{Integration: id, API: api}}
	}
	for _, c := range []struct {
		name    string
		a       flow.Answers
		now     string
		problem map[string]string
		want    string
	}{
		{"nothing is known", flow.Answers{}, "2.0", nil, "api"},
		{"1.0", product("", client.API10), "1.0", nil, "api application"},
		{"no particular product", product("api-2.0", client.API20), "2.0", nil, "api"},
		{"a product of 1.0", product("jupiterone", client.API10), "1.0", map[string]string{"2.0": "JupiterOne accepts only API 1.0."}, "api application"},
		{"a product of 2.0", product("axonius-mimecast-v2", client.API10), "2.0", map[string]string{"1.0": "Axonius Mimecast V2 accepts only API 2.0."}, "api application"},
	} {
		f := step.APIForm(steptest.Env(), c.a)
		q := f.Questions[0]
		if q.Value.Text != c.now || order(f) != c.want {
			t.Errorf("%s: now %s, asked %s", c.name, q.Value.Text, order(f))
		}
		for _, o := range q.Options {
			if o.Problem != c.problem[o.ID] {
				t.Errorf("%s: %s: %q", c.name, o.ID, o.Problem)
			}
		}
	}
}

// TestDoesTheApplicationExist: what each answer means, for a product that accepts only API 1.0 only as well.
func TestDoesTheApplicationExist(t *testing.T) {
	for _, c := range []struct {
		choice          string
		exists, created bool
		api             client.API
	}{
		{"exists", true, false, client.API10},
		{"create-1.0", false, true, client.API10},
		{"use-2.0", false, false, client.API20},
	} {
		a := api10()
		if err := ask(t, step.APIForm, steptest.Env(), a, "application").Answer(&a, step.Value{Text: c.choice}).Err; err != nil {
			t.Error(err)
		}
		if a.HasApplication != c.exists || a.NewApplication != c.created || a.API != c.api {
			t.Errorf("%s: %v, %v, %s", c.choice, a.HasApplication, a.NewApplication, a.API)
		}
		if c.api == client.API10 {
			if q := ask(t, step.APIForm, steptest.Env(), a, "application"); q.Value.Text != c.choice {
				t.Errorf("%s is kept as %s", c.choice, q.Value.Text)
			}
		}
	}
	for id, want := range map[string]string{"jupiterone": "JupiterOne accepts only API 1.0.", "": "", "axonius-mimecast-v2": ""} {
		a := api10()
		a.Integration = id
		if o, _ := ask(t, step.APIForm, steptest.Env(), a, "application").Option("use-2.0"); o.Problem != want {
			t.Errorf("%s: %q", id, o.Problem)
		}
	}
}

// TestChoosingAnAPI: with API 1.0 the application exists, unless it is being created.
func TestChoosingAnAPI(t *testing.T) {
	for _, c := range []struct {
		choice       string
		created, has bool
	}{{"1.0", false, true}, {"1.0", true, false}, {"2.0", false, false}} {
		a := flow.Answers{NewApplication: c.created}
		if err := ask(t, step.APIForm, steptest.Env(), a, "api").Answer(&a, step.Value{Text: c.choice}).Err; err != nil {
			t.Error(err)
		}
		if string(a.API) != c.choice || a.HasApplication != c.has {
			t.Errorf("%s: %s, %v", c.choice, a.API, a.HasApplication)
		}
	}
}
