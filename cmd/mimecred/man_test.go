package main

import (
	"strings"
	"testing"
	"time"

	"github.com/muesli/roff"
)

// TestManPageHasTheDateOfTheCommit: not that of the day it is printed; without a commit, that day.
func TestManPageHasTheDateOfTheCommit(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 23, 0, 0, 0, time.UTC)
	for date, want := range map[string]string{"2026-10-01T23:30:00-05:00": "2026-10-02", "": "2026-11-28", "unknown": "2026-11-28"} {
		page := datedPage{roff.NewDocument(), date}
		page.Heading(1, "mimecred", "", now)
		if !strings.Contains(page.String(), want) {
			t.Errorf("with %q the page begins with %q, want %s", date, page.String(), want)
		}
	}
}
