package step_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// demo is an environment with made-up values.
func demo() step.Env {
	env := steptest.Env()
	env.Demo = &step.Demo{
		BaseURL: "http://127.0.0.1:8025", ClientID: "demo-id", ClientSecret: "demo-secret", ApplicationID: "demo-app", ApplicationKey: "demo-key",
		Email: "svc@demo.example", Password: "demo-password", Code: func() string { return "123456" }, AccessKey: "demo-access", SecretKey: "demo-secret-key",
	}
	return env
}

// TestRegions: what is pasted becomes a region and a base URL, and what is not recognised is kept as far as it may be.
func TestRegions(t *testing.T) {
	for _, c := range []struct {
		name         string
		env          step.Env
		a            flow.Answers
		typed        string
		region, base string
		err          string
	}{
		{"a row", steptest.Env(), api10(), "https://eu-api.mimecast.com", "eu", "https://eu-api.mimecast.com", ""},
		{"an account code", steptest.Env(), api10(), " CUSA00A000 ", "us", "https://us-api.mimecast.com", ""},
		{"a name with white space around it", steptest.Env(), api10(), " over there ", "", "over there", "no Mimecast address"},
		{"to be asked for", steptest.Env(), api10(), " " + step.Discover + " ", "", client.DiscoveryURL, ""},
		{"2.0 asks nobody", steptest.Env(), api20(), step.Discover, "", "find", "no Mimecast address"},
		{"not recognised", steptest.Env(), api10(), "over there", "", "over there", "no Mimecast address"},
		{"an address", steptest.Env(), api10(), "jo@example.com", "", "https://us-api.mimecast.com", "an e-mail address does not tell the region"},
		{"the demo's", demo(), api20(), "http://127.0.0.1:8025/", "", "http://127.0.0.1:8025", ""},
		{"not the demo's", demo(), api20(), "https://us-api.services.mimecast.com", "", "https://us-api.services.mimecast.com", "the demo talks to its own Mimecast only: http://127.0.0.1:8025"},
	} {
		a := c.a
		q := ask(t, step.RegionForm, c.env, a, "region")
		err := lifecycle.Sentence(q.Answer(&a, step.Value{Text: c.typed}).Err)
		if a.Region != c.region || a.BaseURL != c.base {
			t.Errorf("%s: %q, %q", c.name, a.Region, a.BaseURL)
		}
		if c.err == "" && err != "" || !strings.Contains(strings.ToLower(err), strings.ToLower(c.err)) {
			t.Errorf("%s: %q", c.name, err)
		}
	}
}

// TestRowsOfRegions: each generation has its own, and the demo one that is on this machine.
func TestRowsOfRegions(t *testing.T) {
	for _, c := range []struct {
		name  string
		env   step.Env
		a     flow.Answers
		rows  int
		first string
		find  bool
		now   string
	}{
		{"2.0", steptest.Env(), api20(), len(client.Endpoints20()), "https://api.services.mimecast.com", false, "https://api.services.mimecast.com"},
		{"1.0", steptest.Env(), api10(), len(client.Regions()) + 1, "https://us-api.mimecast.com", true, "https://us-api.mimecast.com"},
		{
			"1.0, to be asked for", steptest.Env(), func() flow.Answers { a := api10(); a.BaseURL = client.DiscoveryURL; return a }(),
			len(client.Regions()) + 1, "https://us-api.mimecast.com", true, step.Discover,
		},
		{"the demo", demo(), api20(), 1, "http://127.0.0.1:8025", false, "https://api.services.mimecast.com"},
	} {
		q := ask(t, step.RegionForm, c.env, c.a, "region")
		_, find := q.Option(step.Discover)
		if len(q.Options) != c.rows || q.Options[0].ID != c.first || find != c.find || q.Value.Text != c.now {
			t.Errorf("%s: %d rows, first %s, find %v, now %s", c.name, len(q.Options), q.Options[0].ID, find, q.Value.Text)
		}
		if strings.Contains(q.Options[0].Aside, "://") {
			t.Errorf("%s: %q is beside the first", c.name, q.Options[0].Aside)
		}
	}
}

// TestAskingMimecastForTheRegion takes the application's ID and an address, with API 1.0 only.
func TestAskingMimecastForTheRegion(t *testing.T) {
	for _, c := range []struct {
		api  client.API
		base string
		want string
	}{
		{client.API10, client.DiscoveryURL, "region application_id email"},
		{client.API10, "https://us-api.mimecast.com", "region"},
		{client.API20, client.DiscoveryURL, "region"},
	} {
		f := step.RegionForm(steptest.Env(), flow.Answers{Change: lifecycle.Change{API: c.api, BaseURL: c.base}})
		if got := order(f); got != c.want || (f.Task != nil) != (c.want != "region") {
			t.Errorf("%s at %s: %q, %+v", c.api, c.base, got, f.Task)
		}
		if f.Task != nil && (f.Task.Limit != lifecycle.DiscoverTime || f.Task.ID != "email" || f.Index("nothing") != -1) {
			t.Errorf("%+v", f.Task)
		}
	}
}

// TestRecognised: the place of a text, the demo's own without asking, and no other in the demo.
func TestRecognised(t *testing.T) {
	own, err := step.Recognise(demo(), api20(), "http://127.0.0.1:8025")
	if err != nil || own.BaseURL != "http://127.0.0.1:8025" {
		t.Errorf("the demo's own is %+v: %v", own, err)
	}
	if _, err := step.Recognise(demo(), api10(), "https://login.mimecast.com"); err != nil && strings.Contains(err.Error(), "the demo") {
		t.Errorf("an address that tells no region is refused by the demo: %v", err)
	}
	if place, err := step.Recognise(steptest.Env(), api10().Allow("https://mimecast.corp.example"), "https://mimecast.corp.example"); err != nil || !place.Unlisted {
		t.Errorf("a host that was allowed is %+v: %v", place, err)
	}
}

// TestServiceUser: white space goes, what is not an address stays as it was typed.
func TestServiceUser(t *testing.T) {
	create := api10()
	create.KeysWay = flow.CreateHere
	for _, c := range []struct{ typed, want, err string }{
		{" svc@example.com ", "svc@example.com", ""},
		{"svc", "svc", "one e-mail address"},
		{"", "", "type the service user's address"},
	} {
		a := create
		err := ask(t, step.KeysForm, steptest.Env(), a, step.KeyEmail).Answer(&a, step.Value{Text: c.typed}).Err
		if a.Email != c.want || (err != nil) != (c.err != "") {
			t.Errorf("%q: %q, %v", c.typed, a.Email, err)
		}
	}
}

// TestDemoValues: every question that needs a value has a made-up one in the demo, which is taken, and none otherwise.
func TestDemoValues(t *testing.T) {
	find, create, console := api10(), api10(), api10()
	find.BaseURL, create.KeysWay, console.KeysWay = client.DiscoveryURL, flow.CreateHere, flow.FromConsole
	axonius := api20()
	axonius.Integration = "axonius-mimecast-v2"
	for _, c := range []struct {
		build step.Make
		a     flow.Answers
		want  string
	}{
		{step.ProfileForm, api20(), "profile=demo"},
		{step.RegionForm, find, "region=http://127.0.0.1:8025 application_id=demo-app email=svc@demo.example"},
		{step.ApplicationForm, axonius, "client_id=demo-id client_secret=demo-secret internal_domain=demo.example"},
		{step.ApplicationForm, api10(), "application_id=demo-app application_key=demo-key"},
		{step.KeysForm, create, "create_keys.email=svc@demo.example create_keys.type=cloud create_keys.password=demo-password"},
		{step.KeysForm, console, "access_key=demo-access secret_key=demo-secret-key"},
	} {
		var got []string
		a := c.a
		for _, q := range c.build(demo(), a).Questions {
			if q.Demo == nil {
				continue
			}
			got = append(got, q.ID+"="+q.Demo())
			if verdict := q.Answer(&a, q.Typed(q.Demo())); verdict.Err != nil {
				t.Errorf("%s: the made-up value is refused: %v", q.ID, verdict.Err)
			}
		}
		if all := strings.Join(got, " "); all != c.want {
			t.Errorf("%q, want %q", all, c.want)
		}
		if f := c.build(steptest.Env(), c.a); f.Demo != "" || slices.ContainsFunc(f.Questions, func(q step.Question) bool { return q.Demo != nil }) {
			t.Errorf("outside of the demo there are made-up values: %s", order(f))
		}
	}
}

// TestCAFileIsTried: the settings are tried before the step is left, where they can be.
func TestCAFileIsTried(t *testing.T) {
	own := api20()
	own.CAFile = "/no/such/file.pem"
	if f := step.ConnectionForm(steptest.Env(), own); f.Task != nil {
		t.Errorf("without a way to dial there is %+v", f.Task)
	}
	env := steptest.Env()
	for _, c := range []struct {
		err    error
		closed int
	}{{nil, 1}, {context.DeadlineExceeded, 0}} {
		closed := 0
		env.Dial = func(e client.Endpoint) (lifecycle.Mimecast, error) {
			if e.CAFile != own.CAFile {
				t.Errorf("dialled %+v", e)
			}
			return closing{closed: &closed}, c.err
		}
		f := step.ConnectionForm(env, own)
		if f.Task == nil || f.Task.ID != "ca_file" || f.Task.Limit != step.ConnectTime {
			t.Fatalf("%+v", f.Task)
		}
		if err := f.Task.Do(t.Context(), nil); err != c.err { //nolint:errorlint // it is that very error
			t.Errorf("%v, want %v", err, c.err)
		}
		if closed != c.closed {
			t.Errorf("%v: closed %d times", c.err, closed)
		}
	}
	if f := step.ConnectionForm(env, api20()); f.Task != nil {
		t.Error("a direct connection is tried")
	}
}

// closing is a Mimecast that is only closed.
type closing struct {
	lifecycle.Mimecast
	closed *int
}

func (c closing) Close() { *c.closed++ }
