//go:build unix

package tui

import (
	"strings"
	"testing"
)

// TestTerminalHome walks through the list of profiles on a pseudo-terminal: a test, a path and back, a resize, and the end.
func TestTerminalHome(t *testing.T) {
	t.Parallel()
	p := on(t, "home", 120, 40)
	p.see("12 profiles")
	p.see("Axonius")
	p.send("T")
	p.see("12 tested: ")
	p.see("Tested just now:")
	p.resize(80, 24) // the virtual terminal has no tab stops beyond its first width
	p.see("── customer-01")
	p.send("/customer-07\r")
	p.see("1 of 12 profiles")
	p.send("n")
	p.see("Which product?")
	p.send("\x1b")
	p.see("1 of 12 profiles")
	p.send("q")
	if code := p.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	text := p.text()
	for _, line := range []string{"customer-01: tested: ", "customer-03: tested: 1 failed", "customer-12: tested: "} {
		if !strings.Contains(text, line) {
			t.Errorf("the summary lacks %q:\n%s", line, text)
		}
	}
	if strings.Contains(text, "Nothing was saved") {
		t.Errorf("the list left a wizard's words:\n%s", text)
	}
}
