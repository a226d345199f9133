package plain

import (
	"testing"

	"mimecred/client"
	"mimecred/credstore"
)

// TestRotateRefusesWhatIsCurrent: a rotation takes another credential only, and asks again for both values.
func TestRotateRefusesWhatIsCurrent(t *testing.T) {
	t.Run("API 2.0", func(t *testing.T) {
		st := newStage(t)
		old, fresh := st.oauth(), st.another("")
		st.makeCurrent(t, credstore.Profile{}, old)
		c, _, err := st.run(t, rotation(client.API20), script("", "", "", old.ClientID, hidden(old.ClientSecret.Reveal()),
			fresh.ClientID, hidden(fresh.ClientSecret.Reveal()), "", ""))
		if err != nil {
			t.Fatalf("%v\n%s", err, c.transcript.String())
		}
		has(t, c, "This is the current credential.")
		if r := st.stored(t); !client.Same(r.Current.Credential, fresh) {
			t.Errorf("stored %+v", r)
		}
	})
	t.Run("API 1.0", func(t *testing.T) {
		st := newStage(t)
		old := st.keys()
		st.makeCurrent(t, credstore.Profile{}, old)
		c, _, err := st.run(t, rotation(client.API10), script("", "new", "", "console", hidden(old.AccessKey.Reveal()), hidden(old.SecretKey.Reveal())))
		if err == nil {
			t.Fatalf("the current keys were accepted\n%s", c.transcript.String())
		}
		has(t, c, "These are the current keys.")
		if r := st.stored(t); !client.Same(r.Current.Credential, old) || r.Pending != nil {
			t.Errorf("stored %+v\n%s", r, c.transcript.String())
		}
	})
}
