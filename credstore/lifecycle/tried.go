package lifecycle

import (
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/credstore"
)

// TriedState is how the last test of a version that is not current ended.
type TriedState int

// The states.
const (
	// NotTried: no test of it has ended.
	NotTried TriedState = iota
	// triedRefused: Mimecast refused it.
	triedRefused
	// triedUnjudged: Mimecast did not come to judge it.
	triedUnjudged
	// triedFailed: Mimecast accepted it, and checks failed.
	triedFailed
	// TriedPassed: it passed.
	TriedPassed
)

// Tried is the last test of a version that is not current.
type Tried struct {
	State TriedState
	// Words say how it ended and when, as they follow the version: "was refused by Mimecast on 3 November at 10:15: expired keys".
	// Brief is a word or two for a table.
	Words, Brief string
}

// TriedOf is what a summary says of a version; nil for one that was not tested. plural is set for a version that is spoken of as keys.
func TriedOf(sum *credstore.CheckSummary, plural bool) Tried {
	is, was := "is", "was"
	if plural {
		is, was = "are", "were"
	}
	if sum == nil {
		return Tried{NotTried, is + " not tested yet", "not tested"}
	}
	results := Results(sum, client.Plan{})
	v, at := client.Judge(results), " "+clock(sum)
	switch {
	case v.Refused:
		return Tried{triedRefused, was + " refused by Mimecast" + at + reason(results, client.Kind.Refused), "refused"}
	case !v.Accepted, v.Canceled:
		return Tried{triedUnjudged, "could not be tested" + at + reason(results, client.Kind.Unjudged), "not tested"}
	case !v.OK:
		return Tried{triedFailed, "did not pass" + at + ": " + Counted(*sum), "not passed"}
	default:
		return Tried{TriedPassed, "passed" + at + ", not current yet", "passed"}
	}
}

// clock is when a test was made: "on 3 November at 10:15".
func clock(sum *credstore.CheckSummary) string {
	return "on " + sum.At.Local().Format("2 January at 15:04")
}

// reason is the kind of the first result of a sort, behind a colon; "" for none.
func reason(results []client.Result, sort func(client.Kind) bool) string {
	i := slices.IndexFunc(results, func(r client.Result) bool { return r.State == client.Failed && sort(r.Kind) })
	if i < 0 {
		return ""
	}
	return ": " + KindWords(results[i].Kind)
}

// KindWords is a kind of failure as people read it: "expired keys".
func KindWords(k client.Kind) string { return strings.ReplaceAll(string(k), "_", " ") }

// pendingOf is the last test of the pending version of an unfinished change.
func pendingOf(s credstore.UnfinishedChange) Tried {
	var sum *credstore.CheckSummary
	if s.Listed != nil {
		sum = s.Listed.PendingCheck
	}
	return TriedOf(sum, s.Kind == credstore.Renewal)
}

// PendingRefused tells whether Mimecast refused the pending version of an unfinished change when it was tested last.
func PendingRefused(s credstore.UnfinishedChange) bool {
	return s.Kind != credstore.Renaming && s.Phase == credstore.Staged && pendingOf(s).State == triedRefused
}

// PreviousRefused says that Mimecast refused the previous version when it was tested last, when and why: "refused by Mimecast on
// 3 November at 10:15: expired keys"; "" where it did not, or that is not known.
func PreviousRefused(e credstore.Entry) string {
	if t := TriedOf(e.PreviousCheck, false); e.Previous && t.State == triedRefused {
		return strings.TrimPrefix(t.Words, "was ")
	}
	return ""
}
