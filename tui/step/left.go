package step

import (
	"fmt"
	"time"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// WhereLeft says in a few words where a set-up was left: "12 minutes left", "at Application, 2 hours ago".
func WhereLeft(s flow.State, now time.Time) string {
	if left := s.WaitLeft(now); left > 0 {
		minutes := int((left + time.Minute - 1) / time.Minute)
		if minutes == 1 {
			return "1 minute left"
		}
		return fmt.Sprintf("%d minutes left", minutes)
	}
	if s.At() == flow.Wait {
		return "keys can be made now"
	}
	return "at " + s.At().String() + ", " + Ago(s.SavedAt, now)
}

// Ago says how long ago something was, roughly.
func Ago(at, now time.Time) string {
	if words, is := lifecycle.Ahead(at, now); is {
		return words
	}
	d := now.Sub(at)
	for _, unit := range []struct {
		name string
		long time.Duration
	}{{"day", 24 * time.Hour}, {"hour", time.Hour}, {"minute", time.Minute}} {
		switch n := int(d / unit.long); {
		case n == 1:
			return "1 " + unit.name + " ago"
		case n > 1:
			return fmt.Sprintf("%d %ss ago", n, unit.name)
		}
	}
	return "just now"
}
