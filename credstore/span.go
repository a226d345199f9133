package credstore

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Span is a length of time as people give it for keys: "90d", "2w", "12h", "never". In JSON it is that text.
type Span time.Duration

// The spans that are used when nobody chose others.
const (
	// DefaultKeep is how long the version that was replaced is kept.
	DefaultKeep = 7 * Day
	// DefaultRotateAfter is after how long the next rotation is due.
	DefaultRotateAfter = 90 * Day
	// Day is 24 hours.
	Day = Span(24 * time.Hour)
	// Never is no span at all.
	Never = Span(-1)
)

// ParseSpan reads a number of days ("90" or "90d"), weeks ("2w"), anything that time.ParseDuration reads, or "never".
func ParseSpan(text string) (Span, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "never" {
		return Never, nil
	}
	unit, number := Day, strings.TrimSuffix(text, "d")
	if weeks, ok := strings.CutSuffix(text, "w"); ok {
		unit, number = 7*Day, weeks
	}
	if n, err := strconv.Atoi(number); err == nil {
		if n < 0 || int64(n) > math.MaxInt64/int64(unit) {
			return 0, errors.New("it must be between 0 days and 290 years")
		}
		return Span(n) * unit, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is no length of time such as 90d, 2w, 12h or never", text)
	}
	return Span(d), nil
}

// String is the span in the largest unit that says it exactly: "7d", "12h0m0s".
func (s Span) String() string {
	switch {
	case s < 0:
		return "never"
	case s%Day == 0:
		return strconv.FormatInt(int64(s/Day), 10) + "d"
	default:
		return time.Duration(s).String()
	}
}

// Words is the span in words: "7 days", "never".
func (s Span) Words() string {
	switch {
	case s < 0:
		return "never"
	case s == Day:
		return "1 day"
	case s%Day == 0:
		return strconv.FormatInt(int64(s/Day), 10) + " days"
	default:
		return time.Duration(s).String()
	}
}

// After is the moment that long after t.
//
// It is never after the year 9999, the last one that JSON's times can tell.
func (s Span) After(t time.Time) time.Time {
	at := t.Add(time.Duration(s))
	if last := time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC); at.After(last) {
		return last
	}
	return at
}

// MarshalText implements encoding.TextMarshaler.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Span) UnmarshalText(text []byte) error {
	read, err := ParseSpan(string(text))
	*s = read
	return err
}

// SecretGiven is when the current secret was given or created; lists of earlier versions know only since when it is current.
func (e Entry) SecretGiven() time.Time {
	if e.SecretSince.IsZero() {
		return e.CurrentSince
	}
	return e.SecretSince
}

// RotationDue is when the current credential should be rotated: after the time that was chosen, or when it expires, if that
// is earlier. It is false when there is none, or when no rotation is wanted and it does not expire.
func (e Entry) RotationDue() (time.Time, bool) {
	due, is := e.reminder()
	if !e.ExpiresAt.IsZero() && (!is || e.ExpiresAt.Before(due)) {
		return e.ExpiresAt, true
	}
	return due, is
}

// reminder is when the time that was chosen has passed.
func (e Entry) reminder() (time.Time, bool) {
	after := e.RotateAfter
	if after == 0 {
		after = DefaultRotateAfter
	}
	since := e.SecretSince
	if since.IsZero() {
		since = e.CurrentSince // a list of an earlier version
	}
	if after < 0 || since.IsZero() {
		return time.Time{}, false
	}
	return after.After(since), true
}

// SharesWith tells whether two profiles use one application: whatever ends the credential of one ends the other's.
func (e Entry) SharesWith(other Entry) bool {
	return e.Name != other.Name && e.API == other.API && e.Identifier != "" && e.Identifier == other.Identifier
}
