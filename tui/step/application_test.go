package step_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestWhatAnApplicationAsksFor: the values of its API, and a domain where a check wants one and nothing is being rotated.
func TestWhatAnApplicationAsksFor(t *testing.T) {
	noPlan, badPlan := steptest.Env(), steptest.Env()
	noPlan.Plan = nil
	badPlan.Plan = func(catalog.Selection) (client.Plan, error) {
		return client.Plan{Probes: []client.Probe{{Path: "/{{domain}}"}}}, errors.New("no such plan")
	}
	for _, c := range []struct {
		name   string
		env    step.Env
		a      flow.Answers
		change func(a *flow.Answers)
		want   string
		intro  string
	}{
		{"2.0", steptest.Env(), api20(), func(*flow.Answers) {}, "client_id client_secret", "Mimecast shows both once, in the dialog"},
		{"1.0", steptest.Env(), api10(), func(*flow.Answers) {}, "application_id application_key", "Both are on the application's page"},
		{
			"a domain", steptest.Env(), api20(), func(a *flow.Answers) { a.Integration = "axonius-mimecast-v2" },
			"client_id client_secret internal_domain", "Mimecast shows both once",
		},
		{
			"rotating", steptest.Env(), api20(), func(a *flow.Answers) { a.Integration, a.Purpose = "axonius-mimecast-v2", lifecycle.Rotating },
			"client_id client_secret", "Mimecast shows the new values once.",
		},
		{"a plan that cannot be made", badPlan, api20(), func(*flow.Answers) {}, "client_id client_secret", "Mimecast shows both once"},
		{"no plan", noPlan, api20(), func(a *flow.Answers) { a.Integration = "axonius-mimecast-v2" }, "client_id client_secret", "Mimecast shows both once"},
	} {
		a := c.a
		c.change(&a)
		f := step.ApplicationForm(c.env, a)
		if order(f) != c.want || !strings.HasPrefix(f.Intro, c.intro) {
			t.Errorf("%s: %q, %q", c.name, order(f), f.Intro)
		}
	}
}

// TestWhoAsksForADomain: a product whose form cannot do without is named.
func TestWhoAsksForADomain(t *testing.T) {
	for id, want := range map[string]string{"axonius-mimecast-v2": "Internal domain (required by Axonius)", "axonius-mimecast-v1": "Internal domain"} {
		a := api20()
		if a.Integration = id; strings.HasSuffix(id, "v1") {
			a = api10()
			a.Integration = id
		}
		q := ask(t, step.EditForm, steptest.Env(), a, "internal_domain")
		if q.Label != want || strings.Contains(q.Hint, "Axonius") != strings.Contains(want, "Axonius") || !slices.Equal(q.Help, []string{q.Hint}) {
			t.Errorf("%q: %q, %q", id, q.Label, q.Hint)
		}
	}
}

// TestDemoWithoutAnAddress has no made-up domain.
func TestDemoWithoutAnAddress(t *testing.T) {
	env := demo()
	env.Demo.Email = "nobody"
	a := wantingDomain()
	if q := ask(t, step.EditForm, env, a, "internal_domain"); q.Demo != nil {
		t.Errorf("the domain is %q", q.Demo())
	}
}

// TestPastingAnApplication: both values at once, and the keys of API 1.0 that came with them.
func TestPastingAnApplication(t *testing.T) {
	const pair20 = "Client ID: id-1\nClient Secret: " + longSecret
	const pair10 = "Application ID: 8578fcfc-a305-4d9a-99cb-f4d5ecefe297\nApplication Key: 11111111-a305-4d9a-99cb-f4d5ecefe297"
	const all10 = pair10 + "\nAccess Key: access-1\nSecret Key: secret-1"
	for _, c := range []struct {
		name, text string
		a          flow.Answers
		ok         bool
		note       string
	}{
		{"2.0", pair20, api20(), true, "The Client ID and the Client Secret were both in what was pasted."},
		{"1.0", pair10, api10(), true, "The Application ID and the Application Key were both in what was pasted."},
		{
			"1.0 and its keys", all10, api10(), true,
			"The Application ID and the Application Key were both in what was pasted. So were the Access Key and the Secret Key.",
		},
		{"one value", "Client ID: id-1", api20(), false, ""},
		{"of the other API", pair10, api20(), false, ""},
		{"nothing", "hello", api10(), false, ""},
	} {
		after, note, ok := step.ApplicationForm(steptest.Env(), c.a).Paste(c.a, c.text)
		if ok != c.ok || note != c.note {
			t.Errorf("%s: %v, %q", c.name, ok, note)
		}
		if given := after.ClientID+after.ApplicationID != ""; given != c.ok {
			t.Errorf("%s: %+v", c.name, after.Change)
		}
	}
}

// TestTheCurrentCredentialAgain: a rotation that is given it says so, at the question it belongs to.
func TestTheCurrentCredentialAgain(t *testing.T) {
	pair := api20()
	pair.Purpose, pair.ClientID, pair.ClientSecret = lifecycle.Rotating, "id-1", secret.New("s")
	pair.Replaced.Credential = client.OAuth{ClientID: "id-1", ClientSecret: secret.New("s")}
	other := pair
	other.ClientID = "id-2"
	old := api10()
	old.Purpose, old.KeysWay, old.ApplicationID, old.ApplicationKey = lifecycle.Rotating, flow.FromConsole, "app", secret.New("k")
	old.AccessKey, old.SecretKey, old.Replaced.Credential = secret.New("a"), secret.New("s"), keys("a")
	for _, c := range []struct {
		name  string
		build step.Make
		a     flow.Answers
		id    string
		again bool
	}{
		{"the pair", step.ApplicationForm, pair, client.FieldClientID, true},
		{"another pair", step.ApplicationForm, other, client.FieldClientID, false},
		{"the keys", step.KeysForm, old, client.FieldAccessKey, true},
	} {
		id, err := c.build(steptest.Env(), c.a).Judge(c.a)
		if id != c.id || (err != nil) != c.again {
			t.Errorf("%s: %s, %v", c.name, id, err)
		}
	}
	if step.ApplicationForm(steptest.Env(), old).Judge != nil {
		t.Error("the application of API 1.0 stays the same in a rotation, and is judged")
	}
}

// TestDemoTellsItsValues: the demo's forms say what can be typed, and a rotation has a new pair made, once the first is current.
func TestDemoTellsItsValues(t *testing.T) {
	rotating := api20()
	rotating.Purpose = lifecycle.Rotating
	rotating.Replaced.Credential = client.OAuth{ClientID: "demo-id"}
	for _, c := range []struct {
		build step.Make
		a     flow.Answers
		want  string
	}{
		{step.ApplicationForm, api20(), "Client ID demo-id, Client Secret demo-secret"},
		{step.ApplicationForm, api10(), "Application ID demo-app, Application Key demo-key"},
		{step.ApplicationForm, rotating, "the made-up console makes a new credential"},
		{step.ProfileForm, api20(), "any name will do, for example demo"},
		{step.ProductForm, api20(), "the first row is the shortest way"},
		{step.RegionForm, api20(), "http://127.0.0.1:8025"},
	} {
		if got := c.build(demo(), c.a).Demo; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if got := c.build(steptest.Env(), c.a).Demo; got != "" {
			t.Errorf("outside of the demo: %q", got)
		}
	}
}

// TestNewCredentialOfTheDemo: it is made when the one that it has is current already, in a rotation.
func TestNewCredentialOfTheDemo(t *testing.T) {
	for _, c := range []struct {
		name       string
		purpose    lifecycle.Purpose
		old        client.Credential
		regenerate bool
		made       int
	}{
		{"rotating", lifecycle.Rotating, client.OAuth{ClientID: "id-1"}, true, 1},
		{"set up", lifecycle.SettingUp, client.OAuth{ClientID: "id-1"}, true, 0},
		{"nothing before", lifecycle.Rotating, nil, true, 0},
		{"another in use", lifecycle.Rotating, client.OAuth{ClientID: "id-0"}, true, 0},
		{"no console", lifecycle.Rotating, client.OAuth{ClientID: "id-1"}, false, 0},
	} {
		made := 0
		d := &step.Demo{ClientID: "id-1", ClientSecret: "secret-1"}
		if c.regenerate {
			d.Regenerate = func() { made++; d.ClientID = "id-2" }
		}
		id, key := d.NewCredential(flow.Answers{Change: lifecycle.Change{Purpose: c.purpose, Replaced: lifecycle.Replaced{Credential: c.old}}})
		if made != c.made || key != "secret-1" || id != map[int]string{0: "id-1", 1: "id-2"}[c.made] {
			t.Errorf("%s: %d made, %s, %s", c.name, made, id, key)
		}
	}
}
