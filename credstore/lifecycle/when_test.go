package lifecycle_test

import (
	"testing"
	"time"

	"mimecred/credstore/lifecycle"
)

func TestWhatIsStillToCome(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time]string{
		now.Add(-time.Hour):                            "now",
		now:                                            "now",
		now.Add(time.Second):                           "in 1 min",
		now.Add(time.Minute):                           "in 1 min",
		now.Add(59*time.Minute + time.Second):          "in 1 h",
		now.Add(47*time.Hour + time.Second):            "in 2 days",
		now.Add(7*day - time.Second):                   "in 7 days",
		now.Add(36500 * day):                           "in 36500 days",
		now.Add(36500*day + time.Hour):                 "on 2126-10-29",
		time.Date(9999, 12, 31, 12, 0, 0, 0, time.UTC): "on 9999-12-31",
	} {
		if got := lifecycle.In(at, now); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
		ahead, is := lifecycle.Ahead(at, now)
		if is != (at.Sub(now) >= time.Minute) || is && ahead != want {
			t.Errorf("%v: ahead %t, %q", at, is, ahead)
		}
	}
}

// TestLong: each unit begins at one of it, days at two.
func TestLong(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "less than a minute", time.Minute - 1: "less than a minute", time.Minute: "1 min", time.Hour - 1: "59 min", time.Hour: "1 h",
		48*time.Hour - 1: "47 h", 48 * time.Hour: "2 days",
	} {
		if got := lifecycle.Long(d); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for d, want := range map[time.Duration]string{
		time.Hour: "in 1 h", time.Hour + 1: "in 2 h", 47 * time.Hour: "in 47 h", 47*time.Hour + 1: "in 2 days", 48*time.Hour + 1: "in 3 days", time.Minute: "in 1 min",
	} {
		if got := lifecycle.In(now.Add(d), now); got != want {
			t.Errorf("%v: %q", d, got)
		}
	}
}
