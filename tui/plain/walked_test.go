package plain

import (
	"strings"
	"testing"

	"mimecred/tui/flow"
)

// TestWalkThroughIsReadOnce: who comes back to the console page hears the walk-through again only when it changed, or at "?".
func TestWalkThroughIsReadOnce(t *testing.T) {
	const item = "Sign in to the Administration Console."
	for name, tt := range map[string]struct {
		answers []any
		times   int
	}{
		"once":            {nil, 1},
		"another region":  {[]any{"!", "Region", "us-api.services.mimecast.com"}, 1},
		"asked for":       {[]any{"!", "Region", "", "?"}, 2},
		"another product": {[]any{"!", "Integration", "axonius-mimecast-v2", "", "", ""}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			c, _, _ := newStage(t).run(t, flow.Answers{}, script(append(append([]any{"", ""}, tt.answers...), "q", "leave")...))
			if got := strings.Count(strings.Join(strings.Fields(c.output.String()), " "), item); got != tt.times {
				t.Errorf("it is read %d times, want %d:\n%s", got, tt.times, c.transcript.String())
			}
		})
	}
}

// TestWalkThroughMarksWhatIsEasilyMissed: the sign, and what it means, are read out before anything is done.
func TestWalkThroughMarksWhatIsEasilyMissed(t *testing.T) {
	c, _, _ := newStage(t).run(t, flow.Answers{}, script("", "", "q", "leave"))
	said := strings.Join(strings.Fields(c.output.String()), " ")
	for _, want := range []string{"Items with ! are easily missed. 1. Sign in", "! Choose the products.", "! Copy Client ID and Client Secret"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said:\n%s", want, c.transcript.String())
		}
	}
}
