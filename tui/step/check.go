package step

import (
	"errors"
	"slices"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// SavedOnTrial says that the new version lies in its store, where it was read back.
func SavedOnTrial(location string) string {
	return "Saved on trial and read back: " + location + "."
}

// ActivateWords say what enter does with a version that passed every check.
func ActivateWords(a flow.Answers) string {
	if a.Purpose == lifecycle.RollingBack {
		return "Enter makes the previous version current again."
	}
	return "Enter saves it."
}

// FixOf is what to do about a result that did not pass. What the kind of the change makes different comes first: keys that were
// created here were never copied by hand, and a version of before was ended by somebody.
func FixOf(a flow.Answers, r client.Result, m client.Remedy) string {
	switch {
	case a.Purpose == lifecycle.RollingBack && r.Kind.Refused():
		return "Mimecast no longer accepts it: somebody generated new credentials, logged the key out, or deleted the application. The current version stays current."
	case a.Source() == credstore.Created && r.Kind == client.InvalidCredentials:
		return "Mimecast refuses the keys that it just gave. Create new ones in the step Keys, and check the region in the step Region. " +
			"A new application and a changed role take a few minutes to work."
	}
	return flow.Remedy(m.Fix, m.Where)
}

// RetryHelps tells whether the same checks may end in another way when nothing that was answered is changed. Keys that were created
// here are of a new application as a rule, which takes a while to work.
func RetryHelps(a flow.Answers) bool {
	failed := slices.DeleteFunc(slices.Clone(a.Results), func(r client.Result) bool { return r.State != client.Failed })
	return len(failed) == 0 || slices.ContainsFunc(failed, func(r client.Result) bool {
		created := r.Kind == client.InvalidCredentials && a.Source() == credstore.Created
		return created || !r.Kind.NeedsOtherValues() || elsewhere(r) || acceptedBefore(r, a.Results)
	})
}

// elsewhere tells whether the remedy of a failure leaves what was entered as it is.
func elsewhere(r client.Result) bool { return r.Fix != "" && !r.Where.Has(^client.WhereLater) }

// acceptedBefore tells whether a call was refused with a credential that Mimecast had accepted: a disabled application ends like that.
func acceptedBefore(r client.Result, results []client.Result) bool {
	return r.Kind == client.InvalidCredentials && slices.ContainsFunc(results, func(one client.Result) bool {
		return one.ID == client.CheckCredentials && one.State == client.Passed
	})
}

// PreviousKept says that a refused version can be replaced by the one of before; "" where that is not kept.
func PreviousKept(a flow.Answers, refused bool) string {
	if !refused || !a.PreviousKept {
		return ""
	}
	return "The previous version is kept: mimecred rollback " + a.Name + " makes it current again."
}

// NotMimecast says why no credential is sent to the base URL: it is no host of Mimecast that was listed or allowed, or one of the other
// API; "" where it can be.
func NotMimecast(a flow.Answers) string {
	_, err := a.Place()
	if _, unlisted := errors.AsType[*client.HostError](err); unlisted {
		return lifecycle.Sentence(err)
	}
	if _, other := errors.AsType[*client.WrongAPIError](err); other {
		return lifecycle.Sentence(err)
	}
	return ""
}

// KindWords say what the kind of a failure is called, and which page is about it; "" for none.
func KindWords(k client.Kind) string {
	if k == "" {
		return ""
	}
	return "Kind of failure: " + string(k) + ". Its page: mimecred explain " + string(k) + "."
}

// KindsWords are KindWords of several failures, each kind once.
func KindsWords(kinds ...client.Kind) []string {
	var said []string
	for _, k := range kinds {
		if words := KindWords(k); words != "" && !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	return said
}

// kindsOf are the kinds of the results that did not pass.
func kindsOf(results []client.Result) []client.Kind {
	var kinds []client.Kind
	for _, r := range results {
		if r.State == client.Failed || r.State == client.Warning {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}

// CheckHelp names the kinds of the failures among results.
func CheckHelp(results []client.Result) []string { return KindsWords(kindsOf(results)...) }
