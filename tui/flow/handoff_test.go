package flow

import (
	"slices"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// TestHandOffIsForProducts is on the path of everyone whose product has a form.
func TestHandOffIsForProducts(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{
		"": false, "axonius-mimecast-v2": true, "jupiterone": true, "api-2.0": true, "no such product": false,
	} {
		if got := slices.Contains(Path(Answers{Change: lifecycle.Change{API: client.API20, Integration: id}}), HandOff); got != want {
			t.Errorf("%q: a hand-off %v, want %v", id, got, want)
		}
	}
	a := Answers{Change: lifecycle.Change{API: client.API20, Integration: "axonius-mimecast-v2"}}
	if got := Next(Check, a); got != HandOff || Next(HandOff, a) != None {
		t.Errorf("after the check comes %v, and then %v", got, Next(HandOff, a))
	}
	for step, want := range map[Step]Step{HandOff: None, Done: HandOff} {
		if got := Previous(step, a); got != want {
			t.Errorf("before %v comes %v, want %v", step, got, want)
		}
	}
}
