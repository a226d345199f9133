package lifecycle

import (
	"testing"

	"mimecred/client"
)

// TestOutcomeOfTheSameKeys: keys that were renewed activate nothing, and what confirmed a version counts only where nothing else did.
func TestOutcomeOfTheSameKeys(t *testing.T) {
	t.Parallel()
	for end := Unchanged; end <= Finished; end++ {
		if got := (Outcome{End: end}).Activated(); got != (end == Unconfirmed || end == Finished) {
			t.Errorf("%d: activated %v", end, got)
		}
		if (Outcome{End: end, SameKeys: true}).Activated() {
			t.Errorf("%d: the same keys were activated", end)
		}
	}
	own, other := []client.Result{{ID: "own"}}, &Confirmation{Results: []client.Result{{ID: "confirms"}}}
	for name, tt := range map[string]struct {
		results []client.Result
		by      *Confirmation
		want    string
	}{"both": {own, other, "own"}, "tested": {own, nil, "own"}, "confirmed": {nil, other, "confirms"}, "neither": {nil, nil, ""}} {
		got := ""
		for _, r := range (Outcome{Change: Change{Results: tt.results}, Confirmation: tt.by}).Results() {
			got += r.ID
		}
		if got != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
