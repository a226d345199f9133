package step_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestRotateAfter: the default is no value of its own, never is, and nothing is too short.
func TestRotateAfter(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  credstore.Span
		shown string
		err   string
	}{
		{"30d", 30 * credstore.Day, "30d", ""},
		{" 2w ", 14 * credstore.Day, "14d", ""},
		{"never", credstore.Never, "never", ""},
		{"90d", 0, "", ""},
		{"", 0, "", ""},
		{" ", 0, "", ""},
		{"0", credstore.Day, "1d", "it must be longer than that; never means no reminder"},
		{"soon", credstore.Day, "1d", `"soon" is no length of time such as 90d, 2w, 12h or never`},
	} {
		a := api20()
		a.RotateAfter = credstore.Day
		err := ask(t, step.EditForm, steptest.Env(), a, "rotate_after").Answer(&a, step.Value{Text: c.typed}).Err
		if shown := ask(t, step.EditForm, steptest.Env(), a, "rotate_after").Value.Text; a.RotateAfter != c.want || shown != c.shown {
			t.Errorf("%q: %v, shown as %q", c.typed, a.RotateAfter, shown)
		}
		if c.err == "" && err != nil || c.err != "" && (err == nil || err.Error() != c.err) {
			t.Errorf("%q: %v", c.typed, err)
		}
		if !a.Edited {
			t.Errorf("%q: that something changed, or was wrong, is not noted", c.typed)
		}
	}
}

// TestWhatIsEdited: a value that is not what it was, or wrong, has to be saved; the same one has not.
func TestWhatIsEdited(t *testing.T) {
	for _, c := range []struct {
		id, typed string
		before    bool
		want      bool
	}{
		{"internal_domain", "example.com", false, false},
		{"internal_domain", "example.com", true, true},
		{"internal_domain", "example.org", false, true},
		{"internal_domain", "example", false, true},
		{"internal_domain", "", false, true},
		{"rotate_after", "1d", false, false},
		{"rotate_after", "2d", false, true},
	} {
		a := wantingDomain()
		a.InternalDomain, a.RotateAfter, a.Edited = "example.com", credstore.Day, c.before
		ask(t, step.EditForm, steptest.Env(), a, c.id).Answer(&a, step.Value{Text: c.typed})
		if a.Edited != c.want {
			t.Errorf("%s %q: edited is %v", c.id, c.typed, a.Edited)
		}
	}
}

// TestInternalDomain: what is no domain is said, and stays as it was typed.
func TestInternalDomain(t *testing.T) {
	for typed, ok := range map[string]bool{"example.com": true, "": true, "example": false, "svc@example.com": false} {
		a := wantingDomain()
		err := ask(t, step.EditForm, steptest.Env(), a, "internal_domain").Answer(&a, step.Value{Text: typed}).Err
		if (err == nil) != ok || a.InternalDomain != typed || !ok && err.Error() != "a domain looks like example.com; leave it empty to skip those checks" {
			t.Errorf("%q: %q, %v", typed, a.InternalDomain, err)
		}
	}
}

// TestWhereAnEditGoes: each choice leads to its step and tells what is so now.
func TestWhereAnEditGoes(t *testing.T) {
	full, bare := api20(), api20()
	full.Integration, full.CAFile, full.Proxy = "axonius-mimecast-v2", "x.pem", client.Proxy{URL: "http://proxy:1"}
	bare.Region = ""
	certificate := api20()
	certificate.CAFile = "x.pem"
	for _, c := range []struct {
		a      flow.Answers
		asides string
	}{
		{full, "|Axonius Mimecast V2|global (https://api.services.mimecast.com)|http://proxy:1 x.pem"},
		{bare, "|no particular product|https://api.services.mimecast.com|direct, system certificates"},
		{certificate, "|no particular product|global (https://api.services.mimecast.com)|x.pem"},
	} {
		q := ask(t, step.EditForm, steptest.Env(), c.a, "then")
		var asides []string
		for _, o := range q.Options {
			asides = append(asides, o.Aside)
		}
		if got := strings.Join(asides, "|"); got != c.asides {
			t.Errorf("%q, want %q", got, c.asides)
		}
	}
	for choice, want := range map[string]flow.Step{step.EditSave: flow.Check, "Integration": flow.Integration, "Region": flow.Region, "Connection": flow.Connection} {
		a := api20()
		if err := ask(t, step.EditForm, steptest.Env(), a, "then").Answer(&a, step.Value{Text: choice}).Err; err != nil || a.Then != want {
			t.Errorf("%s leads to %v: %v", choice, a.Then, err)
		}
	}
}

// placed is a vault that only knows where things lie.
type placed struct{ lifecycle.Vault }

func (placed) Location(store, name string) string { return store + ": " + name }

// TestWhatCanBeEdited: a profile with a current version and no pending one.
func TestWhatCanBeEdited(t *testing.T) {
	env := steptest.Env()
	env.Vault = placed{}
	current := &credstore.Version{ID: "1", Credential: client.OAuth{ClientID: "id-1", ClientSecret: secret.New("s")}}
	for _, c := range []struct {
		name, problem, fix string
		r                  credstore.Record
	}{
		{"nothing current", "acme has no current version yet.", "mimecred setup acme continues it.", credstore.Record{}},
		{
			"something pending", "acme has a pending version.", "Finish it first: mimecred rotate acme.",
			credstore.Record{Current: current, Pending: current},
		},
		{"current", "", "", credstore.Record{Profile: credstore.Profile{Name: "acme", API: client.API20}, Current: current}},
	} {
		a, problem, fix := step.EditOf(env, "acme", c.r, credstore.Entry{Store: "keyring"})
		if problem != c.problem || fix != c.fix {
			t.Errorf("%s: %q, %q", c.name, problem, fix)
		}
		if edits := a.Purpose == lifecycle.Changing && a.ClientID == "id-1"; edits != (c.problem == "") {
			t.Errorf("%s: %+v", c.name, a.Change)
		}
		if c.problem == "" && (a.Activated || !a.Replaces || a.Location != "keyring: acme") {
			t.Errorf("%s: %+v", c.name, a.Change)
		}
	}
}

// TestEditAsksForADomainLikeASetUp: of each product only where one of its checks needs one.
func TestEditAsksForADomainLikeASetUp(t *testing.T) {
	t.Parallel()
	asked := map[bool]int{}
	for _, i := range append(catalog.Integrations(), catalog.Integration{API: client.API20}, catalog.Integration{API: client.API10}) {
		a := api20()
		if i.API == client.API10 {
			a = api10()
		}
		a.Integration = i.ID
		_, edit := step.EditForm(steptest.Env(), a).Find("internal_domain")
		_, setUp := step.ApplicationForm(steptest.Env(), a).Find("internal_domain")
		if edit != setUp {
			t.Errorf("%s: edit asks %v, a set-up %v", i.ID, edit, setUp)
		}
		asked[edit]++
	}
	if asked[true] == 0 || asked[false] == 0 {
		t.Errorf("asked %v", asked)
	}
}
