package plain

import (
	"testing"

	"mimecred/client/secret"
)

// TestSwappedValues: the two are said to look swapped before anything is sent, and an empty answer swaps them.
func TestSwappedValues(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to20(), d.ClientSecret, hidden(d.ClientID), "", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	st.wantActive(t, st.oauth())
	has(t, c, "The Client ID and the Client Secret look swapped.", "Swap them? (yes or no) [yes]", "Swapped.")
}

// TestSwappedValuesAsTheyAre sends what the person means.
func TestSwappedValuesAsTheyAre(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to20(), d.ClientSecret, hidden(d.ClientID), "no", "q"))
	if err == nil {
		t.Fatalf("it was accepted\n%s", c.transcript.String())
	}
	has(t, c, "look swapped", "Mimecast refused")
}

// TestSwappedKeys: the keys of API 1.0, too.
func TestSwappedKeys(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(st.to10(), "2", hidden(d.SecretKey), hidden(d.AccessKey), "yes", "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	st.wantActive(t, st.legacy(d.AccessKey, d.SecretKey))
	has(t, c, "The Access Key and the Secret Key look swapped.")
}

// TestSwappedApplication: both values of an application are UUIDs, so that only Mimecast tells. Once it did, swapping is offered, and
// what may be the key is shown no more.
func TestSwappedApplication(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	code := func() string { return st.sim.Code(d.Email) }
	c, a, err := st.run(t, acme(), script(
		"", "1.0", "yes", st.url, "", d.ApplicationKey, hidden(d.ApplicationID), "1", d.Email, "", hidden(d.Password), "", "", hidden(""), code, "yes",
	))
	if err != nil || a.ApplicationID != d.ApplicationID || !a.ApplicationKey.Equal(secret.New(d.ApplicationKey)) {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	has(t, c, "may be swapped with the key", "may be swapped.", "Swap them? (yes or no) [yes]", "Swapped.")
}

// TestRefusedApplicationIsNotEchoed comes back to the application with an ID that Mimecast did not know.
func TestRefusedApplicationIsNotEchoed(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	c, _, err := st.run(t, acme(), script(
		"", "1.0", "yes", st.url, "", d.ApplicationKey, hidden(d.ApplicationID), "1", d.Email, "", hidden(d.Password), "no", "!", "application", "q",
	))
	if err == nil {
		t.Fatal("it was accepted")
	}
	has(t, c, "Application ID [keep the one given before]")
}
