package step_test

import (
	"testing"
	"time"

	"mimecred/tui/step"
)

// TestHowLongKeysAreValid: until when, and what to do where that is soon.
func TestHowLongKeysAreValid(t *testing.T) {
	const soon = " Mimecast lets the keys expire. In the service user's profile, set Authentication TTL to Never Expires: " +
		"Services > Applications > Authentication Profiles > the profile. Then create new keys."
	for _, c := range []struct {
		until time.Time
		want  string
	}{
		{time.Time{}, "They do not expire, as far as Mimecast says."},
		{noon().Add(3 * time.Hour), "They are valid for 3 hours. The access key expires in 3 hours, on 28 November 2026, 15:00." + soon},
		{noon().AddDate(1, 0, 0), "They are valid for 365 days. The access key expires on 28 November 2027, 12:00."},
	} {
		if got := step.KeysValid(c.until, noon()); got != c.want {
			t.Errorf("%v: %q, want %q", c.until, got, c.want)
		}
	}
}
