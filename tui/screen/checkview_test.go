package screen

import (
	"strings"
	"testing"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/theme"
)

// TestCheckTellsThatTheHostChanges in every phase, on wide and narrow screens: the credential goes to another host than before.
func TestCheckTellsThatTheHostChanges(t *testing.T) {
	t.Parallel()
	const before, after = "https://gateway.example.org", "https://us-api.mimecast.com"
	for _, changes := range []bool{true, false} {
		a := flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.Rotating, BaseURLBefore: before, BaseURL: before}}
		if changes {
			a.BaseURL = after
		}
		for _, size := range [][2]int{{100, 30}, {60, 12}, {40, 10}} {
			for p := storing; p <= unconfirmed; p++ {
				c := &checkScreen{env: Env{Theme: theme.New(true, theme.WithoutColour()), Keys: theme.DefaultKeyMap()}, answers: a, phase: p}
				said := strings.Join(strings.Fields(c.View(size[0], size[1]).Body), " ")
				if got := strings.Contains(said, "The base URL changes from "+before+" to "+after+"."); got != changes {
					t.Errorf("phase %d at %v, changed %v: %s", p, size, changes, said)
				}
			}
		}
	}
}
