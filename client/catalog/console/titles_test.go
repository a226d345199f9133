package console_test

import (
	"testing"
	"unicode/utf8"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
)

// TestTitlesAreShort: an item that is not open has one line of a narrow window, in every menu and for every product.
func TestTitlesAreShort(t *testing.T) {
	t.Parallel()
	for _, api := range []client.API{client.API10, client.API20} {
		for _, v := range console.Variants(api) {
			for _, i := range catalog.Integrations() {
				r, err := catalog.RequirementsFor(catalog.Selection{API: api, Integrations: []string{i.ID}})
				if i.API != api || err != nil {
					continue
				}
				for _, item := range console.Checklist(api, v.Variant, r, console.Facts{}) {
					if n := utf8.RuneCountInString(item.Title); n > 50 || n == 0 {
						t.Errorf("%s, %s: %d characters: %q", i.ID, v.Variant, n, item.Title)
					}
				}
			}
		}
	}
}
