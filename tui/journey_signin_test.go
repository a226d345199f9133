package tui

import (
	"strings"
	"testing"

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
	w.Press("tab", "enter").At(flow.Keys)
	if a := w.Answers(); a.Email != d.Email || a.Password.Reveal() != d.Password {
		t.Errorf("what was typed is gone: %q", a.Email)
	}
}

// TestServiceUserWithoutAnAddress is told which value is wrong, and nothing is sent.
func TestServiceUserWithoutAnAddress(t *testing.T) {
	t.Parallel()
	w := start(t, setting{})
	w.toKeys().Press("enter").Type("svc-mimecast").Press("tab", "tab", "enter").See("Type the whole e-mail address").See("Type the password.")
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
