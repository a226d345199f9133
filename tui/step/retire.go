package step

import (
	"fmt"

	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// RetireRow is one thing that can be done about the version that was replaced.
type RetireRow struct {
	Retired      lifecycle.Retired
	Title, About string
}

// RetireRows are what can be done, the one that changes nothing first.
func RetireRows(env Env, a flow.Answers) []RetireRow {
	until := credstore.Span(a.KeepFor()).After(env.Now()).Local().Format("2 January 2006")
	keep := RetireRow{lifecycle.Kept, "Keep it until " + until, "mimecred rollback " + a.Name + " puts it back, for as long as Mimecast takes it."}
	forget := RetireRow{lifecycle.Forgotten, "Forget it now", "It is taken out of the store. Nothing can be put back then."}
	if a.KeepFor() < 0 {
		keep.Title = "Keep it"
	}
	if _, legacy := a.OldKeys(); legacy {
		keep.About = "mimecred rollback " + a.Name + " puts it back; mimecred retire " + a.Name + " logs it out later. Until then it works at Mimecast."
		forget.Title, forget.About = "Forget it here, log nothing out", "It works at Mimecast on, and nothing can be put back here."
		return []RetireRow{keep, {
			lifecycle.LoggedOut, "Log the old key out at Mimecast",
			"Whatever still uses it stops: do it when the product has the new keys and works. It is forgotten here as well.",
		}, forget}
	}
	return []RetireRow{keep, forget}
}

// OldApplication says how the application that was replaced by another one is removed at Mimecast; nothing otherwise.
func OldApplication(a flow.Answers) []string {
	if a.Way != lifecycle.Another || a.Old.Credential == nil {
		return nil
	}
	needs, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		return nil
	}
	var texts []string
	for _, item := range console.Removal(a.API, catalog.Requirements{ApplicationName: needs.ApplicationName}, console.Facts{Profile: a.Name}) {
		texts = append(texts, fmt.Sprintf("In the console, once the product works: %s, that with the Client ID %s (%s).",
			item.Title, a.Old.Credential.Identifier(), item.Path))
	}
	return texts
}
