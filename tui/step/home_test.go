package step_test

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/tui/step"
)

const aDay = 24 * time.Hour

// noon is when the tests of words take place.
func noon() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.Local) }

// TestHowLongAgo: the words of the list, of a sentence, and of an age, from both sides of each unit.
func TestHowLongAgo(t *testing.T) {
	for _, c := range []struct {
		ago                time.Duration
		ago1, age, roughly string
		old                string
	}{
		{ago: 0, ago1: "just now", age: "<1 h", roughly: "just now", old: "<1 h old"},
		{ago: time.Minute - 1, ago1: "just now", age: "<1 h", roughly: "just now", old: "<1 h old"},
		{ago: time.Minute, ago1: "1 min ago", age: "<1 h", roughly: "1 minute ago", old: "<1 h old"},
		{ago: time.Hour - 1, ago1: "59 min ago", age: "<1 h", roughly: "59 minutes ago", old: "<1 h old"},
		{ago: time.Hour, ago1: "1 h ago", age: "1 h", roughly: "1 hour ago", old: "1 h old"},
		{ago: aDay - 1, ago1: "23 h ago", age: "23 h", roughly: "23 hours ago", old: "23 h old"},
		{ago: aDay, ago1: "24 h ago", age: "1 day", roughly: "1 day ago", old: "1 day old"},
		{ago: 2*aDay - 1, ago1: "47 h ago", age: "1 day", roughly: "1 day ago", old: "1 day old"},
		{ago: 2 * aDay, ago1: "2 days ago", age: "2 days", roughly: "2 days ago", old: "2 days old"},
		{ago: 19 * aDay, ago1: "19 days ago", age: "19 days", roughly: "19 days ago", old: "19 days old"},
		{ago: -3 * time.Hour, ago1: "in 3 h", age: "in 3 h", roughly: "in 3 h", old: "since 28 November 2026"},
	} {
		at := noon().Add(-c.ago)
		for _, w := range []struct{ got, want string }{
			{step.AgoWords(at, noon()), c.ago1}, {step.AgeWords(at, noon()), c.age}, {step.Ago(at, noon()), c.roughly}, {step.AgeSentence(at, noon()), c.old},
		} {
			if w.got != w.want {
				t.Errorf("%v ago: %q, want %q", c.ago, w.got, w.want)
			}
		}
	}
}

// TestWhenARotationIsDue: it is spoken of from two weeks before, and today never means tomorrow.
func TestWhenARotationIsDue(t *testing.T) {
	for _, c := range []struct {
		in   time.Duration
		want string
	}{
		{15 * aDay, ""},
		{14*aDay + 1, ""},
		{14 * aDay, "in 14 days"},
		{2 * aDay, "in 2 days"},
		{2*aDay - 1, "in 1 day"},
		{aDay, "in 1 day"},
		{13 * time.Hour, "in 1 day"},
		{11 * time.Hour, "today"},
		{-11 * time.Hour, "today"},
		{-13 * time.Hour, "1 day late"},
		{-aDay, "1 day late"},
		{-2 * aDay, "2 days late"},
		{-30 * aDay, "30 days late"},
	} {
		e := credstore.Entry{RotateAfter: credstore.Day, SecretSince: noon().Add(c.in - aDay), CurrentSince: noon()}
		if got := step.DueWords(e, noon()); got != c.want {
			t.Errorf("due in %v: %q, want %q", c.in, got, c.want)
		}
	}
	east := noon().In(time.FixedZone("east", 5*60*60))
	tomorrow := time.Date(east.Year(), east.Month(), east.Day()+1, 0, 0, 0, 0, east.Location()).UTC()
	if got := step.DueWords(credstore.Entry{RotateAfter: credstore.Day, SecretSince: tomorrow.Add(-aDay), CurrentSince: noon()}, east); got != "in 1 day" {
		t.Errorf("due at midnight, where it is read: %q", got)
	}
	if got := step.DueWords(credstore.Entry{RotateAfter: credstore.Never, SecretSince: noon()}, noon()); got != "" {
		t.Errorf("never due: %q", got)
	}
}

// TestAMoment: what happened today needs no date, and what is long ago needs its year.
func TestAMoment(t *testing.T) {
	for _, c := range []struct {
		at   time.Time
		want string
	}{
		{noon().Add(-2 * time.Hour), "at 10:00"},
		{noon().Add(-2 * time.Hour).UTC(), "at 10:00"},
		{noon().Add(-aDay), "on 27 November at 12:00"},
		{time.Date(2026, 10, 28, 12, 0, 0, 0, time.Local), "on 28 October at 12:00"},
		{noon().Add(-300 * aDay), "on " + noon().Add(-300*aDay).Format("2 January at 15:04")},
		{time.Date(2025, 11, 28, 12, 0, 0, 0, time.Local), "on 28 November 2025 at 12:00"},
		{time.Date(2027, 11, 28, 12, 0, 0, 0, time.Local), "on 28 November 2027 at 12:00"},
	} {
		if got := step.ClockWords(c.at, noon()); got != c.want {
			t.Errorf("%v: %q, want %q", c.at, got, c.want)
		}
	}
}

// TestAMomentElsewhere: it is told by the clock of whoever reads it.
func TestAMomentElsewhere(t *testing.T) {
	east := time.FixedZone("east", 5*60*60)
	now := time.Date(2026, 11, 28, 3, 0, 0, 0, east)
	if got := step.ClockWords(now.Add(-time.Hour).UTC(), now); got != "at 02:00" {
		t.Error(got)
	}
}

// TestWhereAChangeStands: since when is said of what may have happened at Mimecast, and of a sign-in that may have left keys.
func TestWhereAChangeStands(t *testing.T) {
	lost := []credstore.LostKeys{{At: noon().Add(-aDay)}, {At: noon().Add(-time.Hour)}}
	for _, c := range []struct {
		name string
		swap credstore.UnfinishedChange
		want string
	}{
		{"creating", credstore.UnfinishedChange{Phase: credstore.Creating}, "a sign-in asked for keys, and its answer was lost, since 10:00"},
		{"keys created", credstore.UnfinishedChange{Phase: credstore.KeysCreated}, "keys were created, and no store has them, since 10:00"},
		{"keys created, and a lost sign-in", credstore.UnfinishedChange{Phase: credstore.KeysCreated, LostKeys: lost}, "keys were created, and no store has them, since 10:00"},
		{"creating, and a lost sign-in", credstore.UnfinishedChange{Phase: credstore.Creating, LostKeys: lost}, "a sign-in asked for keys, and its answer was lost, since 10:00"},
		{"logging out", credstore.UnfinishedChange{Phase: credstore.LoggingOut}, "the previous key was being logged out, and the answer was lost, since 10:00"},
		{
			"logging out yesterday",
			credstore.UnfinishedChange{Phase: credstore.LoggingOut, At: noon().Add(-aDay)},
			"the previous key was being logged out, and the answer was lost, since 27 November at 12:00",
		},
		{"begun", credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Begun}, "rotation begun, and nothing was stored"},
		{"a reminder", credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Begun, LostKeys: lost}, "a sign-in at 11:00 may have left lost keys"},
		{"staged", credstore.UnfinishedChange{Phase: credstore.Staged}, "the pending version is not tested yet"},
		{
			"staged, and a lost sign-in",
			credstore.UnfinishedChange{Phase: credstore.Staged, LostKeys: lost},
			"the pending version is not tested yet; a sign-in at 11:00 may have left lost keys",
		},
	} {
		if c.swap.Name = "acme"; c.swap.At.IsZero() {
			c.swap.At = noon().Add(-2 * time.Hour)
		}
		if got := step.ProgressSince(c.swap, noon()); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got := step.ProgressWords(c.swap, noon()); got != "acme: "+c.want {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// TestHowATestEnded: the state, the words of a line, and those of a cell.
func TestHowATestEnded(t *testing.T) {
	for _, c := range []struct {
		sum          credstore.CheckSummary
		state        client.State
		words, brief string
	}{
		{credstore.CheckSummary{OK: true, Passed: 9}, client.Passed, "5 min ago", "5 min"},
		{credstore.CheckSummary{OK: true, Warnings: 1}, client.Warning, "1 warning, 5 min ago", "1 warning"},
		{credstore.CheckSummary{OK: true, Warnings: 2}, client.Warning, "2 warnings, 5 min ago", "2 warnings"},
		{credstore.CheckSummary{OK: false, Passed: 1}, client.Failed, "not finished, 5 min ago", "not finished"},
		{credstore.CheckSummary{OK: false, Warnings: 1}, client.Failed, "not finished, 5 min ago", "not finished"},
		{credstore.CheckSummary{Failed: 1, Warnings: 2}, client.Failed, "1 failed, 5 min ago", "1 failed"},
		{credstore.CheckSummary{Failed: 3}, client.Failed, "3 failed, 5 min ago", "3 failed"},
	} {
		c.sum.At = noon().Add(-5 * time.Minute)
		if state, words, brief := step.CheckedWords(&c.sum, noon()); state != c.state || words != c.words || brief != c.brief {
			t.Errorf("%+v: %s, %q, %q", c.sum, state, words, brief)
		}
	}
}

// TestWaitingWords names what is waited for.
func TestWaitingWords(t *testing.T) {
	w := credstore.Waiting{What: "the keyring to be unlocked", Until: noon()}
	if got, want := step.WaitingWords(w), "Waiting for the keyring to be unlocked until 12:00:00."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
