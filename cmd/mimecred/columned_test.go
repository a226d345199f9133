package main

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestColumned: facts and commands break between words at every width, under their column, and lose nothing.
func TestColumned(t *testing.T) {
	t.Parallel()
	const text = "Integration  netskope-cte-v2\nAccount      Example Corporation of Somewhere, CUSA00A000, us\n\nNext:\n" +
		"  mimecred get acme client_secret  one value, for another program\nIn the console: Switch Enhanced Logging on (Account > Account Settings). Without it nothing comes.\n"
	if got := columned(text, 0); got != text {
		t.Errorf("without a width: %q", got)
	}
	for width := 20; width <= 100; width++ {
		got := columned(text, width)
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(text), " ") {
			t.Errorf("at %d words are broken or lost:\n%s", width, got)
		}
		for line := range strings.SplitSeq(got, "\n") {
			if width >= 50 && ansi.StringWidth(line) > width {
				t.Errorf("at %d: %q", width, line)
			}
		}
	}
	if got := columned("Account      Example Corporation, CUSA00A000", 36); got != "Account      Example Corporation,\n             CUSA00A000" {
		t.Errorf("%q", got)
	}
}
