package client

import (
	"fmt"
	"slices"
	"time"
)

// History is what is known of a credential from before a run. A credential that passed before was copied rightly, so that
// other advice helps than after a first paste. The zero History is that of a credential that never passed.
type History struct {
	// PassedAt is when Mimecast accepted it last; zero when it never did.
	PassedAt time.Time
	// Passed are the ids of the checks that passed then; empty when only the time is known.
	Passed []string
}

// passed tells whether the very same check passed before.
func (h History) passed(id string) bool {
	return !h.PassedAt.IsZero() && (len(h.Passed) == 0 || slices.Contains(h.Passed, id))
}

// since begins a sentence on what has changed.
func (h History) since(what string) string {
	return fmt.Sprintf("It passed on %s. Since then somebody may have %s.", h.PassedAt.Format("2 January 2006"), what)
}

// fixAfterPass is what to do about a refusal of a credential that passed before; ok is false when that makes no difference.
func fixAfterPass(e *Error, c circumstances) (fix remedy, ok bool) {
	if c.history.PassedAt.IsZero() || e.isSignIn() {
		return remedy{}, false
	}
	changed := func(what string) remedy { return do(c.history.since(what)) }
	place := applications
	if c.api == API20 {
		place = applications20
	}
	status := "Check that the application is there and that its status is Enabled: " + place + "."
	switch e.Kind {
	case InvalidCredentials:
		switch {
		case refusalOf(e) != "" || e.Field != "":
			return remedy{}, false // the words of the refusal say more
		case c.api == API20:
			return changed("generated a new client secret, or disabled or deleted the application").
				then(doAt(WhereRotation, status)), true
		default:
			return changed("changed the service user's password, which ends its keys, or disabled or deleted the application").
				then(doAt(WhereRotation, status)), true
		}
	case UnknownApplication:
		return changed("disabled or deleted the application").then(doAt(WhereRotation, status)), true
	case DisabledOrTooNew:
		return changed("disabled the application").then(do(status)), true
	case MissingProduct:
		if !c.passedBefore || c.api == API10 {
			return remedy{}, false
		}
		return changed("put another application in the place of this one").then(fixOfProducts20(c.allProducts())).
			then(doAt(WhereRotation, "")), true
	case MissingPermission:
		if !c.passedBefore {
			return remedy{}, false
		}
		if c.api == API10 {
			return changed("changed the service user's role, or given it another one").then(fixOfPermission10(e, c)), true
		}
		return changed("changed the application's role").then(fixOfPermission20(c.allPermissions()...)), true
	default:
		return remedy{}, false
	}
}
