package screen_test

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

func TestAPI(t *testing.T) {
	for _, c := range []struct {
		name   string
		before flow.Answers
		keys   []string
		api    client.API
		exists bool
	}{
		{"2.0 is preselected", flow.Answers{}, []string{"enter"}, client.API20, false},
		{"1.0, the application exists", flow.Answers{}, []string{"down", "enter", "enter"}, client.API10, true},
		{"1.0, no application: 2.0", flow.Answers{}, []string{"down", "enter", "down", "enter"}, client.API20, false},
		{"1.0, to be created", flow.Answers{}, []string{"down", "enter", "down", "down", "enter"}, client.API10, false},
		{"what was chosen before", flow.Answers{Change: lifecycle.Change{API: client.API10}, HasApplication: true}, []string{"enter", "enter"}, client.API10, true},
		{"a product knows its API", flow.Answers{Change: lifecycle.Change{API: client.API10, Integration: "jupiterone"}}, []string{"enter", "enter"}, client.API10, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := start(t, screen.NewAPI(formEnv(), c.before)).tap(c.keys...)
			if b.wants() != screen.Next {
				t.Fatalf("it does not go on:\n%s", b.body())
			}
			a := b.answers()
			if a.API != c.api || a.HasApplication != c.exists {
				t.Errorf("API %s, application exists: %v", a.API, a.HasApplication)
			}
			again := start(t, screen.NewAPI(formEnv(), a)).answers()
			if again.API != a.API || again.HasApplication != a.HasApplication {
				t.Errorf("coming back gives API %s, application exists: %v", again.API, again.HasApplication)
			}
		})
	}
}

func TestAPISaysTheFacts(t *testing.T) {
	b := start(t, screen.NewAPI(formEnv(), flow.Answers{}))
	b.shows("Since mid-2025 no new 1.0 applications", "Client ID and Client Secret").hides("exist already?")
	b.tap("down").shows("Does the API 1.0 application exist already?", "No: use API 2.0")
	b.tap("up").hides("exist already?")
	if b.tap("esc").wants() != screen.Back {
		t.Error("esc does not go back")
	}
}

// TestAPIOfAProduct keeps a person from an API that the chosen product does not take.
func TestAPIOfAProduct(t *testing.T) {
	b := start(t, screen.NewAPI(formEnv(), flow.Answers{Change: lifecycle.Change{API: client.API10, Integration: "jupiterone"}}))
	b.shows("API 1.0: nothing else is possible here.").tap("down", "enter")
	if b.shows("No: use API 2.0 cannot be used now: JupiterOne accepts only API 1.0.").wants() != screen.Stay {
		t.Error("2.0 is taken for a product of 1.0")
	}
}

func TestAPIDemo(t *testing.T) {
	b := start(t, screen.NewAPI(formEnv(withDemo), flow.Answers{})).tap("ctrl+f", "enter")
	if b.wants() != screen.Next || b.answers().API != client.API20 {
		t.Errorf("API %s", b.answers().API)
	}
	b = start(t, screen.NewAPI(formEnv(withDemo), flow.Answers{})).tap("down", "ctrl+f", "enter", "enter")
	if b.wants() != screen.Next || b.answers().API != client.API10 {
		t.Errorf("what was chosen became API %s", b.answers().API)
	}
}

func TestAPIFrames(t *testing.T) {
	for name, a := range map[string]flow.Answers{
		"api 2.0":    {},
		"api 1.0":    {Change: lifecycle.Change{API: client.API10}},
		"jupiterone": {Change: lifecycle.Change{API: client.API10, Integration: "jupiterone"}},
	} {
		t.Run(name, func(t *testing.T) { start(t, screen.NewAPI(formEnv(), a)).frames() })
	}
}
