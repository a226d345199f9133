package home

import (
	"fmt"
	"time"

	"mimecred/credstore"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// What the list of profiles says about times and about what is not finished.

// stateWords says where a set-up was left.
func stateWords(s flow.State, now time.Time) string {
	return s.Name + ": set-up, " + step.WhereLeft(s, now)
}

// tally sums a run of checks up: "9 passed", "2 failed, 1 warning, 6 passed".
func tally(s credstore.CheckSummary) string {
	words := ""
	add := func(n int, one, many string) {
		if n == 0 {
			return
		}
		if words != "" {
			words += ", "
		}
		if n == 1 {
			many = one
		}
		words += fmt.Sprintf("%d %s", n, many)
	}
	add(s.Failed, "failed", "failed")
	add(s.Warnings, "warning", "warnings")
	add(s.Passed, "passed", "passed")
	if words == "" {
		return "nothing was checked"
	}
	return words
}
