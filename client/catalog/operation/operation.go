// Package operation lists what Mimecast's two APIs can do: method, path, the products and the role permission that a call
// needs, and whether it only reads. It imports nothing of this module, so that the simulator can use the same facts
// without using the client that it judges.
//
// The list was made from the catalogue of the public Terraform provider Scriptception/terraform-provider-mimecast
// (capabilities/api-v2.json, compared with Mimecast's own catalogue in August 2026) and, for paths of API 1.0 alone, from
// Mimecast's page integrations.mimecast.com/documentation/endpoint-reference. The licensed
// packages are those that public clients look for by name (netskopeoss/ta_cloud_exchange_plugins).
package operation

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Operation is one call that Mimecast offers.
type Operation struct {
	// APIs are the generations that have it: "1.0", "2.0" or both.
	APIs []string
	// Method and Path name the call. A path may have variables in braces, each standing for one segment.
	Method, Path string
	// Products are the ids of the API 2.0 products that offer it; any one of them lets a call through.
	Products []string
	// Permission is the role's permission in the console's words, such as "Account | Dashboard | Read"; empty when the
	// contract names none.
	Permission string
	// Read tells that the operation changes nothing.
	Read bool
	// Paging is how the next page is asked for: "cursor" (in the query), "body", or "" when the contract names no way.
	Paging string
	// Package is the licensed package that the operation needs, as get-account lists it; may be empty.
	Package string
}

// Has tells whether the API of that generation ("1.0" or "2.0") offers the operation.
func (o Operation) Has(api string) bool { return slices.Contains(o.APIs, api) }

//go:embed operations.tsv
var table string

// loaded is the table, parsed by its first user.
type loaded struct {
	all   []Operation
	plain map[string][]int // "METHOD path" → indexes, for paths without variables
	vars  map[string][]int // "METHOD" → indexes, for paths with variables
}

// load parses the table once, for its first user.
var load = sync.OnceValue(parseTable)

func parseTable() *loaded {
	t, err := parse(table)
	if err != nil {
		panic("operation: " + err.Error()) // the text is embedded and tested: this is a broken build
	}
	return t
}

func parse(text string) (*loaded, error) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	t := &loaded{plain: make(map[string][]int, len(lines)), vars: map[string][]int{}}
	for n, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 8 {
			return nil, fmt.Errorf("line %d: %d columns instead of 8", n+2, len(f))
		}
		if f[5] != "read" && f[5] != "write" {
			return nil, fmt.Errorf("line %d: effect %q", n+2, f[5])
		}
		o := Operation{
			APIs: strings.Split(f[0], ","), Method: f[1], Path: f[2], Permission: f[4],
			Read: f[5] == "read", Paging: f[6], Package: f[7],
		}
		if f[3] != "" {
			o.Products = strings.Split(f[3], ",")
		}
		index := len(t.all)
		t.all = append(t.all, o)
		if strings.Contains(o.Path, "{") {
			t.vars[o.Method] = append(t.vars[o.Method], index)
		} else {
			t.plain[o.Method+" "+o.Path] = append(t.plain[o.Method+" "+o.Path], index)
		}
	}
	return t, nil
}

// All lists every operation, by path.
func All() []Operation { return slices.Clone(load().all) }

// Find gives the operation of one generation ("1.0" or "2.0") behind a method and a path; a query is no part of path.
func Find(api, method, path string) (Operation, bool) {
	t := load()
	for _, index := range t.plain[method+" "+path] {
		if o := t.all[index]; o.Has(api) {
			return o, true
		}
	}
	for _, index := range t.vars[method] {
		if o := t.all[index]; o.Has(api) && matches(o.Path, path) {
			return o, true
		}
	}
	return Operation{}, false
}

// matches compares segment by segment; a segment in braces stands for any one segment that is not empty.
func matches(pattern, path string) bool {
	for {
		p, patternRest, patternMore := strings.Cut(pattern, "/")
		s, pathRest, pathMore := strings.Cut(path, "/")
		variable := strings.HasPrefix(p, "{") && strings.HasSuffix(p, "}")
		if p != s && (!variable || s == "") {
			return false
		}
		if patternMore != pathMore {
			return false
		}
		if !patternMore {
			return true
		}
		pattern, path = patternRest, pathRest
	}
}
