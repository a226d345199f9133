package screen_test

import (
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

func TestIntegrationBeginsWithNoProduct(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{API: client.API10}))
	if b.tap("enter").wants() != screen.Next || b.answers().Integration != "" || b.answers().API != client.API10 {
		t.Errorf("got %q, API %s", b.answers().Integration, b.answers().API)
	}
}

func TestIntegrationFilter(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{API: client.API20})).write("jup")
	b.hides("Axonius").shows("JupiterOne", "Account", "https://us-api.mimecast.com")
	if a := b.answers(); a.Integration != "jupiterone" || a.API != client.API10 {
		t.Errorf("got %q, API %s", a.Integration, a.API)
	}
	if b.tap("enter").wants() != screen.Next {
		t.Error("enter does not go on")
	}
	if a := start(t, screen.NewIntegration(formEnv(), b.answers())).answers(); a.Integration != "jupiterone" {
		t.Errorf("coming back gives %q", a.Integration)
	}
	b.tap("ctrl+u").write("zzz").shows("Nothing matches").tap("enter")
	if b.wants() != screen.Stay {
		t.Error("it goes on without a row")
	}
}

// TestIntegrationListsTheCatalogue reaches every product with the arrow keys.
func TestIntegrationListsTheCatalogue(t *testing.T) {
	b := start(t, screen.NewIntegration(formEnv(), flow.Answers{}))
	seen := map[string]bool{}
	for range catalog.Integrations() {
		seen[b.answers().Integration] = true
		b.tap("up")
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

func TestIntegrationFrames(t *testing.T) {
	for name, id := range map[string]string{"none": "", "axonius": "axonius-mimecast-v2", "jupiterone": "jupiterone"} {
		t.Run(name, func(t *testing.T) { start(t, screen.NewIntegration(formEnv(), flow.Answers{Integration: id})).frames() })
	}
}
