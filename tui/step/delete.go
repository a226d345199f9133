package step

import (
	"fmt"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore"
)

// SharedAtMimecast says that others would be without their credential too.
func SharedAtMimecast(others []string) string {
	return "The same application is used by " + manyNames(others) + ": leave it as it is at Mimecast."
}

// manyNames are names in one line, however many there are.
func manyNames(names []string) string {
	const most = 5
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
}

// StaysValid says what deleting a profile does not end.
func StaysValid(e credstore.Entry) string {
	if e.API == client.API20 {
		return "The client ID and client secret stay valid at Mimecast. Removing them there is a separate step; mimecred shows it afterwards."
	}
	return "The application and its access key stay valid at Mimecast. Removing them there is a separate step; mimecred shows it afterwards."
}

// LossWords say what is lost with a pending version; v is nil when it cannot be read.
func LossWords(v *credstore.Version) []string {
	line := "mimecred cannot read the pending version. It may hold access keys created at Mimecast that nobody else has."
	if v != nil {
		line = "The pending version holds access keys created at Mimecast on " + Day(v.CreatedAt) + ", and nobody else has them."
	}
	return []string{line, "They stay valid at Mimecast, and nobody can use them. You can create new keys at any time."}
}

// RemovalOf is what to do where the credential was used and made. others are the profiles that use the same application, which
// stays then.
func RemovalOf(e credstore.Entry, others []string) []console.Item {
	selection := catalog.Selection{API: e.API}
	if e.Integration != "" {
		selection.Integrations = []string{e.Integration}
	}
	needs, err := catalog.RequirementsFor(selection)
	if err != nil {
		// A product of a later version: what is to be done at Mimecast is the same.
		needs, _ = catalog.RequirementsFor(catalog.Selection{API: e.API})
	}
	items := console.Removal(e.API, needs, console.Facts{Profile: e.Name})
	if len(others) > 0 {
		items = slices.DeleteFunc(items, func(i console.Item) bool { return strings.HasSuffix(i.ID, "-removal-application") })
	}
	return items
}
