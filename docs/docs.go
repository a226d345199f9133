// Package docs has the pages that the program itself shows. There is one text of each: what mimecred prints is what the page says.
package docs

import (
	_ "embed"
	"strings"
)

//go:embed troubleshooting.md
var troubleshooting string

// Troubleshooting is what the page says on a kind of failure, as Markdown without its heading; "" when it has no such entry.
func Troubleshooting(kind string) string {
	_, entry, found := strings.Cut(troubleshooting, "\n## "+kind+"\n")
	if !found {
		return ""
	}
	entry, _, _ = strings.Cut(entry, "\n## ")
	return strings.TrimSpace(entry)
}
