package plain

import (
	"testing"

	"mimecred/tui/flow"
)

// TestBothValuesInOneAnswer answers the first question with a line that holds both: the second is not asked.
func TestBothValuesInOneAnswer(t *testing.T) {
	for name, shape := range map[string]func(id, key string) string{
		"JSON":     func(id, key string) string { return `{"client_id":"` + id + `","client_secret":"` + key + `"}` },
		"one line": func(id, key string) string { return "Client ID " + id + " Client Secret " + key },
		"Markdown": func(id, key string) string { return "| Client ID | " + id + " | Client Secret | " + key + " |" },
		"query":    func(id, key string) string { return "client_id=" + id + "&client_secret=" + key },
	} {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			d := st.sim.Demo()
			c, _, err := st.run(t, flow.Answers{}, script(st.to20(), hidden(shape(d.ClientID, d.ClientSecret)), "yes"))
			if err != nil {
				t.Fatal(err)
			}
			st.wantActive(t, st.oauth())
			has(t, c, "The Client ID and the Client Secret were both in that.")
		})
	}
}

// TestMisplacedSecretIsDropped types a secret where a name and an ID are asked for: it is neither taken nor shown again.
func TestMisplacedSecretIsDropped(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	lines := script(hidden("client_secret="+d.ClientSecret), st.to20(), hidden("Client Secret: "+d.ClientSecret), d.ClientID, hidden(d.ClientSecret), "yes")
	c, _, err := st.run(t, flow.Answers{}, lines)
	if err != nil {
		t.Fatal(err)
	}
	st.wantActive(t, st.oauth())
	has(t, c, "That holds a secret, and was dropped.", "That holds a secret, and was dropped.")
}
