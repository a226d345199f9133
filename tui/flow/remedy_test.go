package flow_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// keyNames are how the screens name keys.
func keyNames() []string {
	return []string{"ctrl+", "ctrl-", "esc ", "press ", " enter ", "shift+", " tab ", "(step", "the step ", "step Connection"}
}

// stepNames are "step Region" and so on, for every step of the wizard.
func stepNames() []string {
	var names []string
	for s := flow.Home; s <= flow.Done; s++ {
		names = append(names, "step "+s.String(), "steps "+s.String())
	}
	return names
}

// advised are failures of every kind, with the replies that lead to advice of their own.
func advised() []*client.Error {
	var list []*client.Error
	for _, kind := range client.Kinds() {
		for _, op := range []string{"", "POST /oauth/token", "POST /api/login/login", "POST /api/login/discover-authentication"} {
			for _, status := range []int{0, 200, 302, 401, 403, 404, 407, 503} {
				for _, words := range []string{"", "computer says no", "Forbidden to perform the requested operation", "User account is locked"} {
					list = append(list, &client.Error{Kind: kind, Op: op, HTTPStatus: status, Message: words})
				}
			}
		}
	}
	return list
}

func TestAdviceNamesNoStepAndNoKey(t *testing.T) {
	t.Parallel()
	never := append(stepNames(), keyNames()...)
	look := func(where, text string) {
		for _, one := range never {
			if strings.Contains(text, one) {
				t.Errorf("%s names %q: %q", where, one, text)
			}
		}
	}
	for _, e := range advised() {
		for _, api := range []client.API{client.API10, client.API20} {
			d := client.Diagnose(e, api)
			look("client, "+string(e.Kind), d.Meaning+" "+d.Fix)
			for _, where := range append(client.Wheres(), d.Where) {
				look("a file, "+string(e.Kind), lifecycle.FileRemedy(d.Fix, where, api))
				look("a profile, "+string(e.Kind), lifecycle.ProfileRemedy(d.Fix, where, "acme"))
			}
		}
	}
}

func TestPlacesAreNamedInEveryFront(t *testing.T) {
	t.Parallel()
	for _, where := range client.Wheres() {
		if len(where.Each()) != 1 || where.Each()[0] != where || !where.Has(where) || client.WhereNone.Has(where) {
			t.Errorf("place %d is no single place", where)
		}
	}
	for _, tt := range []struct {
		where                client.Where
		step, file10, file20 string
		profile              string
	}{
		{client.WhereRegion, "in the step Region.", `"region" or "base_url".`, `"base_url".`, "mimecred edit acme"},
		{client.WhereConnection, "in the step Connection.", `"proxy" or "ca_file".`, `"proxy" or "ca_file".`, "mimecred edit acme"},
		{client.WhereApplication, "in the step Application.", `"application_id" or "application_key".`, `"client_id" or "client_secret".`, "mimecred rotate acme"},
		{client.WhereKeys, "in the step Keys.", `"access_key" or "secret_key".`, `"access_key"`, "mimecred rotate acme"},
		{client.WhereAPI, "in the step Integration.", `"api" or "integration".`, `"api"`, "mimecred edit acme"},
		{client.WhereRegion | client.WhereConnection, "in the steps Region and Connection.", `"proxy" or "ca_file".`, `"base_url", "proxy" or`, "mimecred edit acme"},
	} {
		for _, got := range []struct{ words, want string }{
			{flow.Remedy("Do it.", tt.where), tt.step},
			{lifecycle.FileRemedy("Do it.", tt.where, client.API10), tt.file10},
			{lifecycle.FileRemedy("Do it.", tt.where, client.API20), tt.file20},
			{lifecycle.ProfileRemedy("Do it.", tt.where, "acme"), tt.profile},
		} {
			if !strings.HasPrefix(got.words, "Do it. ") || !strings.Contains(got.words, got.want) {
				t.Errorf("place %d: %q has no %q", tt.where, got.words, got.want)
			}
		}
	}
	for _, words := range []string{flow.Remedy("Do it.", client.WhereNone), lifecycle.FileRemedy("Do it.", client.WhereNone, client.API20), lifecycle.ProfileRemedy("Do it.", client.WhereNone, "a")} {
		if words != "Do it." {
			t.Errorf("no place is named as %q", words)
		}
	}
}
