package lifecycle

import (
	"strings"
	"testing"
	"time"
)

func TestExpiry(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		left  time.Duration
		fact  string
		warns bool
	}{
		{12 * time.Hour, "expires in 12 hours, on ", true},
		{29 * 24 * time.Hour, "expires in 29 days, on ", true},
		{30 * 24 * time.Hour, "expires on ", false},
		{90 * time.Second, "expires in a minute, on ", true},
		{-time.Hour, "expired on ", true},
	} {
		fact, warning := Expiry(now.Add(c.left), now)
		if !strings.HasPrefix(fact, c.fact) || !strings.HasSuffix(fact, now.Add(c.left).Local().Format(" 2 January 2006, 15:04")) || strings.Contains(warning, "Authentication TTL") != c.warns {
			t.Errorf("%s: %q, %q", c.left, fact, warning)
		}
	}
	if fact, warning := Expiry(time.Time{}, now); fact+warning != "" {
		t.Errorf("%q, %q", fact, warning)
	}
}

// TestWithinInTheLargestUnit: each unit begins at two of it, and the last moment before is told in the smaller one.
func TestWithinInTheLargestUnit(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "a minute", 2*time.Minute - 1: "a minute", 2 * time.Minute: "2 minutes", 2*time.Hour - 1: "119 minutes", 2 * time.Hour: "2 hours",
		48*time.Hour - 1: "47 hours", 48 * time.Hour: "2 days", 73 * time.Hour: "3 days",
	} {
		if got := Within(d); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	if fact, warning := Expiry(now, now); !strings.HasPrefix(fact, "expired on ") || warning == "" {
		t.Errorf("at its moment: %q, %q", fact, warning)
	}
}
