package step_test

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// TestWhereASetUpWasLeft: while keys cannot be made yet, how long that takes; otherwise the step, and since when.
func TestWhereASetUpWasLeft(t *testing.T) {
	made := func(ago time.Duration) flow.State {
		return flow.State{Name: "acme", API: client.API10, NewApplication: true, ApplicationMadeAt: noon().Add(-ago), Step: "wait", SavedAt: noon().Add(-ago)}
	}
	at := func(word string) flow.State {
		return flow.State{Name: "acme", API: client.API20, Step: word, SavedAt: noon().Add(-2 * time.Hour)}
	}
	for _, c := range []struct {
		name  string
		state flow.State
		want  string
	}{
		{"just made", made(0), "30 minutes left"},
		{"half a minute is over", made(30 * time.Second), "30 minutes left"},
		{"one minute is over", made(time.Minute), "29 minutes left"},
		{"two minutes left", made(28 * time.Minute), "2 minutes left"},
		{"one minute left", made(29 * time.Minute), "1 minute left"},
		{"a second left", made(30*time.Minute - time.Second), "1 minute left"},
		{"over", made(30 * time.Minute), "keys can be made now"},
		{"at a step", at("application"), "at Application, 2 hours ago"},
		{"at another step", at("region"), "at Region, 2 hours ago"},
	} {
		if got := step.WhereLeft(c.state, noon()); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
