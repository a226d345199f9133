package plain

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestLinesAreBrokenBetweenWords at the width of a terminal, below the words of their first part, and stay whole where there is none.
func TestLinesAreBrokenBetweenWords(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"    Mimecast shows both once, in the dialog that follows Save. Paste them here before you close it.",
		"    12) Netskope Cloud Threat Exchange, plugin 2.x, API 2.0, current (2.0.1 of April 2026)",
		"1. Which product will use this credential from now on, and for how long?",
		"", "short", "    https://a-host-that-is-longer-than-the-terminal.example.com/and/a/path/that/goes/on",
	} {
		for width := 20; width < 100; width += 7 {
			var out strings.Builder
			p := newPrinter(&out, false)
			p.columns = func() int { return width }
			p.line("%s", text)
			p.prompt(text)
			if got := strings.Fields(out.String()); strings.Join(got, "") != strings.Join(strings.Fields(text+text+":"), "") {
				t.Errorf("at %d cells %q became %q", width, text, out.String())
			}
			for _, line := range strings.Split(out.String(), "\n") {
				if utf8.RuneCountInString(strings.TrimRight(line, " ")) > width {
					t.Errorf("at %d cells: %q", width, line)
				}
			}
		}
		var whole strings.Builder
		newPrinter(&whole, false).line("%s", text)
		if whole.String() != strings.TrimRight(text, " ")+"\n" {
			t.Errorf("without a terminal %q became %q", text, whole.String())
		}
	}
}
