package console

import (
	"strconv"

	"mimecred/client"
	"mimecred/client/catalog"
)

// Removal gives what to do when the credentials are no longer needed: first in the products, then in Mimecast, which no
// product's guide mentions.
func Removal(api client.API, r catalog.Requirements, f Facts) []Item {
	b := builder{r: r, f: f}
	var items []Item
	for _, chosen := range r.Integrations {
		i, ok := catalog.Lookup(chosen.ID)
		if !ok {
			continue
		}
		for n, step := range i.Removal {
			items = append(items, Item{
				ID: "removal-" + i.ID + "-" + strconv.Itoa(n+1), Stage: After, Title: i.Name + ": " + step, Source: first(i.Sources),
			})
		}
	}
	if api == client.API10 {
		return append(items, Item{
			ID: "1.0-removal-keys", Stage: After, Title: "Revoke the service user's keys", Path: "Services > Applications > Registered Applications",
			Values: []Value{b.serviceUser(Choose, "User")},
			Reason: "Whatever else uses the same keys stops too.", Source: sourceRegistered,
		}, Item{
			ID: "1.0-removal-application", Stage: After, Title: "Disable or delete the application", Path: yourApplications10, Also: []string{olderApplications10},
			Values: []Value{{Choose, "Application", b.name()}}, Reason: "Removing the connection from the product leaves it in Mimecast.", Source: sourceJupiterOne,
		}, Item{
			ID: "1.0-removal-user", Stage: After, Title: "Take the role from the service user, or delete the user", Path: "Account > Roles",
			Values: []Value{b.serviceUser(Choose, "User")}, Reason: "An administrator that nobody uses is a risk.", Source: sourceKeys,
		})
	}
	return append(items, Item{
		ID: "2.0-removal-application", Stage: After, Title: "Disable or delete the application", Path: hub,
		Also:   []string{yourApplications, "Integrations > API 2.0 Applications"},
		Values: []Value{{Choose, "Application", b.name()}}, Reason: "Removing the connection from the product leaves it in Mimecast.", Source: sourceApplication20,
	})
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
