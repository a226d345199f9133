package step_test

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

func walkthrough(t *testing.T, a flow.Answers, v console.Variant) []console.Item {
	t.Helper()
	needs, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		t.Fatal(err)
	}
	return step.Walkthrough(a, v, needs)
}

// TestBeforeThereAreKeys: of making keys only single sign-on is part of what comes before.
func TestBeforeThereAreKeys(t *testing.T) {
	all := walkthrough(t, flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API10}}, console.Existing)
	before := step.BeforeKeys(all)
	for _, i := range before {
		if i.Stage != console.Prepare && i.Stage != console.Application && i.ID != "1.0-sso" {
			t.Errorf("%s (%v) is no part of it", i.ID, i.Stage)
		}
	}
	made := console.Of(all, console.Keys)
	if len(made) < 2 || !slices.ContainsFunc(before, func(i console.Item) bool { return i.ID == "1.0-sso" }) {
		t.Errorf("making keys is %d items, and single sign-on is not switched off before", len(made))
	}
}

// TestWalkthroughNames what the answers know: the user, the region, the domain, and the current application.
func TestWalkthroughNames(t *testing.T) {
	a := flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, Replaced: lifecycle.Replaced{Credential: client.OAuth{ClientID: "id-in-use"}}}}
	legacy := flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API10, Email: "svc@example.com"}}
	for _, c := range []struct {
		a    flow.Answers
		v    console.Variant
		want string
	}{{a, console.Renew, "id-in-use"}, {legacy, console.Existing, "svc@example.com"}} {
		var all string
		for _, i := range walkthrough(t, c.a, c.v) {
			for _, v := range i.Values {
				all += v.Text + "\n"
			}
		}
		if !strings.Contains(all, c.want) {
			t.Errorf("%q is not named in %s", c.want, all)
		}
	}
}

// TestKeysInTheConsole: items that make keys for API 1.0, none for answers that contradict each other.
func TestKeysInTheConsole(t *testing.T) {
	for _, c := range []struct {
		name   string
		change lifecycle.Change
		any    bool
	}{
		{"1.0", lifecycle.Change{API: client.API10}, true},
		{"contradiction", lifecycle.Change{API: client.API10, Integration: "axonius-mimecast-v2", Also: []string{"jupiterone"}}, false},
	} {
		items := step.CreateKeys(flow.Answers{Change: c.change})
		if (len(items) > 0) != c.any || slices.ContainsFunc(items, func(i console.Item) bool { return i.Stage != console.Keys }) {
			t.Errorf("%s: %+v", c.name, items)
		}
	}
}

// TestConflicts: a limit of a product that the region runs into is told with its name.
func TestConflicts(t *testing.T) {
	for _, c := range []struct {
		region, base string
		any          bool
	}{
		{"us", "https://us-api.mimecast.com", false},
		{"usb", "https://usb-api.mimecast.com", true},
	} {
		texts := step.Conflicts(flow.Answers{Change: lifecycle.Change{API: client.API10, Integration: "jupiterone", Region: c.region, BaseURL: c.base}})
		if (len(texts) > 0) != c.any || c.any && !strings.HasPrefix(texts[0], "JupiterOne: ") {
			t.Errorf("%s: %q", c.region, texts)
		}
	}
}

// TestApplicationHasOneName: a rotation names the application as its set-up had the person type it.
func TestApplicationHasOneName(t *testing.T) {
	for _, integration := range []string{"", "axonius-mimecast-v2"} {
		a := flow.Answers{Change: lifecycle.Change{Name: "acme", API: client.API20, Integration: integration}}
		named := func(v console.Variant) string {
			for _, i := range walkthrough(t, a, v) {
				for _, value := range i.Values {
					if strings.Contains(value.Text, "(acme)") {
						return value.Text
					}
				}
			}
			return ""
		}
		if made, found := named(console.Hub), named(console.Renew); made == "" || made != found {
			t.Errorf("%q: made as %q, and looked for as %q", integration, made, found)
		}
	}
}
