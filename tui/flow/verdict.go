package flow

import (
	"fmt"

	"mimecred/client"
)

// AllRight tells whether nothing speaks against putting the credential in use: every check passed or did not apply, that of the
// credential itself among them, and nothing is worse than with the one in use.
func AllRight(a Answers) bool { return client.Judge(a.Results).AllRight && !worse(a) }

// Works tells whether nothing that was seen speaks against saying so: the checks came out well, and the call in its place as well.
func Works(a Answers) bool { return a.Confirmed && client.Judge(a.Results).OK }

// worse tells whether the new credential lacks what the one in use passes, or is of another account.
func worse(a Answers) bool {
	_, _, other := OtherAccount(a)
	return other || a.Difference().Worse()
}

// OtherAccount tells whether the new credential of a rotation belongs to another account than the one in use.
func OtherAccount(a Answers) (before, now string, other bool) {
	account := client.Judge(a.Results).Account
	if a.Purpose != Rotating || a.Old.Account == "" || account == nil || account.Code == "" {
		return "", "", false
	}
	return a.Old.Account, account.Code, a.Old.Account != account.Code
}

// MayContinue tells whether the credential may be put in use although the last checks were not all right: Mimecast did not
// refuse it, and one that Mimecast never looked at takes no other's place.
func MayContinue(a Answers) bool {
	v := client.Judge(a.Results)
	return (v.MayContinue() || v.AllRight && worse(a)) && (v.Accepted || !a.Replaces)
}

// CheckOutcome says in words what can be done after checks that were not all right.
func CheckOutcome(a Answers) string {
	const anyway = " \"Continue anyway\" puts the credential in use and records that."
	before, now, other := OtherAccount(a)
	switch v := client.Judge(a.Results); {
	case v.Refused && a.Purpose == GoingBack:
		return "Mimecast does not take the version before any more, so nothing was changed." + backAnyway(a.Name)
	case v.Refused:
		return "Mimecast refused the credential, so it cannot be put in use."
	case !v.Accepted && a.Purpose == GoingBack:
		return "The version before could not be tested, so nothing was changed." + backAnyway(a.Name)
	case !v.Accepted && a.Replaces:
		return "The credential could not be tested, so it does not replace the one that is in use. It stays in the store as pending until it was tested."
	case !v.Accepted:
		return "The credential could not be tested: nobody knows whether it is right. \"Continue anyway\" puts it in use untested, and records that."
	case other:
		return "The new credential is of the account " + now + ", and the one in use of " + before + "." + anyway
	case a.Difference().Worse():
		return "The new credential lacks what the one in use passes: " + titles(a.Difference().Lost) + "." + anyway
	case v.NothingWorks && v.Failed == 0:
		return "Every call that the product makes failed." + anyway
	case a.Purpose == Rotating && v.Failed > 0 && v.Failed <= len(a.Difference().Still):
		return plural(v.Failed, "check") + " failed, as with the credential in use: the new one lacks nothing that it has." + anyway
	case v.Failed > 0:
		return plural(v.Failed, "check") + " failed." + anyway
	case v.Canceled:
		return "Not every check came to its end." + anyway
	case v.Warnings > 0:
		return plural(v.Warnings, "warning") + "." + anyway
	default:
		return "Not every check came to its end." + anyway
	}
}

// backAnyway names the one way to roll back to a version that Mimecast does not take.
func backAnyway(name string) string {
	return " \"mimecred rollback " + name + " --anyway\" rolls back all the same."
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
	return list(names)
}
