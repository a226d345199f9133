package plain

import (
	"testing"

	"mimecred/tui/flow"
)

// The demo never speaks to the real Mimecast, whatever is typed for the region.
func TestDemoStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	st := newStage(t)
	st.env.Demo = demoOf(st)
	st.secrets = nil
	asked := script("", "2.0", "!", "region", "Global", "https://us-api.services.mimecast.com", "2", st.url+"/", "", "=", "=", "yes")
	c, after, err := st.run(t, flow.Answers{}, asked)
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "The demo talks to its own Mimecast only", "The demo talks to its own Mimecast only", "The demo talks to its own Mimecast only")
	if after.BaseURL != st.url || !after.Activated {
		t.Errorf("base URL %q, activated %v", after.BaseURL, after.Activated)
	}
}
