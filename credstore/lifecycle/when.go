package lifecycle

import (
	"fmt"
	"time"
)

const day = 24 * time.Hour

// farAway is from when on a date says more than a number of days. A time.Duration ends at 292 years.
const farAway = 100 * 365 * day

// Long is a length of time in words, to one unit.
func Long(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d/time.Minute))
	case d < 2*day:
		return fmt.Sprintf("%d h", int(d/time.Hour))
	default:
		return fmt.Sprintf("%d days", int(d/day))
	}
}

// In is how far off something is that is still to come, rounded up: what was put off for 7 days is 7 days away. Of what is very
// far away it is the date.
func In(at, now time.Time) string {
	d := at.Sub(now)
	unit := time.Minute
	switch {
	case d <= 0:
		return "now"
	case d > farAway:
		return "on " + at.Local().Format(time.DateOnly)
	case d > 2*day-time.Hour:
		unit = day
	case d > time.Hour:
		unit = time.Hour
	}
	return "in " + Long((d + unit - 1).Truncate(unit))
}

// Ahead is In for a moment that should have passed, false when it has: somebody's clock is wrong, or the list was changed. Such a
// date is shown as it is.
func Ahead(at, now time.Time) (words string, is bool) {
	if at.Sub(now) < time.Minute {
		return "", false
	}
	return In(at, now), true
}

// Dated is a moment with words that say how far off it is: "2026-11-28 16:00:00 (in 7 days)".
func Dated(at time.Time, words string) string {
	whole := at.Local().Format(time.DateTime)
	if words == "on "+at.Local().Format(time.DateOnly) {
		return whole // too far off for a number of days
	}
	return whole + " (" + words + ")"
}
