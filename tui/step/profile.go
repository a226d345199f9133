package step

import (
	"cmp"
	"fmt"
	"slices"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// ProfileForm asks for a name, and for where to keep the credential when there is something to decide.
func ProfileForm(env Env, a flow.Answers) Form {
	f := Form{Step: flow.Profile}
	if a.Purpose == lifecycle.SettingUp {
		f.Questions = append(f.Questions, profileName(env, a))
	} else {
		f.Intro = "The profile is " + a.Name + "."
	}
	if env.Demo != nil {
		f.Demo = "any name will do, for example demo"
	}
	switch usable := env.Usable(); {
	case env.StoreToDecide():
		f.Questions = append(f.Questions, storeToKeepIn(env, a))
		f.After = "Nothing is ever written as plain text."
	case len(usable) > 0:
		f.After = "The credential will be kept in: " + usable[0].Title + "."
	}
	return f
}

// Usable are the stores that can be used now.
func (e Env) Usable() []StoreChoice {
	var usable []StoreChoice
	for _, c := range e.Stores {
		if c.Problem == "" {
			usable = append(usable, c)
		}
	}
	return usable
}

// StoreToDecide tells whether there is something to decide: more than one store works, or the recommended one does not.
func (e Env) StoreToDecide() bool {
	usable := e.Usable()
	return len(usable) > 1 || len(usable) == 1 && e.Stores[0].Problem != ""
}

// OtherStores are those that work now beside the chosen one, for keys that it did not take. A profile that has a current version has
// none: both belong into one item (see WithCurrent).
func (e Env) OtherStores(a flow.Answers) []StoreChoice {
	if a.Purpose != lifecycle.SettingUp || a.Replaces {
		return nil
	}
	return slices.DeleteFunc(e.Usable(), func(c StoreChoice) bool { return c.Kind == a.Store })
}

// WithCurrent says where created keys can be kept when they belong to a profile that has a current version: that is in one item with
// them, so that no other store can take them. "" for a new profile.
func WithCurrent(a flow.Answers) string {
	if a.Purpose != lifecycle.Rotating && !a.Replaces {
		return ""
	}
	return "They go where the current version is: a profile lies in one store. When that stays out of use, keep a copy of the keys elsewhere, and save them later with mimecred rotate " + a.Name + " --from FILE."
}

// SaveThere is the offer to save created keys in another store.
func SaveThere(c StoreChoice) string { return "Save them elsewhere: " + c.Title }

// NoStore says why nothing can be saved; what each store needs is in Env.Stores.
const NoStore = "mimecred never falls back to plain text. Put one of them right, then start again."

func profileName(env Env, a flow.Answers) Question {
	q := Question{
		ID: "profile", Label: "Profile name", Placeholder: "for example " + lifecycle.SuggestedName,
		Help: []string{"The profile is how you will call this credential later: mimecred check " + lifecycle.SuggestedName + "."},
	}
	if credstore.NewName(a.Name) == nil {
		q.Hint = "How you will call it later: mimecred check " + a.Name
	}
	q = nameAt(q, a, credstore.NewName)
	if env.Demo != nil {
		q.Demo = func() string { return "demo" }
	}
	return q
}

// nameAt is a question for the name of a profile.
func nameAt(q Question, a flow.Answers, judge func(name string) error) Question {
	q.Missing, q.Help = cmp.Or(q.Missing, "type a name"), append(q.Help, "Letters, digits, '.', '_' and '-'; it begins with a letter or a digit.")
	return textAt(q, a, func(a *flow.Answers) *string { return &a.Name }, func(_ flow.Answers, name string) error { return judge(name) })
}

// RenameForm asks for another name of the profile from. free tells why a name that is a name cannot be used.
func RenameForm(a flow.Answers, from string, free func(to string) error) Form {
	q := Question{
		ID: "name", Label: "New name of " + from, Missing: "a profile needs a name", Hint: "Commands that use the old name must be changed.",
		Help: []string{"Commands that use the old name must be changed."},
	}
	return Form{Step: flow.Home, Questions: []Question{nameAt(q, a, func(to string) error {
		if to == from {
			return nil
		}
		if err := credstore.NewName(to); err != nil {
			return err
		}
		return free(to)
	})}}
}

func storeToKeepIn(env Env, a flow.Answers) Question {
	q := Question{
		ID: "store", Label: "Where to keep the credential",
		Help: []string{"Nothing is ever written as plain text. The first one is recommended."},
	}
	for _, c := range env.Stores {
		o := Option{ID: c.Kind, Title: c.Title, About: c.About, Problem: c.Problem, Fix: c.Fix}
		if env.Passing(c.Kind) {
			o.About = PassingWords
		}
		q.Options = append(q.Options, o)
	}
	return optionAt(q, cmp.Or(a.Store, env.Preselected()), func(a *flow.Answers, id string) { a.Store = id })
}

// ExistsWords say what it means that a profile of that name exists; "" when it has no current credential.
func ExistsWords(e credstore.Entry) string {
	if e.CurrentSince.IsZero() {
		return ""
	}
	return e.Name + " exists (API " + string(e.API) + ", since " + e.CurrentSince.Format("2 January 2006") +
		"). Its credential stays current until the new one has been checked."
}

// StoredEarlier says that a version of an earlier run is pending; "" when none is.
func StoredEarlier(e credstore.Entry) string {
	if !e.Pending {
		return ""
	}
	words := e.Name + " has a credential that was saved earlier and never activated."
	if tried := lifecycle.TriedOf(e.PendingCheck, false); tried.State != lifecycle.NotTried && tried.State != lifecycle.TriedPassed {
		words += " It " + tried.Words + "."
	}
	return words
}

// What can be done about it.
const (
	PendingContinue = "go-on"
	PendingAnew     = "anew"
	PendingOther    = "other"
)

// Pending asks what to do about a version that an earlier run stored and that was never activated. The answer is no part of the
// answers.
func Pending() Question {
	return optionAt(Question{
		ID: "pending", Label: "A credential was saved earlier. What now?",
		Options: []Option{
			{ID: PendingContinue, Title: "Continue with it", About: "mimecred reads it from the store and tests it; you type nothing."},
			{ID: PendingAnew, Title: "Set the profile up again", About: "The new credential replaces it."},
		},
	}, PendingContinue, func(*flow.Answers, string) {})
}

// HasPending tells whether entry has a version that an earlier run staged and that was never activated.
func HasPending(entry credstore.Entry, a flow.Answers) bool {
	return entry.Pending && (!a.Staged || a.StagedName != entry.Name)
}

// MayReplacePending gives the reason why setting a profile up anew is refused while v is pending in it; "" when it is not.
func MayReplacePending(name string, v *credstore.Version) string {
	if v == nil || v.Source != credstore.Created {
		return ""
	}
	return fmt.Sprintf("Keys that were created at Mimecast on %s are pending in %s, and nobody else has them. Continue with them, choose another name, or discard them with %s.",
		v.CreatedAt.Format("2 January 2006"), name, lifecycle.Advise(credstore.UnfinishedChange{Name: name, Kind: credstore.SetUp, Phase: credstore.Staged}, false).Discard)
}
