package home

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

func TestHomeTimes(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for d, want := range map[time.Duration][2]string{
		30 * time.Second:       {"just now", "<1 h"},
		59 * time.Minute:       {"59 min ago", "<1 h"},
		5 * time.Hour:          {"5 h ago", "5 h"},
		30 * time.Hour:         {"30 h ago", "1 day"},
		49 * time.Hour:         {"2 days ago", "2 days"},
		400*day + 23*time.Hour: {"400 days ago", "400 days"},
	} {
		if got := [2]string{step.AgoWords(now.Add(-d), now), step.AgeWords(now.Add(-d), now)}; got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
	for at, want := range map[time.Time]string{
		now.Add(-2 * time.Hour): "at 08:00", now.Add(-11 * time.Hour): "on 21 November at 23:00",
	} {
		if got := step.ClockWords(at, now); got != want {
			t.Errorf("%v is %q, want %q", at, got, want)
		}
	}
}

// TestHomeShowsDatesOfTheFuture: a date that cannot be, because somebody's clock is wrong, is shown as the commands show it, and
// never as if it had just been.
func TestHomeShowsDatesOfTheFuture(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for at, want := range map[time.Time][2]string{
		now.Add(30 * time.Second):                        {"just now", "<1 h old"},
		now.Add(time.Minute):                             {"in 1 min", "since 22 November 2026"},
		now.Add(5 * time.Hour):                           {"in 5 h", "since 22 November 2026"},
		now.Add(40 * day):                                {"in 40 days", "since 1 January 2027"},
		time.Date(2999, 5, 1, 12, 0, 0, 0, time.UTC):     {"on 2999-05-01", "since 1 May 2999"},
		time.Date(9999, 12, 31, 12, 0, 0, 0, time.UTC):   {"on 9999-12-31", "since 31 December 9999"},
		time.Date(123456, 12, 31, 12, 0, 0, 0, time.UTC): {"on 123456-12-31", "since 31 December 123456"},
	} {
		e := credstore.Entry{CurrentSince: at, SecretSince: at, LastCheck: &credstore.CheckSummary{At: at, OK: true, Passed: 3}}
		_, words, brief := step.CheckedWords(e.LastCheck, now)
		r := row{entry: e}
		age := r.cellOf(colAge, now)
		if words != want[0] || brief != want[0] || step.Ago(at, now) != want[0] || step.AgeSentence(at, now) != want[1] {
			t.Errorf("%v: %q, %q, %q, %q", at, words, brief, step.Ago(at, now), step.AgeSentence(at, now))
		}
		if ahead, is := lifecycle.Ahead(at, now); is && age != ahead || !is && age != "<1 h" {
			t.Errorf("%v: the age is %q", at, age)
		}
		if due := step.DueWords(e, now); at.Sub(now) > time.Hour && due != "" {
			t.Errorf("%v: the rotation is due %s", at, due)
		}
	}
	if got := step.ClockWords(time.Date(2999, 5, 1, 9, 30, 0, 0, time.UTC), now); got != "on 1 May 2999 at 09:30" {
		t.Errorf("a change of the future began %s", got)
	}
}

func TestHomeRotationDue(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		age   time.Duration
		after credstore.Span
		cell  string
		fact  string
	}{
		"far away":        {10 * day, 0, "", "due 10 February 2027"},
		"in 14 days":      {76 * day, 0, "in 14 days", "due 6 December 2026, in 14 days"},
		"tomorrow":        {89 * day, 0, "in 1 day", "due 23 November 2026, in 1 day"},
		"today":           {90*day - time.Hour, 0, "today", "due 22 November 2026, today"},
		"an hour ago":     {90*day + time.Hour, 0, "today", "due 22 November 2026, today"},
		"since yesterday": {91 * day, 0, "1 day late", "due 21 November 2026, 1 day late"},
		"long ago":        {100 * day, 0, "10 days late", "due 12 November 2026, 10 days late"},
		"its own":         {29 * day, 30 * credstore.Day, "in 1 day", "due 23 November 2026, in 1 day"},
		"never":           {900 * day, credstore.Never, "", "no reminder"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := credstore.Entry{CurrentSince: now.Add(-tt.age), RotateAfter: tt.after}
			if got := step.DueWords(e, now); got != tt.cell {
				t.Errorf("the table says %q, want %q", got, tt.cell)
			}
			if got := rotationWords(e, now); got != tt.fact {
				t.Errorf("the details say %q, want %q", got, tt.fact)
			}
		})
	}
	if got := step.DueWords(credstore.Entry{}, now) + rotationWords(credstore.Entry{}, now); got != "" {
		t.Errorf("what is not current is due: %q", got)
	}
}

func TestHomeLastCheck(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	at := now.Add(-3 * time.Hour)
	for name, tt := range map[string]struct {
		sum          credstore.CheckSummary
		state        client.State
		words, brief string
		tally        string
	}{
		"passed":     {credstore.CheckSummary{OK: true, Passed: 9}, client.Passed, "3 h ago", "3 h", "9 passed"},
		"a warning":  {credstore.CheckSummary{OK: true, Passed: 8, Warnings: 1}, client.Warning, "1 warning, 3 h ago", "1 warning", "1 warning, 8 passed"},
		"warnings":   {credstore.CheckSummary{OK: true, Warnings: 2}, client.Warning, "2 warnings, 3 h ago", "2 warnings", "2 warnings"},
		"failed":     {credstore.CheckSummary{Failed: 2, Passed: 1}, client.Failed, "2 failed, 3 h ago", "2 failed", "2 failed, 1 passed"},
		"broken off": {credstore.CheckSummary{}, client.Failed, "not finished, 3 h ago", "not finished", "nothing was checked"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.sum.At = at
			state, words, brief := step.CheckedWords(&tt.sum, now)
			if state != tt.state || words != tt.words || brief != tt.brief || step.Tally(tt.sum) != tt.tally {
				t.Errorf("%s, %q, %q, %q", state, words, brief, step.Tally(tt.sum))
			}
		})
	}
}

// TestHomeColumnsGoByImportance: the name and the last check are there at any width, and nothing is wider than the table.
func TestHomeColumnsGoByImportance(t *testing.T) {
	t.Parallel()
	w := columnWidths{colProfile: 16, colIntegration: 22, colAPI: 3, colRegion: 6, colStore: 7, colCheck: 23, colAge: 8, colDue: 12, colPending: 17}
	shown := -1
	for width := 8; width <= 160; width++ {
		got, sum, n := w.fit(width), tableMargin-tableGap, 0
		for _, cells := range got {
			if cells > 0 {
				sum += cells + tableGap
				n++
			}
		}
		if got[colProfile] == 0 || got[colCheck] == 0 {
			t.Errorf("%d cells: %v", width, got)
		}
		if sum > width {
			t.Errorf("%d cells: %v takes %d", width, got, sum)
		}
		if n < shown && n < shown-1 {
			t.Errorf("%d cells: %d columns after %d", width, n, shown)
		}
		shown = n
	}
	if got := w.fit(w.wanted()); got != w {
		t.Errorf("with room for all: %v, want %v", got, w)
	}
	if got := w.fit(36); got[colProfile] < 8 || got[colCheck] < briefCells {
		t.Errorf("in a window of 40: %v", got)
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	var c changeLog
	c.tested("b", "9 passed")
	c.tested("b", "1 failed")
	c.add("a", "set up")
	c.add("a", "set up")
	c.tested("a", "9 passed")
	c.add("a", "rotated")
	c.tested("a", "8 passed")
	want := []Change{{"a", "set up; tested: 9 passed; rotated; tested: 8 passed"}, {"b", "tested: 1 failed"}}
	if got := c.list(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%v, want %v", got, want)
	}
}
