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

const longSecret = "Zx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9k"

func api20() flow.Answers {
	return flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, BaseURL: "https://api.services.mimecast.com", Region: "global"}}
}

func api10() flow.Answers {
	return flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API10, BaseURL: "https://us-api.mimecast.com", Region: "us"}}
}

// ask finds the question with an ID in a form.
func ask(t *testing.T, build step.Make, env step.Env, a flow.Answers, id string) step.Question {
	t.Helper()
	q, ok := build(env, a).Find(id)
	if !ok {
		t.Fatalf("%q is not asked for", id)
	}
	return q
}

// wantingDomain are answers with a product of which a check needs an internal domain.
func wantingDomain() flow.Answers {
	a := api20()
	a.Integration = "axonius-mimecast-v2"
	return a
}

// order are the IDs of the questions of a form.
func order(f step.Form) string {
	var ids []string
	for _, q := range f.Questions {
		ids = append(ids, q.ID)
	}
	return strings.Join(ids, " ")
}

// TestWhatIsMissing: an empty answer is told in the words of the question or, where it has none, of its kind.
func TestWhatIsMissing(t *testing.T) {
	takes := func(*flow.Answers, step.Value) step.Verdict { return step.Verdict{} }
	for _, c := range []struct {
		q    step.Question
		want string
	}{
		{step.Question{Kind: step.Text, Label: "name"}, "type the name"},
		{step.Question{Kind: step.Password, Label: "password"}, "type the password"},
		{step.Question{Kind: step.Secret, Label: "Client Secret"}, "paste the Client Secret"},
		{step.Question{Kind: step.Identifier, Label: "Client ID"}, "paste the Client ID"},
		{step.Question{Kind: step.Choice, Label: "Which?"}, "choose one of them"},
		{step.Question{Kind: step.Choice, Label: "Which?", Missing: "choose a region"}, "choose a region"},
		{step.Question{Kind: step.Text, Optional: true}, ""},
	} {
		c.q.Set = takes
		got := ""
		if err := c.q.Answer(&flow.Answers{}, step.Value{}).Err; err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
		if err := c.q.Answer(&flow.Answers{}, step.Value{Text: "x"}).Err; err != nil {
			t.Errorf("an answer is missing: %v", err)
		}
	}
}

// TestValues: a value is empty when none of its parts is there, and differs when one of them does.
func TestValues(t *testing.T) {
	values := []step.Value{{}, {Text: "a"}, {Text: "b"}, {Secret: secret.New("a")}, {Secret: secret.New("b")}, {Many: []string{"a"}}, {Many: []string{"a", "b"}}}
	for i, v := range values {
		if v.IsZero() != (i == 0) {
			t.Errorf("%d: empty is %v", i, v.IsZero())
		}
		for j, other := range values {
			if v.Equal(other) != (i == j) {
				t.Errorf("%d equals %d: %v", i, j, v.Equal(other))
			}
		}
	}
}

// TestTyped: what must not be seen becomes a secret at once.
func TestTyped(t *testing.T) {
	for kind, hidden := range map[step.Kind]bool{
		step.Text: false, step.Identifier: false, step.Choice: false, step.Secret: true, step.Password: true, step.OneTimeCode: true,
	} {
		v := step.Question{Kind: kind}.Typed("123456")
		if (v.Text == "") != hidden || v.Secret.IsZero() == hidden {
			t.Errorf("kind %d: %+v", kind, v)
		}
		if kind != step.OneTimeCode && kind.Hidden() != hidden {
			t.Errorf("kind %d: hidden is %v", kind, kind.Hidden())
		}
	}
}

// TestValueInAPaste: the value that a paste names is taken out of it, and a paste that holds a secret stays whole for an ID.
func TestValueInAPaste(t *testing.T) {
	for _, c := range []struct{ id, text, want string }{
		{client.FieldClientID, "abc", "abc"},
		{client.FieldClientID, "Client ID: abc", "abc"},
		{client.FieldApplicationID, "Client ID: abc", "Client ID: abc"},
		{client.FieldClientSecret, "Client Secret: " + longSecret, longSecret},
		{client.FieldClientID, "Client ID: abc\nClient Secret: " + longSecret, "Client ID: abc\nClient Secret: " + longSecret},
		{client.FieldApplicationID, "Application ID: abc\nClient ID: def", "abc"},
	} {
		if got := (step.Question{ID: c.id}).Pasted(c.text); got != c.want {
			t.Errorf("%s in %q: %q, want %q", c.id, c.text, got, c.want)
		}
	}
}

// TestNoSecretIsShown: a text with a secret in it is never an answer that may be seen, however it is dressed; only a client ID may
// be as long as one.
func TestNoSecretIsShown(t *testing.T) {
	hidden := longSecret[:30] + "\u200b" + longSecret[30:]
	for _, c := range []struct {
		build step.Make
		id    string
		a     flow.Answers
		typed string
		taken bool
	}{
		{step.ProfileForm, "profile", api20(), "client_secret=" + longSecret, false},
		{step.ProfileForm, "profile", api20(), hidden, false},
		{step.KeysForm, step.KeyEmail, func() flow.Answers { a := api10(); a.KeysWay = flow.CreateHere; return a }(), longSecret + " svc@example.com", false},
		{step.EditForm, "rotate_after", api20(), longSecret, false},
		{step.EditForm, "internal_domain", wantingDomain(), "secret_key=" + longSecret, false},
		{step.ConnectionForm, "proxy.url", func() flow.Answers { a := api20(); a.OwnConnection = true; return a }(), "http://proxy:3128?" + longSecret, false},
		{step.ProductForm, "integration", api20(), longSecret, false},
		{step.RegionForm, "region", api20(), longSecret, false},
		{step.ApplicationForm, client.FieldClientID, api20(), longSecret, true},
		{step.ApplicationForm, client.FieldApplicationID, api10(), longSecret, false},
	} {
		a := c.a
		q := ask(t, c.build, steptest.Env(), a, c.id)
		verdict := q.Answer(&a, q.Typed(c.typed))
		if (verdict.Err == nil) != c.taken {
			t.Errorf("%s: %q: %v", c.id, c.typed, verdict.Err)
		}
		if now := ask(t, c.build, steptest.Env(), a, c.id).Value.Text; !c.taken && strings.Contains(now, "Zx9k") {
			t.Errorf("%s: the answer is %q", c.id, now)
		}
		if now := ask(t, c.build, steptest.Env(), a, c.id).Value.Text; q.Kind == step.Text && now != "" {
			t.Errorf("%s: the answer before is still there: %q", c.id, now)
		}
		if verdict.Err != nil && strings.Contains(verdict.Err.Error(), "Zx9k") {
			t.Errorf("%s: %v", c.id, verdict.Err)
		}
	}
}

// TestAnswersAreShownAgain: who comes back to a step sees what was given, cleaned.
func TestAnswersAreShownAgain(t *testing.T) {
	own, create, console := api20(), api10(), api10()
	own.Proxy, create.KeysWay, console.KeysWay = client.Proxy{URL: "http://proxy:1", Username: "jo"}, flow.CreateHere, flow.FromConsole
	for _, c := range []struct {
		build             step.Make
		a                 flow.Answers
		id, typed, cleans string
	}{
		{step.ProfileForm, api20(), "profile", " corp ", "corp"},
		{step.ConnectionForm, own, "proxy.url", "http://proxy:2", "http://proxy:2"},
		{step.ConnectionForm, own, "proxy.username", "bob", "bob"},
		{step.ConnectionForm, own, "proxy.password", " p w ", " p w "},
		{step.ConnectionForm, own, "ca_file", " corp.pem\n", "corp.pem"},
		{step.ApplicationForm, api20(), client.FieldClientID, "a b", "ab"},
		{step.ApplicationForm, api20(), client.FieldClientSecret, "a b", "ab"},
		{step.KeysForm, create, step.KeyEmail, " svc@example.com", "svc@example.com"},
		{step.KeysForm, create, step.KeyPassword, "p w", "p w"},
		{step.KeysForm, console, client.FieldAccessKey, "a b", "ab"},
		{step.EditForm, wantingDomain(), "internal_domain", " example.com ", "example.com"},
	} {
		q := ask(t, c.build, steptest.Env(), c.a, c.id)
		if verdict := q.Answer(&c.a, q.Typed(c.typed)); verdict.Err != nil {
			t.Errorf("%s: %v", c.id, verdict.Err)
		}
		if now := ask(t, c.build, steptest.Env(), c.a, c.id); !now.Value.Equal(now.Typed(c.cleans)) {
			t.Errorf("%s: %q is shown as %+v", c.id, c.typed, now.Value)
		}
	}
}

// TestWhatLooksOdd: the length, what was removed, and a value that was given twice.
func TestWhatLooksOdd(t *testing.T) {
	env := steptest.Env()
	for _, c := range []struct {
		name   string
		build  step.Make
		id     string
		change func(a *flow.Answers)
		typed  string
		length int
		note   string
	}{
		{"an ID", step.ApplicationForm, client.FieldClientID, func(a *flow.Answers) { a.API = client.API20 }, " ab cdé ", 5, ""},
		{
			"the same ID and secret", step.ApplicationForm, client.FieldClientSecret, func(a *flow.Answers) { a.API, a.ClientID = client.API20, longSecret }, longSecret, 64,
			"This is the same value as the client ID.",
		},
		{
			"the keys of the other API do not matter", step.ApplicationForm, client.FieldClientSecret,
			func(a *flow.Answers) { a.API, a.AccessKey = client.API20, secret.New(longSecret) }, longSecret, 64, "",
		},
		{
			"the application's ID as its key", step.ApplicationForm, client.FieldApplicationKey, func(a *flow.Answers) { a.ApplicationID = "app-1" }, "app-1", 5,
			"This is the same value as the application ID.",
		},
		{
			"the application's key as the access key", step.KeysForm, client.FieldAccessKey,
			func(a *flow.Answers) { a.KeysWay, a.ApplicationKey = flow.FromConsole, secret.New("key-1") }, "key-1", 5, "This is the same value as the application key.",
		},
		{
			"the access key as the secret key", step.KeysForm, client.FieldSecretKey,
			func(a *flow.Answers) { a.KeysWay, a.AccessKey = flow.FromConsole, secret.New("key-1") }, "key-1", 5, "This is the same value as the access key.",
		},
		{
			"the secret key as the access key", step.KeysForm, client.FieldAccessKey,
			func(a *flow.Answers) { a.KeysWay, a.SecretKey = flow.FromConsole, secret.New("key-1") }, "key-1", 5, "This is the same value as the secret key.",
		},
	} {
		a := api10()
		c.change(&a)
		q := ask(t, c.build, env, a, c.id)
		verdict := q.Answer(&a, q.Typed(c.typed))
		if verdict.Err != nil || verdict.Length != c.length {
			t.Errorf("%s: length %d: %v", c.name, verdict.Length, verdict.Err)
		}
		if notes := strings.Join(verdict.Notes, " "); c.note != "" && !strings.Contains(notes, c.note) || c.note == "" && strings.Contains(notes, "same value") {
			t.Errorf("%s: %q", c.name, notes)
		}
	}
}

// TestAnswersThatAreNoOption: few options are named, of many only that there is no such one.
func TestAnswersThatAreNoOption(t *testing.T) {
	env := steptest.Env()
	for _, c := range []struct {
		build step.Make
		a     flow.Answers
		id    string
		typed string
		want  string
	}{
		{step.APIForm, api20(), "api", "3.0", `it must be "2.0" or "1.0"`},
		{step.EditForm, api20(), "then", "nothing", `it must be "save" or "Integration" or "Region" or "Connection"`},
		{step.ProductForm, api20(), "integration", "no-such", `there is no integration "no-such"`},
		{step.ProfileForm, api20(), "store", "file", "A file cannot be used now: It is not there. Make it."},
	} {
		q := ask(t, c.build, env, c.a, c.id)
		a := c.a
		if err := q.Answer(&a, q.Typed(c.typed)).Err; err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.id, err, c.want)
		}
		if _, ok := q.Option(c.typed); ok && c.id != "store" {
			t.Errorf("%s has an option %q", c.id, c.typed)
		}
	}
	if o, ok := ask(t, step.APIForm, env, api20(), "api").Option("1.0"); !ok || o.Title != "API 1.0" {
		t.Errorf("the option 1.0 is %+v", o)
	}
}
