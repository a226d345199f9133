package screen_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

func TestConsoleTellsWhatTheIntegrationNeeds(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{API: client.API20, Integration: "axonius-mimecast-v2"}))
	b.shows(
		"Integrations > API and Platform Integrations > Available Integrations", "Generate Keys",
		"User and Group Management", "Directories | Internal | Read", "Gateway | Tracking | Read",
		"Integrations > Integrations Hub > Mimecast API 2.0 > Configure New", "Integrations > API 2.0 Applications",
		"Products cannot be added to an application later",
	)
}

func TestConsole10(t *testing.T) {
	exists := start(t, screen.NewConsole(formEnv(), flow.Answers{API: client.API10, HasApplication: true}))
	exists.shows("Your Application Integrations", "Never Expires", "single sign-on", "before any keys are made", "Extended Session").
		hides("Available Integrations")
	created := start(t, screen.NewConsole(formEnv(), flow.Answers{API: client.API10}))
	created.shows("Available Integrations", "tick Enable Extended Session", "30 minutes", "Never Expires", "taken away in mid-2025")
	body := created.body()
	if strings.Index(body, "administrator role") > strings.Index(body, "Authentication TTL") {
		t.Error("the role does not come first")
	}
}

func TestConsoleTicks(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{API: client.API20, Ticked: map[string]bool{"1.0-role": true}}))
	b.tap("space", "space").shows("2 of 7 done")
	a := b.answers()
	if !a.Ticked["2.0-role"] || !a.Ticked["2.0-open"] || !a.Ticked["1.0-role"] {
		t.Errorf("ticked %v", a.Ticked)
	}
	start(t, screen.NewConsole(formEnv(), a)).shows("2 of 7 done")
	if b.tap("enter").wants() != screen.Next {
		t.Error("enter does not go on without all ticks")
	}
	if b.tap("esc").wants() != screen.Back {
		t.Error("esc does not go back")
	}
}

// TestConsoleEveryEntryCanBeSeen walks down in a low window: the entry under the cursor is always in sight.
func TestConsoleEveryEntryCanBeSeen(t *testing.T) {
	b := start(t, screen.NewConsole(formEnv(), flow.Answers{API: client.API20}))
	seen := map[string]bool{}
	for range 10 {
		f := b.screen.View(40, 9)
		if f.Cursor == nil {
			t.Fatal("the cursor is out of sight")
		}
		seen[strings.Split(f.Body, "\n")[f.Cursor.Y]] = true
		b.tap("down")
	}
	if len(seen) != 7 {
		t.Errorf("%d entries were seen, want 7: %v", len(seen), seen)
	}
}

func TestConsoleFrames(t *testing.T) {
	for name, a := range map[string]flow.Answers{
		"api 2.0":         {API: client.API20, Integration: "axonius-mimecast-v2", Ticked: map[string]bool{"2.0-role": true}},
		"api 1.0 exists":  {API: client.API10, HasApplication: true},
		"api 1.0 created": {API: client.API10},
	} {
		t.Run(name, func(t *testing.T) {
			b := start(t, screen.NewConsole(formEnv(), a))
			b.frames()
		})
	}
}
