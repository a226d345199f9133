package plain

import (
	"testing"
)

// TestHandOffLines lists the product's form after saving: values in the form's order, secrets by command only.
func TestHandOffLines(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script("axonius-mimecast-v2", "", "", "", d.ClientID, hidden(d.ClientSecret),
		"example.com", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "Hand-off", "Axonius: Adapters > Mimecast - V2 > Add Connection", "1. Host Name or IP Address: "+global,
		"2. Client ID: "+d.ClientID, "3. Client Secret: a secret of", "mimecred get acme client_secret prints it.",
		"4. Internal Domain: example.com", "5. Verify SSL (optional)", "The profile acme is ready.", "mimecred handoff acme")
}
