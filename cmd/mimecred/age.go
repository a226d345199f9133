package main

import (
	"fmt"
	"time"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// Times for people, to one unit.

const day = 24 * time.Hour

// span is a length of time in words.
func span(d time.Duration) string {
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

// ago is how long ago something was.
func (a *app) ago(t time.Time) string {
	d := a.now().Sub(t)
	switch {
	case d <= -time.Minute: // somebody's clock is wrong, or the list was changed
		return a.in(t)
	case d < time.Minute:
		return "just now"
	}
	return span(d) + " ago"
}

// in is how far off something is that is still to come, rounded up: what was put off for 7 days is 7 days away.
func (a *app) in(t time.Time) string {
	d := t.Sub(a.now())
	unit := time.Minute
	switch {
	case d <= 0:
		return "now"
	case d > 2*day-time.Hour:
		unit = day
	case d > time.Hour:
		unit = time.Hour
	}
	return "in " + span((d + unit - 1).Truncate(unit))
}

// age is how old the credential in force is; false when there is none.
func (a *app) age(e credstore.Entry) (string, bool) {
	since := secretSince(e)
	if since.IsZero() {
		return "", false
	}
	d := a.now().Sub(since)
	switch {
	case d <= -time.Minute:
		return a.in(since), true
	case d < time.Minute:
		return "just now", true
	}
	return span(d), true
}

// secretSince is when the credential in force was given or created, as far as it is known.
func secretSince(e credstore.Entry) time.Time {
	if e.SecretSince.IsZero() {
		return e.ActiveSince // a list of an earlier version
	}
	return e.SecretSince
}

// rotateAfter is after how long a profile's rotation is due.
func rotateAfter(e credstore.Entry) credstore.Span {
	if e.RotateAfter == 0 {
		return credstore.DefaultRotateAfter
	}
	return e.RotateAfter
}

// noteExpiry says until when keys are valid that Mimecast has just created or renewed.
func (a *app) noteExpiry(name string, until time.Time) {
	fact, warning := lifecycle.Expiry(until, a.now())
	switch {
	case warning != "":
		a.say("warning: %s: the access key %s", name, fact)
		a.say("hint: %s", warning)
	case fact != "":
		a.note("%s: the access key %s", name, fact)
	}
}

// due says when the next rotation is: "in 12 days", "due for 3 days"; "never" without a reminder, "" when nothing is in force.
func (a *app) due(e credstore.Entry) string {
	at, is := e.RotationDue()
	late := a.now().Sub(at)
	switch {
	case !is && rotateAfter(e) < 0 && !e.ActiveSince.IsZero():
		return "never"
	case !is:
		return ""
	case late < 0:
		return a.in(at)
	case late < day:
		return "due now"
	default:
		return "due for " + span(late)
	}
}
