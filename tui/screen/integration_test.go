package screen_test

import (
	"reflect"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

func TestIntegrationBeginsWithNoProduct(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10}}))
	if b.tap("enter").wants() != screen.Next || b.answers().Integration != "" || b.answers().API != client.API10 {
		t.Errorf("got %q, API %s", b.answers().Integration, b.answers().API)
	}
}

func TestIntegrationFilter(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API20}})).write("jup")
	b.hides("Axonius").shows("JupiterOne", "Account", "https://us-api.mimecast.com")
	if a := b.answers(); a.Integration != "jupiterone" || a.API != client.API10 {
		t.Errorf("got %q, API %s", a.Integration, a.API)
	}
	if b.tap("enter").wants() != screen.Stay {
		t.Error("it goes on without showing the plan")
	}
	if b.shows("Awareness Campaigns").tap("enter").wants() != screen.Next {
		t.Error("enter does not go on")
	}
	if a := start(t, screen.NewIntegration(formEnv(), b.answers())).answers(); a.Integration != "jupiterone" {
		t.Errorf("coming back gives %q", a.Integration)
	}
	b.tap("esc", "ctrl+u").write("zzz").shows("Not listed, or not sure", "Nothing else matches").tap("enter")
	if b.wants() != screen.Next || b.answers().Integration != "" {
		t.Error("a search without a hit is a dead end")
	}
	if b.tap("esc").wants() != screen.Back {
		t.Error("esc does not go back")
	}
}

func axonius(t *testing.T, a flow.Answers) *bench {
	t.Helper()
	b := start(t, screen.NewIntegration(formEnv(), a))
	for b.answers().Integration != "axonius-mimecast-v2" {
		b.tap("down")
	}
	return b.tap("enter")
}

// TestIntegrationFeatures changes the plan with the features, and keeps them when coming back.
func TestIntegrationFeatures(t *testing.T) {
	b := axonius(t, flow.Answers{})
	b.shows("Enrich Users with Campaign Users", "Gateway | Tracking | Read", "Awareness Training", "Needs Axonius 6.1 or later", "n notes on the vendor's guide (").hides("POST /oauth/token")
	b.write("n").shows("Notes on the vendor's guide (", "POST /oauth/token").write("n").hides("POST /oauth/token")
	if a := b.answers(); a.Features != nil {
		t.Errorf("features that nobody touched: %v", a.Features)
	}
	b.tap("down", "space").hides("Email Security Cloud Gateway")
	want := map[string][]string{"axonius-mimecast-v2": {"campaign_users"}}
	if a := b.answers(); !reflect.DeepEqual(a.Features, want) {
		t.Errorf("features %v, want %v", a.Features, want)
	}
	a := b.answers()
	again := start(t, screen.NewIntegration(formEnv(), a)).tap("enter")
	again.hides("Email Security Cloud Gateway")
	if !reflect.DeepEqual(again.answers().Features, want) {
		t.Errorf("coming back: %v", again.answers().Features)
	}
	again.tap("down", "space").shows("Email Security Cloud Gateway")
	if f := again.answers().Features["axonius-mimecast-v2"]; len(f) != 2 {
		t.Errorf("asked for by name: %v", f)
	}
}

// TestIntegrationShares lets two products share one application: the plan is what both need.
func TestIntegrationShares(t *testing.T) {
	b := axonius(t, flow.Answers{})
	b.hides("Monitoring | URL Protection | Read").tap("ctrl+o")
	b.shows("Which other products share the application?").hides("JupiterOne", "Axonius Mimecast V2", "No particular product")
	b.write("cloud threat exchange, plugin 2").tap("enter")
	b.shows("Axonius Mimecast V2 + Netskope", "Netskope: Malsite", "Monitoring | URL Protection | Read", "Directories | Internal | Read")
	a := b.answers()
	if a.Integration != "axonius-mimecast-v2" || len(a.Also) != 1 || a.Also[0] != "netskope-cte-v2" || a.API != client.API20 {
		t.Errorf("%s and %v, API %s", a.Integration, a.Also, a.API)
	}
	start(t, screen.NewIntegration(formEnv(), a)).tap("enter").shows("Axonius Mimecast V2 + Netskope")
	b.tap("ctrl+o", "esc").shows("Axonius Mimecast V2 + Netskope").tap("ctrl+u").hides("Netskope")
	if a := b.answers(); len(a.Also) != 0 {
		t.Errorf("taken out, and still there: %v", a.Also)
	}
}

// TestIntegrationOfTheOtherAPI shares nothing with products of the API that was left.
func TestIntegrationOfTheOtherAPI(t *testing.T) {
	a := flow.Answers{Change: lifecycle.Change{API: client.API20, Integration: "axonius-mimecast-v2", Also: []string{"netskope-cte-v2"}}}
	b := start(t, screen.NewIntegration(formEnv(), a)).write("jupiter").tap("enter").hides("Netskope")
	if got := b.answers(); got.API != client.API10 || len(got.Also) != 0 {
		t.Errorf("API %s, shared with %v", got.API, got.Also)
	}
	b = start(t, screen.NewIntegration(formEnv(), a)).write("particular").tap("enter")
	if got := b.answers(); b.wants() != screen.Next || got.Integration != "" || len(got.Also) != 0 {
		t.Errorf("%q, shared with %v", got.Integration, got.Also)
	}
}

// TestIntegrationPlanCanBeRead goes down behind the last feature, to the end of the plan, and up again.
func TestIntegrationPlanCanBeRead(t *testing.T) {
	b := axonius(t, flow.Answers{}).write("n")
	b.send(screen.SizeMsg{Width: 60, Height: 15})
	look := func() string { return strings.Join(strings.Fields(b.screen.View(60, 15).Body), " ") }
	for range 40 {
		b.tap("down")
	}
	if !strings.Contains(look(), "Axonius is closed source") {
		t.Errorf("the end of the plan cannot be reached:\n%s", b.screen.View(60, 15).Body)
	}
	for range 41 {
		b.tap("up")
	}
	if !strings.Contains(look(), "What should it read?") {
		t.Errorf("the features cannot be reached again:\n%s", b.screen.View(60, 15).Body)
	}
}

func TestIntegrationKeysOfThePlan(t *testing.T) {
	keys := func(b *bench) string {
		var all []string
		for _, k := range b.screen.Keys() {
			all = append(all, k.Help().Key+" "+k.Help().Desc)
		}
		return strings.Join(all, ", ")
	}
	b := axonius(t, flow.Answers{})
	if got := keys(b); got != "enter next, space tick, n notes (4), ctrl+o another product, ↓ down, ↑ up, pgdn page down, pgup page up, esc back" {
		t.Error(got)
	}
	b.tap("ctrl+o").write("pondurance").tap("enter")
	if got := keys(b); !strings.Contains(got, "ctrl+u without the last product") {
		t.Error(got)
	}
}

// TestIntegrationLongList keeps label and filter in sight, and says how many rows there are above and below.
func TestIntegrationLongList(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{}))
	look := func() string { return b.screen.View(80, 22).Body }
	for range 70 {
		if body := look(); !strings.Contains(body, "Find:") || !strings.Contains(body, " more") {
			t.Fatalf("the filter is out of sight:\n%s", body)
		}
		b.tap("up")
	}
	if !strings.Contains(look(), "Axonius Mimecast V2") {
		t.Errorf("the first row cannot be reached:\n%s", look())
	}
}

// TestIntegrationListsTheCatalogue reaches every product with the arrow keys.
func TestIntegrationListsTheCatalogue(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{}))
	seen := map[string]bool{}
	for range catalog.Integrations() {
		seen[b.answers().Integration] = true
		b.tap("down")
	}
	for _, i := range catalog.Integrations() {
		if !i.Generic && !seen[i.ID] {
			t.Errorf("%s cannot be reached", i.ID)
		}
	}
	if !seen[""] {
		t.Error("no particular product cannot be reached")
	}
}

func TestIntegrationPlanFrames(t *testing.T) {
	for name, a := range map[string]flow.Answers{
		"axonius":    {Change: lifecycle.Change{Integration: "axonius-mimecast-v2", API: client.API20}},
		"jupiterone": {Change: lifecycle.Change{Integration: "jupiterone", API: client.API10}},
		"two":        {Change: lifecycle.Change{Integration: "axonius-mimecast-v2", API: client.API20, Also: []string{"netskope-cte-v2"}}},
	} {
		t.Run(name, func(t *testing.T) { start(t, screen.NewIntegration(formEnv(), a)).tap("enter").frames() })
	}
}

func TestIntegrationFrames(t *testing.T) {
	for name, id := range map[string]string{"none": "", "axonius": "axonius-mimecast-v2", "jupiterone": "jupiterone"} {
		t.Run(name, func(t *testing.T) {
			start(t, screen.NewIntegration(formEnv(), flow.Answers{Change: lifecycle.Change{Integration: id}})).frames()
		})
	}
}
