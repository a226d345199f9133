package lifecycle

import (
	"fmt"

	"mimecred/client"
)

// Finding is what the checks of a credential come to, compared with those of the one that it is to replace.
type Finding int

// The findings, from the worst to the best.
const (
	// Refused: Mimecast refused the credential.
	Refused Finding = iota
	// Untested: no call that reads data was answered by Mimecast, so that it counts as not tested.
	Untested
	// OtherAccount: it belongs to another account than the current one.
	OtherAccount
	// Worse: it lacks what the current one passes.
	Worse
	// NothingWorks: every call that the product makes failed.
	NothingWorks
	// Fails: checks failed that are not known to fail with the current one.
	Fails
	// CutOff: not every check finished.
	CutOff
	// FailsAlike: checks failed that fail with the current one, too.
	FailsAlike
	// Warns: there are warnings.
	Warns
	// Right: every check passed or did not apply.
	Right
)

// Judgement is whether a credential that was checked may be activated.
type Judgement struct {
	Finding Finding
	// Difference is what it lacks, and what it has beyond the current one.
	client.Difference
	// Failed are the checks that failed, and of which it is not known whether they fail with the current one.
	Failed []client.Result

	change  Change
	verdict client.Verdict
}

// Judgement judges the last checks.
func (c Change) Judgement() Judgement {
	j := Judgement{Difference: c.Difference(), change: c, verdict: client.Judge(c.Results)}
	j.Failed = unknownBefore(c.Results, j.Difference)
	_, _, other := c.OtherAccount()
	switch v := j.verdict; {
	case v.Refused:
		j.Finding = Refused
	case !v.Accepted, !v.AllRight && !client.Confirmed(c.Results):
		j.Finding = Untested
	case other:
		j.Finding = OtherAccount
	case j.Worse():
		j.Finding = Worse
	case v.NothingWorks && v.Failed == 0:
		j.Finding = NothingWorks
	case len(j.Failed) > 0:
		j.Finding = Fails
	case v.Canceled:
		j.Finding = CutOff
	case v.Failed > 0:
		j.Finding = FailsAlike
	case v.AllRight:
		j.Finding = Right
	case v.Warnings > 0:
		j.Finding = Warns
	default:
		j.Finding = CutOff
	}
	return j
}

// AllRight tells whether nothing speaks against activating the credential, so that nobody needs to decide.
func (j Judgement) AllRight() bool { return j.Finding == Right }

// Passes tells whether the credential is good enough to be activated by a script: it has everything that the current one has.
func (j Judgement) Passes() bool {
	return j.Finding == Right || j.Finding == Warns || j.Finding == FailsAlike
}

// MayContinue tells whether a person may activate the credential although the checks were not all right: Mimecast did not
// refuse it, and one that Mimecast never looked at replaces no other. A roll back is the person's to decide, whatever was found.
func (j Judgement) MayContinue() bool {
	if j.change.Purpose == RollingBack {
		return j.Finding != Right && len(j.change.Results) > 0
	}
	switch j.Finding {
	case Refused, Right:
		return false
	case Untested:
		return !j.change.Replaces && len(j.change.Results) > 0
	default:
		return true
	}
}

// MayAnyway tells whether a script may activate the credential although it does not pass: never one that Mimecast refused or
// did not come to look at, since nobody looks at that.
func (j Judgement) MayAnyway() bool {
	return j.MayContinue() && j.Finding != Untested && j.Finding != Refused
}

// Sentence says the finding: "The new credential lacks what the current one passes: Account."
func (j Judgement) Sentence() string {
	back := j.change.Purpose == RollingBack
	switch v := j.verdict; j.Finding {
	case Refused:
		if back {
			return "Mimecast no longer accepts the previous version."
		}
		return "Mimecast refused the credential."
	case Untested:
		if back {
			return "The previous version could not be tested."
		}
		return "The credential could not be tested."
	case OtherAccount:
		before, now, _ := j.change.OtherAccount()
		return "The new credential belongs to the account " + now + ", the current one to " + before + "."
	case Worse:
		if back {
			return "The previous version lacks what the current version passes: " + titles(j.Lost) + "."
		}
		return "The new credential lacks what the current one passes: " + titles(j.Lost) + "."
	case NothingWorks:
		return "Every call that the product makes failed."
	case Fails:
		return plural(v.Failed, "check") + " failed."
	case CutOff:
		return "Not every check finished."
	case FailsAlike:
		if back {
			return plural(v.Failed, "check") + " failed, as with the current version: the previous one lacks nothing that it has."
		}
		return plural(v.Failed, "check") + " failed, as with the current credential: the new one lacks nothing that it has."
	case Warns:
		return plural(v.Warnings, "warning") + "."
	case Right:
	}
	return "Every check passed."
}

// ComparedBack is Change.ComparedBack of what was judged.
func (j Judgement) ComparedBack() []string { return j.change.ComparedBack() }

// Outcome says the finding, and what can be done then by somebody who is asked.
func (j Judgement) Outcome() string {
	words := j.Sentence()
	switch {
	case j.change.Purpose == RollingBack && (j.Finding == Refused || j.Finding == Untested):
		if !j.MayContinue() {
			return words + " Nothing was changed."
		}
		return words + " \"Continue anyway\" makes it current all the same, and records that."
	case j.Finding == Refused:
		return words + " It cannot be activated."
	case j.Finding == Untested && j.change.Replaces:
		return words + " It does not replace the current one, and stays pending until it passes a test."
	case j.Finding == Untested:
		return words + " \"Continue anyway\" activates it untested, and records that."
	case j.Finding == Right:
		return words
	default:
		return words + " \"Continue anyway\" activates it and records that."
	}
}

// Works tells whether nothing that was seen speaks against saying so: the checks came out well, and the call in its place as well.
func (c Change) Works() bool { return c.Confirmed && client.Judge(c.Results).OK }

// OtherAccount tells whether the new credential belongs to another account than the current one.
func (c Change) OtherAccount() (before, now string, other bool) {
	account := c.Account()
	if c.Purpose == RollingBack || c.Replaced.Account == "" || account == nil || account.Code == "" {
		return "", "", false
	}
	return c.Replaced.Account, account.Code, c.Replaced.Account != account.Code
}

// unknownBefore are the failed checks that are no part of a difference.
func unknownBefore(results []client.Result, d client.Difference) []client.Result {
	known := map[string]bool{}
	for _, list := range [][]client.Changed{d.Lost, d.Still} {
		for _, c := range list {
			known[c.After.ID] = true
		}
	}
	var failed []client.Result
	for _, r := range results {
		if r.State == client.Failed && !known[r.ID] {
			failed = append(failed, r)
		}
	}
	return failed
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// titles are the checks of a difference, in one line.
func titles(changed []client.Changed) string {
	var names []string
	for _, c := range changed {
		names = append(names, c.After.Title)
	}
	return inWords(names, "and")
}
