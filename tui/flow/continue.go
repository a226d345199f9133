package flow

import (
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// First is what continues an unfinished change before any step.
type First int

// What comes first: nothing; reading the pending version, whose check is the step to go on with; testing the profile, which
// confirms what is current; renaming it to the end.
const (
	Steps First = iota
	ReadPending
	TestCurrent
	Rename
)

// Continuation is how an unfinished change is continued from the list of profiles.
type Continuation struct {
	First First
	// Answers are those that the steps begin with, At the step; None is the first of the path.
	Answers Answers
	At      Step
}

// ToContinue is how an unfinished change is continued; change is nil where only left tells of one: a set-up that was left in the middle. e is
// the profile, the zero Entry where there is none yet.
func ToContinue(change *credstore.UnfinishedChange, e credstore.Entry, left *State) Continuation {
	if change == nil {
		return resume(left, nil)
	}
	if e.Name == "" {
		e.Name, e.Store = change.Name, change.Store
	}
	a := OfEntry(e)
	switch change.Kind {
	case credstore.Renaming:
		return Continuation{First: Rename}
	case credstore.RollBack:
		a.Purpose = lifecycle.RollingBack
	case credstore.Change:
		a.Purpose = lifecycle.Changing
	case credstore.SetUp:
		a.Purpose = lifecycle.SettingUp
	case credstore.Rotation, credstore.Renewal:
		return Continuation{Answers: Rotation(a)}
	}
	settingUp := change.Kind == credstore.SetUp
	switch {
	case change.Phase == credstore.Staged && (settingUp || change.Kind == credstore.Change):
		return Continuation{First: ReadPending, Answers: a, At: Check}
	case !settingUp:
	case !e.CurrentSince.IsZero():
		return Continuation{First: TestCurrent}
	case left != nil:
		return resume(left, change.MayBeLost())
	default:
		a = Answers{Change: lifecycle.Change{Purpose: lifecycle.SettingUp, Name: e.Name, Store: change.Store, LostKeys: change.MayBeLost()}}
	}
	return Continuation{Answers: a}
}

func resume(left *State, lost []credstore.LostKeys) Continuation {
	a, at := left.Resume(Answers{Change: lifecycle.Change{Purpose: lifecycle.SettingUp, LostKeys: lost}})
	return Continuation{Answers: a, At: at}
}

// WithPending are the answers that led to the pending version of r, which lies at location; ok is false when there is none any more.
func (c Continuation) WithPending(r credstore.Record, location string) (a Answers, ok bool) {
	a, ok = ForPending(Answers{Change: lifecycle.Change{Purpose: c.Answers.Purpose}}, r, c.Answers.Store, location)
	if ok && a.Purpose == lifecycle.Changing {
		a = ChangeOf(a)
	}
	return a, ok
}

// Busy says that another program changes a profile.
func Busy(name string) string {
	return "Another mimecred changes " + name + " just now. Continue there, or close it first."
}

// NothingPending says that what was to be taken up is gone.
const NothingPending = "Nothing is pending any more: it was discarded or activated meanwhile."
