package step

import (
	"strconv"
	"strings"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// ProfileIs explains what a profile is, where there is none yet.
const ProfileIs = "A profile is a saved credential with the product, region and connection it belongs to. It is tested before it is saved."

// dueSoon is how long before its time a rotation is spoken of.
const dueSoon = 14 * 24 * time.Hour

// AgoWords says how long ago something was, in a few cells.
func AgoWords(at, now time.Time) string {
	const day = 24 * time.Hour
	if words, is := lifecycle.Ahead(at, now); is {
		return words
	}
	switch d := now.Sub(at); {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min ago"
	case d < 2*day:
		return strconv.Itoa(int(d/time.Hour)) + " h ago"
	default:
		return strconv.Itoa(int(d/day)) + " days ago"
	}
}

// AgeWords says how old a secret is: "5 h", "19 days".
func AgeWords(since, now time.Time) string {
	if words, is := lifecycle.Ahead(since, now); is {
		return words
	}
	d := now.Sub(since)
	days := int(d / (24 * time.Hour))
	switch {
	case d < time.Hour:
		return "<1 h"
	case days < 1:
		return strconv.Itoa(int(d/time.Hour)) + " h"
	case days == 1:
		return "1 day"
	default:
		return strconv.Itoa(days) + " days"
	}
}

// DueWords says when a rotation is due, when that is soon or past: "in 9 days", "today", "3 days late"; "" otherwise.
func DueWords(e credstore.Entry, now time.Time) string {
	due, ok := e.RotationDue()
	if !ok || due.Sub(now) > dueSoon {
		return ""
	}
	days := int(due.Sub(now) / (24 * time.Hour))
	if days == 0 {
		days = daysTo(due, now) // today is no other day of the calendar
	}
	switch {
	case days == 0:
		return "today"
	case days == 1:
		return "in 1 day"
	case days > 1:
		return "in " + strconv.Itoa(days) + " days"
	case days == -1:
		return "1 day late"
	default:
		return strconv.Itoa(-days) + " days late"
	}
}

// daysTo is how many midnights are between now and a moment, by the clock of whoever reads it: negative when it has passed.
func daysTo(at, now time.Time) int {
	date := func(t time.Time) time.Time {
		y, m, d := t.In(now.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) // every day has 24 hours there
	}
	return int(date(at).Sub(date(now)) / (24 * time.Hour))
}

// ClockWords is a moment that is not long ago: "10:15", "on 3 November at 10:15".
func ClockWords(at, now time.Time) string {
	at = at.In(now.Location())
	if y, m, d := at.Date(); y == now.Year() && m == now.Month() && d == now.Day() {
		return "at " + at.Format("15:04")
	}
	if away := now.Sub(at).Abs(); away > 300*24*time.Hour {
		return "on " + at.Format("2 January 2006 at 15:04")
	}
	return "on " + at.Format("2 January at 15:04")
}

// ProgressWords says how far an unfinished change has come and since when, with the name of the profile before it.
func ProgressWords(s credstore.UnfinishedChange, now time.Time) string {
	return s.Name + ": " + ProgressSince(s, now)
}

// ProgressSince says how far an unfinished change has come, and of what may have happened at Mimecast since when.
func ProgressSince(s credstore.UnfinishedChange, now time.Time) string {
	lost := ""
	if n := len(s.LostKeys); n > 0 {
		lost = "a sign-in " + ClockWords(s.LostKeys[n-1].At, now) + " may have left lost keys"
	}
	if s.Reminds() {
		return lost
	}
	words := lifecycle.ProgressOf(s).Words
	if s.Phase == credstore.Creating || s.Phase == credstore.KeysCreated || s.Phase == credstore.LoggingOut {
		words += ", since " + strings.TrimPrefix(strings.TrimPrefix(ClockWords(s.At, now), "at "), "on ")
	}
	if lost != "" && s.Phase != credstore.Creating && s.Phase != credstore.KeysCreated {
		words += "; " + lost
	}
	return words
}

// CheckedWords is how a test ended as a whole, and in words of two lengths.
func CheckedWords(c *credstore.CheckSummary, now time.Time) (state client.State, words, brief string) {
	ago := AgoWords(c.At, now)
	switch {
	case c.Failed > 0:
		brief = strconv.Itoa(c.Failed) + " failed"
		return client.Failed, brief + ", " + ago, brief
	case !c.OK:
		return client.Failed, "not finished, " + ago, "not finished"
	case c.Warnings == 1:
		return client.Warning, "1 warning, " + ago, "1 warning"
	case c.Warnings > 0:
		brief = strconv.Itoa(c.Warnings) + " warnings"
		return client.Warning, brief + ", " + ago, brief
	default:
		return client.Passed, ago, strings.TrimSuffix(ago, " ago")
	}
}

// AgeSentence says how old a secret is, in a sentence: "19 days old", and of one of the future since when it is there.
func AgeSentence(since, now time.Time) string {
	if _, is := lifecycle.Ahead(since, now); is {
		return "since " + Day(since)
	}
	return AgeWords(since, now) + " old"
}

// Day is a date for people.
func Day(t time.Time) string { return t.Format("2 January 2006") }
