package field

import (
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
)

// TestBrokenTextKeepsEveryWord at every width that its longest word fits into, with a hyphen between spaces as in Mimecast's
// permissions, and with hyphens in hosts.
func TestBrokenTextKeepsEveryWord(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"tick Services | Targeted Threat Protection - URL Protect | Edit, save, try again after a few minutes.",
		"us-api.mimecast.com - the host - is a-long-name-with-hyphens", "- one", "a -", "–",
	} {
		want := strings.Fields(text)
		longest := 0
		for _, w := range want {
			longest = max(longest, lipgloss.Width(w))
		}
		for width := longest; width < 120; width++ {
			for name, lines := range map[string][]string{
				"Wrap": Wrap(text, width, 0, lipgloss.NewStyle()), "Hang": Hang("! ", text, width+2, lipgloss.NewStyle()),
			} {
				got := strings.Fields(strings.TrimPrefix(strings.Join(lines, " "), "! "))
				if !slices.Equal(got, want) {
					t.Fatalf("%s at %d cells: %q, want %q", name, width, got, want)
				}
			}
		}
	}
}
