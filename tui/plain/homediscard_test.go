package plain

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// TestHomeDiscardsUnfinished: answers at once, a pending version after a question, and keys that nobody else has after a second one.
func TestHomeDiscardsUnfinished(t *testing.T) {
	st := atHome(t)
	st.env.Unfinished = &shelf{kept: map[string]flow.State{"later": {Name: "later"}}}
	left := []flow.State{{Name: "later", Step: "application", SavedAt: st.env.Now(), API: client.API20}}
	p := credstore.Profile{Name: "fresh", API: client.API10, Region: "us", Endpoint: client.Endpoint{BaseURL: st.url}}
	if _, err := st.vault.Stage(t.Context(), "memory", p, st.keys(), credstore.Created); err != nil {
		t.Fatal(err)
	}
	_ = st.vault.End(t.Context(), "fresh", credstore.Left)
	home := flow.Answers{Change: lifecycle.Change{Purpose: flow.AtHome, Store: "memory"}, Unfinished: left}
	c, _, err := st.run(t, home, script(
		"discard", "", "discard", "later", "no", "discard", "later", "yes", "discard", "fresh", "yes", "no", "discard", "fresh", "yes", "yes", "quit"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "Discard what is unfinished", "Which one to discard", "Discard the set-up of later?", "The set-up of later is discarded.",
		"the profile with it", "Lose the keys?", "Lose the keys?", "The set-up of fresh is discarded.", "Which profile")
	if list, err := st.vault.Unfinished(); err != nil || len(list) > 0 {
		t.Errorf("%v; left %+v", err, list)
	}
	if _, known, _ := st.vault.Lookup("fresh"); known {
		t.Error("the profile is still there")
	}
}
