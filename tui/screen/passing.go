package screen

import (
	"slices"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// PassingWords say what keeping a credential in this session only means.
const PassingWords = "It is gone when mimecred ends, and no other mimecred command can use it. Long enough to test it and to hand it off."

// Passing tells whether what is kept in a store is gone when the program ends.
func (e Env) Passing(store string) bool {
	return e.Demo == nil && slices.ContainsFunc(e.Stores, func(c StoreChoice) bool { return c.Kind == store && c.Passing })
}

// Preselected is the store to propose: the first that works, and none when that keeps nothing.
func (e Env) Preselected() string {
	for _, c := range e.Stores {
		if c.Problem != "" || c.Passing && len(e.Stores) > 1 {
			continue
		}
		return c.Kind
	}
	return ""
}

// SavedWords say that the credential is in use, and how long.
func SavedWords(env Env, a flow.Answers) string {
	const passing = "It is kept in this session only: it is gone when mimecred ends."
	switch {
	case env.Passing(a.Store) && a.Works():
		return "The credential works. " + passing
	case env.Passing(a.Store):
		return "The credential is in use although not every check passed. " + passing
	}
	if a.Confirmed {
		return "The credential is in use. It was stored, read back and compared, checked, and tried once more in its place."
	}
	return "The credential is in use. It was written to the store, read back, and compared before it was checked."
}

// DoneWords say what the profile is good for now.
func DoneWords(env Env, a flow.Answers) string {
	switch {
	case env.Passing(a.Store) && a.Works():
		return "The credential of " + a.Name + " works, and nothing has kept it beyond this session. To keep one:"
	case env.Passing(a.Store):
		return "Nothing has kept the credential of " + a.Name + " beyond this session. To keep one:"
	}
	switch a.Purpose {
	case lifecycle.Rotating:
		return "The profile " + a.Name + " has its new credential" + retiredWords(a) + ". These commands use it:"
	case lifecycle.GoingBack:
		return "The version before is in use again for " + a.Name + ". What uses it needs the old values once more. These commands use it:"
	case lifecycle.Changing:
		return "The profile " + a.Name + " is changed; its credential is the same. These commands use it:"
	case lifecycle.SettingUp, flow.AtHome:
	}
	return "The profile " + a.Name + " is ready. These commands use it:"
}

// retiredWords say what became of the version that was replaced.
func retiredWords(a flow.Answers) string {
	switch a.Retired {
	case lifecycle.LoggedOut:
		return "; the old key is logged out"
	case lifecycle.Ended:
		return "; the old key, which Mimecast does not take any more, is forgotten"
	case lifecycle.Forgotten:
		return "; the old one is forgotten here"
	case lifecycle.Kept:
		return "; the old one is kept for " + a.KeepFor().Words()
	case lifecycle.RetireUndecided:
	}
	return ""
}
