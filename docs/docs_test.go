package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
)

// guidePages are the pages of the systems that the vendors' guides are for.
func guidePages() map[string]string {
	return map[string]string{
		"netskope-cte-v1": "netskope-cte.md", "netskope-cte-v2": "netskope-cte.md", "jupiterone": "jupiterone.md",
		"axonius-mimecast-v2": "axonius-mimecast-v2.md", "axonius-mimecast-v1": "axonius-mimecast-v2.md",
		"pondurance-scope": "pondurance-scope.md",
	}
}

func readDoc(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// unwrapped is text on one line, as a table or a paragraph reads.
func unwrapped(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, `\|`, "|")), " ")
}

// TestGuidesTable: the table of the guides has every field of their systems' forms, in the form's order, and every feature.
func TestGuidesTable(t *testing.T) {
	t.Parallel()
	table := readDoc(t, "guides.md")
	pages := guidePages()
	for _, i := range catalog.Integrations() {
		if !i.Guide {
			continue
		}
		if pages[i.ID] == "" {
			t.Errorf("%s has no page", i.ID)
		}
		_, section, found := strings.Cut(table, "### Form of `"+i.ID+"`")
		if !found {
			t.Errorf("docs/guides.md has no form of %s", i.ID)
			continue
		}
		section, _, _ = strings.Cut(section, "\n#")
		if !strings.Contains(section, i.Form) {
			t.Errorf("%s: the way to the form, %q, is missing", i.ID, i.Form)
		}
		rest := section
		for _, f := range i.Fields {
			_, after, there := strings.Cut(rest, "\n| "+f.Label+" |")
			if !there {
				t.Errorf("%s: the field %q is missing, or not in the form's order", i.ID, f.Label)
				continue
			}
			rest = after
		}
		for _, f := range i.Features {
			if !strings.Contains(section, f.Title) {
				t.Errorf("%s: the feature %q is missing", i.ID, f.Title)
			}
		}
	}
}

// TestGuidesTableNamesItemsThatExist: what the table calls an item of the walk-through is one.
func TestGuidesTableNamesItemsThatExist(t *testing.T) {
	t.Parallel()
	items := map[string]bool{}
	for _, i := range catalog.Integrations() {
		if !i.Guide {
			continue
		}
		r, err := catalog.RequirementsFor(catalog.Selection{Integrations: []string{i.ID}})
		if err != nil {
			t.Fatal(err)
		}
		var list []console.Item
		for _, v := range console.Variants(i.API) {
			list = append(list, console.Checklist(i.API, v.Variant, r, console.Facts{})...)
		}
		for _, item := range append(list, console.Removal(i.API, r, console.Facts{})...) {
			items[item.ID] = true
		}
	}
	named := regexp.MustCompile("`([12]\\.0-[a-z0-9-]+)`").FindAllStringSubmatch(readDoc(t, "guides.md"), -1)
	if len(named) < 30 {
		t.Errorf("the table names %d items", len(named))
	}
	seen := map[string]bool{}
	for _, match := range named {
		seen[match[1]] = true
		if !items[match[1]] {
			t.Errorf("there is no item %s", match[1])
		}
	}
	r, err := catalog.RequirementsFor(catalog.Selection{Integrations: []string{"netskope-cte-v1"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range console.Checklist(client.API10, console.New, r, console.Facts{}) {
		if !seen[item.ID] && item.Stage != console.Wait {
			t.Errorf("the table has no %s, which Netskope's guide is walked with", item.ID)
		}
	}
}

// TestGuidePages: each page names what the plan names, whatever features are chosen.
func TestGuidePages(t *testing.T) {
	t.Parallel()
	for id, page := range guidePages() {
		i, ok := catalog.Lookup(id)
		if !ok {
			t.Errorf("no integration %q", id)
			continue
		}
		text := unwrapped(readDoc(t, "guides", page))
		if !strings.Contains(readDoc(t, "guides.md"), "(guides/"+page+")") {
			t.Errorf("docs/guides.md does not link %s", page)
		}
		want := []string{"`" + id + "`", i.Form}
		var all []string
		for _, f := range i.Features {
			all = append(all, f.ID)
			want = append(want, f.Title)
		}
		r, err := catalog.RequirementsFor(catalog.Selection{Integrations: []string{id}, Features: map[string][]string{id: all}})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Products {
			want = append(want, p.Title)
		}
		for _, p := range r.Permissions {
			want = append(want, p.Permission)
		}
		for _, p := range r.Packages {
			want = append(want, p.Package)
		}
		for _, f := range i.Fields {
			want = append(want, f.Label)
		}
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("docs/guides/%s does not name %q of %s", page, words, id)
			}
		}
	}
}
