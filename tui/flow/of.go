package flow

import (
	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// Of are the answers that a change of a saved profile begins with.
func Of(c lifecycle.Change) Answers {
	a := Answers{Change: c}
	a.HasApplication = c.API == client.API10 && c.ApplicationID != ""
	return a.Allow(c.BaseURL)
}

// OfEntry are the answers that the list has of a profile.
func OfEntry(e credstore.Entry) Answers {
	return Answers{Change: lifecycle.Change{Name: e.Name, Store: e.Store, API: e.API, Integration: e.Integration}}
}

// Rotating are the answers of a rotation of what was found, on top of what the command line said, or of what was answered when
// the person has been here before.
func Rotating(a Answers, found lifecycle.Found) Answers {
	if a.Replaced.ID == found.Record.Current.ID {
		a.Shares, a.LostKeys = found.Shares, found.Change.MayBeLost()
		return a
	}
	next := Of(found.Rotate()).AllowLike(a)
	next.Given, next.Keep, next.Way, next.Ticked = a.Given, a.Keep, a.Way, a.Ticked
	if next.Way == lifecycle.WayUndecided && found.Unfinished && found.Change.Kind == credstore.Renewal {
		next.Way = lifecycle.Renew
	}
	return Rotation(next)
}

// ContinueRotation continues what an earlier run left of a rotation, and tells the step to go on with: a pending version is tested, one
// that is current is confirmed, and an old one is handed over and retired. location is where the profile lies, in words.
func ContinueRotation(a Answers, found lifecycle.Found, location string) (Answers, Step) {
	switch found.Change.Phase {
	case credstore.Staged:
		if next, ok := ForPending(a, found.Record, found.Entry.Store, location); ok {
			return next, Check
		}
		return a, Rotate
	case credstore.Activated:
		return rotated(a, found), Check
	default:
		return rotated(a, found), HandOff
	}
}

// rotated are the answers of a rotation whose new version is current already.
func rotated(a Answers, found lifecycle.Found) Answers {
	next := Of(found.Rotated())
	next.Given, next.Keep, next.Ticked = a.Given, a.Keep, a.Ticked
	return next
}

// ForPending are the answers that led to the pending version of r in a store; a is what is known else. ok is false
// when none is pending.
func ForPending(a Answers, r credstore.Record, store, location string) (answers Answers, ok bool) {
	change, ok := a.ForPending(r, store, location)
	if !ok {
		return a, false
	}
	a.Change, a.Unfinished = change, nil
	if a.API == client.API10 {
		a.HasApplication, a.NewApplication, a.KeysWay = true, false, FromConsole
		if !a.KeysCreatedAt.IsZero() {
			a.KeysWay = CreateHere
		}
	}
	return a.Allow(a.BaseURL), true
}

// HandingOff makes the answers of a profile those of its hand-off alone.
func HandingOff(a Answers) Answers {
	if a.Integration == "" {
		a.Integration = catalog.GenericID(a.API) // whose form is the values themselves
	}
	a.Given = map[Step]bool{}
	for _, s := range Path(a) {
		a.Given[s] = s != HandOff
	}
	return a
}
