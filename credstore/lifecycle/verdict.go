package lifecycle

import (
	"fmt"

	"mimecred/client"
)

// AllRight tells whether nothing speaks against putting the credential in use: every check passed or did not apply, that of the
// credential itself among them, and nothing is worse than with the one in use.
func (c Change) AllRight() bool { return client.Judge(c.Results).AllRight && !c.worse() }

// Works tells whether nothing that was seen speaks against saying so: the checks came out well, and the call in its place as well.
func (c Change) Works() bool { return c.Confirmed && client.Judge(c.Results).OK }

// worse tells whether the new credential lacks what the one in use passes, or is of another account.
func (c Change) worse() bool {
	_, _, other := c.OtherAccount()
	return other || c.Difference().Worse()
}

// OtherAccount tells whether the new credential of a rotation belongs to another account than the one in use.
func (c Change) OtherAccount() (before, now string, other bool) {
	account := client.Judge(c.Results).Account
	if c.Purpose != Rotating || c.Old.Account == "" || account == nil || account.Code == "" {
		return "", "", false
	}
	return c.Old.Account, account.Code, c.Old.Account != account.Code
}

// MayContinue tells whether the credential may be put in use although the last checks were not all right: Mimecast did not
// refuse it, and one that Mimecast never looked at takes no other's place.
func (c Change) MayContinue() bool {
	v := client.Judge(c.Results)
	return (v.MayContinue() || v.AllRight && c.worse()) && (v.Accepted || !c.Replaces)
}

// CheckOutcome says in words what can be done after checks that were not all right.
func (c Change) CheckOutcome() string {
	const anyway = " \"Continue anyway\" puts the credential in use and records that."
	before, now, other := c.OtherAccount()
	switch v := client.Judge(c.Results); {
	case v.Refused && c.Purpose == GoingBack:
		return "Mimecast does not take the version before any more, so nothing was changed." + backAnyway(c.Name)
	case v.Refused:
		return "Mimecast refused the credential, so it cannot be put in use."
	case !v.Accepted && c.Purpose == GoingBack:
		return "The version before could not be tested, so nothing was changed." + backAnyway(c.Name)
	case !v.Accepted && c.Replaces:
		return "The credential could not be tested, so it does not replace the one that is in use. It stays in the store as pending until it was tested."
	case !v.Accepted:
		return "The credential could not be tested: nobody knows whether it is right. \"Continue anyway\" puts it in use untested, and records that."
	case other:
		return "The new credential is of the account " + now + ", and the one in use of " + before + "." + anyway
	case c.Difference().Worse():
		return "The new credential lacks what the one in use passes: " + titles(c.Difference().Lost) + "." + anyway
	case v.NothingWorks && v.Failed == 0:
		return "Every call that the product makes failed." + anyway
	case c.Purpose == Rotating && v.Failed > 0 && v.Failed <= len(c.Difference().Still):
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
	return inWords(names, "and")
}
