package plain

import (
	"errors"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// TestNoRegionOfAPI10IsTheDefault: an empty answer asks again, and a word is understood.
func TestNoRegionOfAPI10IsTheDefault(t *testing.T) {
	st := newStage(t)
	a := flow.Answers{Change: lifecycle.Change{API: client.API10, Integration: "none", Name: "acme", Store: "memory"}}
	a.Given = map[flow.Step]bool{flow.Profile: true, flow.Integration: true, flow.API: true}
	c, a, err := st.run(t, a, script("", "usa", "london", "q"))
	if !errors.Is(err, ErrQuit) || a.Region != "eu" {
		t.Errorf("%q, %v\n%s", a.Region, err, c.transcript.String())
	}
	has(t, c, "two regions", "Europe, United Kingdom, https://eu-api.mimecast.com")
}
