package plain

import (
	"testing"
)

// TestLockedUserIsLeftAlone: once Mimecast says that the user is locked, a question comes before anything is sent again.
func TestLockedUserIsLeftAlone(t *testing.T) {
	st := newStage(t)
	d := st.sim.Demo()
	wrong := hidden("wrong")
	c, _, err := st.run(t, acme(), script(st.to10(), "create", d.Email, "cloud",
		wrong, "1", wrong, "1", wrong, "1", wrong, "1", wrong, "1", wrong, // locked from the sixth on
		"1", "", "cloud", "no", "console", hidden(d.AccessKey), hidden(d.SecretKey), "yes"))
	if err != nil {
		t.Fatalf("%v\n%s", err, c.transcript.String())
	}
	if n := st.signIns(); n != 6 {
		t.Fatalf("%d sign-ins", n)
	}
	has(t, c, "Refused at 10:00.", "Refused 5 times, last at 10:00.", "the service user is locked", "that this user is locked. Nothing was sent", "Has the user been unlocked since?")
}
