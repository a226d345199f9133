package plain

import (
	"testing"

	"mimecred/tui/step/steptest"
)

// TestHomeTestOfAPendingVersion: what a test comes to is the same here, in the list of profiles, and in "mimecred check".
func TestHomeTestOfAPendingVersion(t *testing.T) {
	for _, p := range steptest.Pendings() {
		t.Run(p.Name, func(t *testing.T) {
			st := newStage(t)
			st.env.Profiles = st.vault
			if err := p.Put(t.Context(), st.vault, "memory", st.sim, st.url); err != nil {
				t.Fatal(err)
			}
			c := st.visit(t, "acme", "test", "quit")
			if wrong := p.Wrong(t.Context(), st.vault, c.output.String()); wrong != "" {
				t.Errorf("%s\n%s", wrong, c.transcript.String())
			}
		})
	}
}
