package step_test

import (
	"slices"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/client/catalog/form"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
	"mimecred/tui/step/steptest"
)

// TestWayThroughTheConsole: which walk-through is shown, by what is done and what the person sees.
func TestWayThroughTheConsole(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		change lifecycle.Change
		way    string
		want   console.Variant
	}{
		{lifecycle.Change{API: client.API20}, "", console.Hub},
		{lifecycle.Change{API: client.API20}, "classic", console.Classic},
		{lifecycle.Change{API: client.API20}, "renew", console.Hub},
		{lifecycle.Change{}, "", console.Hub},
		{lifecycle.Change{API: client.API10}, "classic", console.Existing},
		{lifecycle.Change{API: client.API20, Purpose: lifecycle.Rotating, Way: lifecycle.Another}, "", console.Hub},
		{lifecycle.Change{API: client.API20, Purpose: lifecycle.Rotating, Way: lifecycle.Renew}, "classic", console.Renew},
		{lifecycle.Change{API: client.API10, Purpose: lifecycle.Rotating, Way: lifecycle.Another}, "", console.Existing},
		{lifecycle.Change{API: client.API10, Purpose: lifecycle.Rotating, Way: lifecycle.NewKeys}, "", console.Renew},
		{lifecycle.Change{API: client.API20, Way: lifecycle.Renew}, "", console.Hub},
	} {
		if got := step.ConsoleVariant(flow.Answers{Change: tt.change, ConsoleWay: tt.way}); got != tt.want {
			t.Errorf("%+v, %q: %q, want %q", tt.change, tt.way, got, tt.want)
		}
	}
	if got := step.ConsoleVariant(flow.Answers{Change: lifecycle.Change{API: client.API10}, NewApplication: true}); got != console.New {
		t.Errorf("a new application: %q", got)
	}
	if menus := step.ConsoleMenus(); len(menus) < 2 || slices.ContainsFunc(menus, func(c console.Choice) bool { return c.Variant == console.Renew }) {
		t.Errorf("the menus are %+v", menus)
	}
}

// TestRotatedForm: after a rotation or a roll back the form tells what stayed; after a set-up nothing is compared.
func TestRotatedForm(t *testing.T) {
	t.Parallel()
	pair := client.OAuth{ClientID: "same", ClientSecret: secret.New("old")}
	unchanged := func(purpose lifecycle.Purpose, old client.Credential, ids ...string) (n, forms int) {
		a := flow.Answers{Change: lifecycle.Change{
			Purpose: purpose, API: client.API20, BaseURL: "https://api.services.mimecast.com", ClientID: "same", ClientSecret: secret.New("new"),
			Integration: "axonius-mimecast-v2", Also: ids, Replaced: lifecycle.Replaced{Credential: old},
		}}
		all := step.Forms(a)
		for _, f := range all {
			n += len(slices.DeleteFunc(slices.Clone(f.Entries), func(e form.Entry) bool { return !e.Unchanged }))
		}
		return n, len(all)
	}
	for name, tt := range map[string]struct {
		purpose  lifecycle.Purpose
		old      client.Credential
		compared bool
	}{
		"a rotation":              {lifecycle.Rotating, pair, true},
		"a roll back":             {lifecycle.RollingBack, pair, true},
		"a set-up":                {lifecycle.SettingUp, pair, false},
		"nothing known of before": {lifecycle.Rotating, nil, false},
	} {
		if n, _ := unchanged(tt.purpose, tt.old); (n > 0) != tt.compared {
			t.Errorf("%s: %d fields are unchanged", name, n)
		}
	}
	if _, forms := unchanged(lifecycle.SettingUp, nil, "gone-from-the-catalogue", "pondurance-scope"); forms != 2 {
		t.Errorf("%d forms of two products that are known", forms)
	}
}

// TestLegacyProductsComeLast: whoever looks for a product meets the current one first.
func TestLegacyProductsComeLast(t *testing.T) {
	t.Parallel()
	for _, api := range []client.API{"", client.API10, client.API20} {
		f := step.ProductForm(steptest.Env(), flow.Answers{Change: lifecycle.Change{API: api}})
		seen := ""
		for _, o := range f.Questions[0].Options {
			i, ok := catalog.Lookup(o.ID)
			switch {
			case !ok || i.Generic:
			case i.Successor != "":
				seen = i.ID
			case seen != "":
				t.Errorf("API %q: %s comes after %s, which has a successor", api, i.ID, seen)
			}
		}
	}
}

// TestSwappedKeysAreSaid: each pair of values that can be swapped is looked at.
func TestSwappedKeysAreSaid(t *testing.T) {
	t.Parallel()
	long := "Zx9kQx9kZx7kZx9kZx3kZx9kZa9kZx9kZs9kZx9kZx5kZx9kZd9kZx9kZx2kZx9k"
	id := "Qx7kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9kZx9k"
	swapped := flow.Answers{Change: lifecycle.Change{API: client.API20, ClientID: long, ClientSecret: secret.New(id)}}
	if step.ApplicationForm(steptest.Env(), swapped).Swap == nil {
		t.Error("a swapped pair of API 2.0 is not seen")
	}
	right := flow.Answers{Change: lifecycle.Change{API: client.API20, ClientID: id, ClientSecret: secret.New(long)}}
	if step.ApplicationForm(steptest.Env(), right).Swap != nil {
		t.Error("a right pair is said to be swapped")
	}
}
