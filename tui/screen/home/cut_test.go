package home

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestNamesStayDifferent: names that differ at their beginning, in their middle or at their end differ when they are cut, too, and no
// cut one is wider than its column.
func TestNamesStayDifferent(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]string{
		"beginning": "%c-acme-production-netskope-europe-west-credential", "middle": "acme-production-netskope-%c-europe-west-credential-1",
		"late": "acme-production-netskope-europe-west-%c-credential", "end": "acme-production-netskope-europe-west-credential-%c",
	} {
		for _, more := range []string{"…", "..."} {
			var names []string
			for _, r := range "abcdefgh" {
				names = append(names, fmt.Sprintf(form, r))
			}
			differs := map[string]int{}
			differences(names, differs)
			for width := 8; width <= 64; width++ {
				var shown []string
				for _, n := range names {
					s := cutMiddle(n, width, differs[n], more)
					if cells(s) > width || cells(n) > width && !strings.Contains(s, more) {
						t.Errorf("%s, %d cells: %q", name, width, s)
					}
					shown = append(shown, s)
				}
				slices.Sort(shown)
				if len(slices.Compact(shown)) != len(names) {
					t.Errorf("%s, %d cells: %q", name, width, shown)
				}
			}
		}
	}
	if got := cutMiddle("acme-production-netskope-europe", 16, 0, "…"); got != "acme-pro…-europe" {
		t.Errorf("cut to %q", got)
	}
}
