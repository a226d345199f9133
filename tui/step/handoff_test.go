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
)

// TestFormsOfTheProducts: one for each product, the plain values where there is none.
func TestFormsOfTheProducts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change lifecycle.Change
		want   string
	}{
		{"no product", lifecycle.Change{API: client.API20}, "api-2.0"},
		{"no product, 1.0", lifecycle.Change{API: client.API10}, "api-1.0"},
		{"two", lifecycle.Change{API: client.API20, Integration: "axonius-mimecast-v2", Also: []string{"elastic-mimecast-v2"}}, "axonius-mimecast-v2 elastic-mimecast-v2"},
		{"of a later version", lifecycle.Change{API: client.API20, Integration: "of-tomorrow"}, ""},
	} {
		var ids []string
		for _, f := range step.Forms(flow.Answers{Change: c.change}) {
			ids = append(ids, f.Integration.ID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestNameOfTheAccount: what the checks found is filled in where the form asks for it, and never over what is known already.
func TestNameOfTheAccount(t *testing.T) {
	found := []client.Result{{ID: client.CheckAccount, State: client.Passed, Account: &client.Account{Name: "Found Corp"}}}
	for _, c := range []struct{ known, want string }{{"", "Found Corp"}, {"Known Corp", "Known Corp"}} {
		a := flow.Answers{Change: lifecycle.Change{API: client.API10, Integration: "jupiterone", AccountName: c.known, Results: found}}
		var all string
		for _, line := range step.FormLines(a, false) {
			all += line + "\n"
		}
		if !strings.Contains(all, c.want) || c.known != "" && strings.Contains(all, "Found Corp") {
			t.Errorf("known is %q: %s", c.known, all)
		}
	}
}

// TestFormLines: the fields in their order, and of a secret its length and the command that prints it, never itself.
func TestFormLines(t *testing.T) {
	key := "a-secret-of-the-console"
	a := flow.Answers{Change: lifecycle.Change{
		Name: "acme", API: client.API20, Integration: "axonius-mimecast-v2", BaseURL: "https://api.services.mimecast.com", ClientID: "id-1", ClientSecret: secret.New(key),
	}}
	lines := step.FormLines(a, false)
	if lines[0] != "Axonius: Adapters > Mimecast - V2 > Add Connection" {
		t.Errorf("the title is %q", lines[0])
	}
	all := strings.Join(lines, "\n")
	for _, want := range []string{"    1. ", "    2. ", ": id-1", ": a secret of 23 characters; mimecred get acme client_secret prints it.", " (optional)", "\n       "} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in\n%s", want, all)
		}
	}
	if slices.ContainsFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" }) {
		t.Errorf("there is an empty line:\n%s", all)
	}
	if strings.Contains(all, key) {
		t.Errorf("the secret is shown:\n%s", all)
	}
	for _, f := range step.Forms(a)[0].Entries {
		if f.Advice != "" && !slices.Contains(lines, "       "+f.Advice) {
			t.Errorf("the advice %q is missing", f.Advice)
		}
		want := f.Label
		if !f.Required {
			want += " (optional)"
		}
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, ". "+want) }) {
			t.Errorf("%q is missing", want)
		}
	}
	if first := step.FormLines(flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20}}, false)[0]; first != "No particular product (API 2.0)" {
		t.Errorf("without a product the title is %q", first)
	}
}
