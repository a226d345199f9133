package catalog

import (
	"encoding/json"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog/operation"
)

// probe is a call that tries an operation without changing anything.
type probe struct {
	ID     string          `json:"id"`
	Title  string          `json:"title"`
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body"`
	Rows   string          `json:"rows"`
	Empty  string          `json:"empty"`
	About  string          `json:"about"`
	Source []string        `json:"sources"`
}

// Reading is how the answer of a probe is read.
type Reading struct {
	// Rows is where the rows are in a JSON answer, such as "data[0].clickLogs"; "" when the answer is no list, or a file.
	Rows string `json:"rows,omitempty"`
	// Empty is what it means that there are none.
	Empty string `json:"empty,omitempty"`
	// About is what else to know of the call; Sources are where its form was seen.
	About   string   `json:"about,omitempty"`
	Sources []string `json:"sources,omitempty"`
}

// ReadingOf tells how the answer of a probe is read.
func ReadingOf(probeID string) (Reading, bool) {
	p, ok := load().probes[probeID]
	return Reading{Rows: p.Rows, Empty: p.Empty, About: p.About, Sources: slices.Clone(p.Source)}, ok
}

// plan makes the client's probe of a probe of the catalogue; what it needs comes from the list of operations.
func (p probe) plan(api client.API, domain string, optional bool) client.Probe {
	op := p.operation(api)
	title := strings.ReplaceAll(p.Title, "{{domain}}", domain)
	if domain == "" {
		title = p.title()
	}
	out := client.Probe{
		ID: p.ID, Title: title, Method: p.Method, Path: p.Path, Body: slices.Clone(p.Body),
		Permission: op.Permission, Package: op.Package, Optional: optional, Rows: p.Rows, Empty: p.Empty,
	}
	if api == client.API20 {
		out.Products = slices.Clone(op.Products)
	}
	return out
}

// title is the title without a domain.
func (p probe) title() string { return strings.ReplaceAll(p.Title, " of {{domain}}", "") }

// CheckTitle is the title of a check, without a domain. One that is not known here, of a list that another mimecred wrote, has the words
// of its id.
func CheckTitle(id string) string {
	for _, s := range (client.Plan{}).Steps() {
		if s.ID == id {
			return s.Title
		}
	}
	if p, known := load().probes[id]; known {
		return p.title()
	}
	words := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return strings.ContainsRune(".-_", r) }), " ")
	return strings.ToUpper(words[:min(1, len(words))]) + words[min(1, len(words)):]
}

func (p probe) operation(api client.API) operation.Operation {
	path, _, _ := strings.Cut(p.Path, "?")
	op, _ := operation.Find(string(api), p.Method, path)
	return op
}
