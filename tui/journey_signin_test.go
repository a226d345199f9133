package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/tui/flow"
)

// TestRefusedSignInStaysOnTheForm and shows, at the usual size of a terminal, everything that was said, with the password
// ready to be typed again.
func TestRefusedSignInStaysOnTheForm(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys().signIn(d.Email, "not the password").See("Invalid user name or password")
	frame := strings.Join(strings.Fields(strings.NewReplacer("│", " ", "✓", " ", "○", " ", "●", " ").Replace(w.Frame())), " ")
	for _, words := range []string{"Mimecast refused the sign-in.", "Password"} {
		if !strings.Contains(frame, words) {
			t.Errorf("%q is out of sight:\n%s", words, w.Frame())
		}
	}
	w.Press("pgdown").See("Failed sign-ins can lock it")
	w.Press("ctrl+o").See("Secret Key").Press("ctrl+o").See("Password")
	if n := w.calls(loginPath); n != 1 {
		t.Errorf("%d sign-ins after one enter", n)
	}
}

// TestRefusedSignInBeginsWithItsFirstLine in a window that has no room for all of it.
func TestRefusedSignInBeginsWithItsFirstLine(t *testing.T) {
	t.Parallel()
	w := start(t, setting{width: 40, height: 12})
	w.toKeys().signIn(w.sim.Demo().Email, "not the password").See("✗ Mimecast refused the sign-in.")
	w.Press("pgdown").Not("✗ Mimecast refused").Press("pgup").See("✗ Mimecast refused").Type("x").Not("✗ Mimecast refused").See("› Password")
}

// TestRefusedForTheApplication leads back to where that is put right.
func TestRefusedForTheApplication(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys()
	if err := w.sim.SetScenario("application-disabled"); err != nil {
		t.Fatal(err)
	}
	w.signIn(d.Email, d.Password).See("Enabled").See("Esc leads back to the step Application").Not("Secret Key")
	w.Press("esc").At(flow.Application)
	if err := w.sim.SetScenario("none"); err != nil {
		t.Fatal(err)
	}
	w.Press("tab", "enter").See("swapped").Press("enter").At(flow.Keys)
	if a := w.Answers(); a.Email != d.Email || a.Password.Reveal() != d.Password {
		t.Errorf("what was typed is gone: %q", a.Email)
	}
}

// TestServiceUserWithoutAnAddress is told which value is wrong, and nothing is sent.
func TestServiceUserWithoutAnAddress(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toKeys().Press("enter").Type("svc-mimecast").Press("tab", "tab", "enter").See("An e-mail address looks like").See("Type the password.")
	w.Type("@example.com")
	if got := w.Answers().Email; got != "svc-mimecast@example.com" {
		t.Errorf("the focus is not on the address: %q", got)
	}
	if n := w.calls(loginPath); n != 0 {
		t.Errorf("%d sign-ins", n)
	}
}

// TestUnknownAddressIsMarked when Mimecast knows no region for it.
func TestUnknownAddressIsMarked(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	d := w.sim.Demo()
	w.toKeys()
	w.app.answers.BaseURL = client.DiscoveryURL
	w.run(w.app.goTo(flow.Keys))
	if err := w.sim.SetScenario("discover-no-region"); err != nil {
		t.Fatal(err)
	}
	w.signIn(d.Email, d.Password).See("named no region for this address").See("Service user's e-mail address")
	w.Press("ctrl+u").Type("x@example.com")
	if got := w.Answers().Email; got != "x@example.com" {
		t.Errorf("the focus is not on the address: %q", got)
	}
}

// TestLeavingDuringASignInThatHangs counts the seconds, and tells at the end what is not known.
func TestLeavingDuringASignInThatHangs(t *testing.T) {
	t.Parallel()
	w, g := gate(t, setting{}, nil)
	g.fail = &client.Error{Op: "POST " + loginPath, Kind: client.Timeout, Err: context.DeadlineExceeded}
	w.toKeys().signIn("svc@example.com", w.sim.Demo().Password).See("0 s of at most 30 s")
	<-g.asked
	w.Press("ctrl+c").See("One moment").See("1 s of at most 30 s")
	w.clock.add(11 * time.Second)
	w.See("Waiting for Mimecast's answer: 12 s of at most 30 s")
	w.clock.add(time.Minute)
	w.See("30 s of at most 30 s")
	g.answer <- struct{}{}
	w.See("Leave now?").See("There was no answer in time.").See("mimecred could not tell whether keys were created").Press("enter").See("could not tell")
	if w.quit || w.app.step != flow.Keys {
		t.Error("it left")
	}
}
