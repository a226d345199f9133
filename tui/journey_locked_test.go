package tui

import "testing"

// TestLockedUserIsLeftAlone: once Mimecast says that the user is locked, neither enter nor another password sends anything.
func TestLockedUserIsLeftAlone(t *testing.T) {
	t.Parallel()
	const sent = 6 // the simulator locks a user after five wrong passwords, and says so from the next on
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys().signIn(d.Email, "wrong").See("Refused at")
	for _, words := range []string{"Refused 2 times", "Refused 3 times", "Refused 4 times", "Refused 5 times", "Refused 6 times"} {
		w.Press("ctrl+u").Paste("wrong again").Press("enter").See(words)
	}
	for range 3 {
		w.Press("enter")
	}
	w.See("Nothing was sent").Paste(d.Password).Press("enter").See("Nothing was sent")
	if n := w.calls(loginPath); n != sent {
		t.Fatalf("%d sign-ins for a locked user", n-sent)
	}
	if a := w.Answers(); !a.Password.IsZero() {
		t.Error("the password is kept")
	}
}
