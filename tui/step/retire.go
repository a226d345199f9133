package step

import (
	"fmt"
	"strings"

	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// RetireForm asks what to do with the previous version.
func RetireForm(env Env, a flow.Answers) Form {
	f := Form{Step: flow.Retire}
	if len(a.Shares) > 0 {
		f.Intro = SharedWords(a)
	}
	f.After = strings.Join(PreviousApplication(a), "\n")
	now := a.Retired
	if now == lifecycle.RetireUndecided {
		now = lifecycle.Kept
	}
	// What was decided is done before it is an answer.
	f.Questions = []Question{optionAt(Question{
		ID: "retire", Label: "Previous version:", Options: retireOptions(env, a),
		Help: []string{"The product uses the previous values until you give it the new ones."},
	}, string(now), func(*flow.Answers, string) {})}
	return f
}

// retireOptions are what can be done, the one that changes nothing first.
func retireOptions(env Env, a flow.Answers) []Option {
	until := credstore.Span(a.KeepFor()).After(env.Now()).Local().Format("2 January 2006")
	keep := Option{ID: string(lifecycle.Kept), Title: "Keep it until " + until, About: "mimecred rollback " + a.Name + " makes it current again, as long as Mimecast accepts it."}
	forget := Option{ID: string(lifecycle.Forgotten), Title: "Delete it now", About: "Deletes it from the store. You cannot roll back then."}
	if a.KeepFor() < 0 {
		keep.Title = "Keep it"
	}
	if _, legacy := a.PreviousKeys(); legacy {
		keep.About = "mimecred rollback " + a.Name + " makes it current again; mimecred retire " + a.Name + " logs it out later. Until then it stays valid at Mimecast."
		forget.Title, forget.About = "Delete it here, log nothing out", "Still valid at Mimecast, but you cannot roll back to it."
		return []Option{keep, {
			ID: string(lifecycle.LoggedOut), Title: "Log the previous key out at Mimecast",
			About: "Whatever still uses it stops, so wait until the product works with the new keys. Deletes it here as well.",
		}, forget}
	}
	return []Option{keep, forget}
}

// RetireSure is the question before the previous version is deleted; "" for what needs none.
func RetireSure(how lifecycle.Retired) (title, text string) {
	if how == lifecycle.Forgotten {
		return "Delete the previous version?", "You cannot roll back then."
	}
	return "", ""
}

// PreviousApplication says how the application that was replaced by another one is removed at Mimecast; nothing otherwise.
func PreviousApplication(a flow.Answers) []string {
	if a.Way != lifecycle.Another || a.Replaced.Credential == nil {
		return nil
	}
	needs, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		return nil
	}
	var texts []string
	for _, item := range console.Removal(a.API, catalog.Requirements{ApplicationName: needs.ApplicationName}, console.Facts{Profile: a.Name}) {
		texts = append(texts, fmt.Sprintf("In the console, once the product works: %s, the one with the Client ID %s (%s).",
			item.Title, a.Replaced.Credential.Identifier(), item.Path))
	}
	return texts
}
