package step

import (
	"errors"
	"slices"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/browser"
	"mimecred/tui/flow"
)

// singleSignOn is the item of the checklist that is to be switched off before keys are made, here or in the console.
const singleSignOn = "1.0-sso"

// Missable marks an item of a walk-through that is easily missed, where no glyph does.
const Missable = "!"

// BeforeKeys are the items of a checklist that come before there are credentials. Of making keys only what has to be
// prepared is among them: the step Keys has the rest.
func BeforeKeys(all []console.Item) []console.Item {
	items := console.Of(all, console.Prepare, console.Application)
	for _, item := range console.Of(all, console.Keys) {
		if item.ID == singleSignOn {
			items = append(items, item)
		}
	}
	return items
}

// ConsoleVariant is the way through the console: for API 2.0 the menu that the person sees.
func ConsoleVariant(a flow.Answers) console.Variant {
	switch {
	case a.Purpose == lifecycle.Rotating && a.Way != lifecycle.Another:
		return console.Renew
	case a.API != client.API10:
		for _, c := range ConsoleMenus() {
			if string(c.Variant) == a.ConsoleWay {
				return c.Variant
			}
		}
		return console.Hub
	case a.NewApplication:
		return console.New
	default:
		return console.Existing
	}
}

// OpenedWords say what became of opening a page in the browser: where that failed, the address is there to be opened otherwise.
func OpenedWords(page string, err error) string {
	switch {
	case err == nil:
		return "Opened " + page + " in the browser"
	case errors.Is(err, browser.ErrNone):
		return "No browser here. Open " + page
	default:
		return "The browser did not open. Open " + page
	}
}

// ConsoleMenus are the menus of API 2.0.
func ConsoleMenus() []console.Choice {
	return slices.DeleteFunc(console.Variants(client.API20), func(c console.Choice) bool { return c.Variant == console.Renew })
}

// Walkthrough is the whole checklist for what the answers say.
func Walkthrough(a flow.Answers, v console.Variant, needs catalog.Requirements) []console.Item {
	f := console.Facts{Profile: a.Name, ServiceUser: a.Email, SignIn: a.SignIn, Domain: a.InternalDomain, RegionCode: a.Region}
	if a.Replaced.Credential != nil {
		f.Identifier = a.Replaced.Credential.Identifier()
	}
	return console.Checklist(a.API, v, needs, f)
}

// CreateKeys are the items of the checklist that make access keys in the console; none where it is not known what they need.
func CreateKeys(a flow.Answers) []console.Item {
	needs, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		return nil
	}
	return console.Of(Walkthrough(a, console.Existing, needs), console.Keys)
}

// Conflicts are the limits of the chosen products that the region of the answers runs into.
func Conflicts(a flow.Answers) []string {
	var texts []string
	for _, id := range a.Selection().Integrations {
		i, _ := catalog.Lookup(id)
		for _, l := range i.Conflicts(catalog.Situation{RegionCode: a.Region, BaseURL: a.BaseURL}) {
			texts = append(texts, i.Name+": "+l.Text)
		}
	}
	return texts
}
