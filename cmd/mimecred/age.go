package main

import (
	"time"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// Times for people, to one unit.

const day = 24 * time.Hour

// ago is how long ago something was.
func (a *app) ago(t time.Time) string {
	if words, is := lifecycle.Ahead(t, a.now()); is {
		return words
	}
	if d := a.now().Sub(t); d >= time.Minute {
		return lifecycle.Long(d) + " ago"
	}
	return "just now"
}

// age is how old the current credential is; false when there is none.
func (a *app) age(e credstore.Entry) (string, bool) {
	since := e.SecretGiven()
	if since.IsZero() {
		return "", false
	}
	if words, is := lifecycle.Ahead(since, a.now()); is {
		return words, true
	}
	if d := a.now().Sub(since); d >= time.Minute {
		return lifecycle.Long(d), true
	}
	return "just now", true
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

// due says when the next rotation is: "in 12 days", "due for 3 days"; "never" without a reminder, "" when nothing is current.
func (a *app) due(e credstore.Entry) string {
	at, is := e.RotationDue()
	late := a.now().Sub(at)
	switch {
	case !is && rotateAfter(e) < 0 && !e.CurrentSince.IsZero():
		return "never"
	case !is:
		return ""
	case late < 0:
		return lifecycle.In(at, a.now())
	case late < day:
		return "due now"
	default:
		return "due for " + lifecycle.Long(late)
	}
}
