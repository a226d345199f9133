package lifecycle

import (
	"time"

	"mimecred/credstore"
)

// Stands says in a few words where an unfinished change of a profile stands.
func Stands(s credstore.Swap) string {
	if s.Kind == credstore.Renaming {
		return "it is being renamed to " + s.To
	}
	switch s.Phase {
	case credstore.Begun:
		if len(s.Orphans) > 0 {
			return "keys may be left at Mimecast that nobody has"
		}
		return "begun, and nothing was stored"
	case credstore.Creating:
		return "keys were asked for, and the answer is not known"
	case credstore.KeysCreated:
		return "keys were created, and no store has them"
	case credstore.Staged:
		return "a new version waits to be tested"
	case credstore.Promoted:
		if s.Kind == credstore.GoBack {
			return "the version before is in force again, and not confirmed"
		}
		return "the new version is in force, and not confirmed"
	case credstore.Confirmed:
		return "the old version waits to be retired"
	case credstore.LoggingOut:
		return "the old key was being logged out, and the answer is not known"
	default:
		return "not finished"
	}
}

// GoOn is the command that goes on with an unfinished change. inForce tells whether the profile has a version in force.
func GoOn(s credstore.Swap, inForce bool) string { return Advise(s, inForce).Command }

// Lost says which sign-in may have left keys at Mimecast that nobody has, and where to look for them.
func Lost(o credstore.Orphan) (sentence, fix string) {
	whose, application := "", ""
	if o.User != "" {
		whose = " as " + o.User
	}
	if o.Application != "" {
		application = " for the application " + o.Application
	}
	created := " may have created keys that nobody has"
	if o.Certain {
		created = " created keys that were never stored"
	}
	return "A sign-in" + whose + application + " at " + o.At.Local().Format(time.DateTime) + created + ".",
		"Look in the console at Services > Applications > Registered Applications, which lists the keys; " +
			"a new password for the user revokes all of them, those in use included."
}
