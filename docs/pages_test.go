package docs_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/docs"
)

// TestTroubleshootingHasEveryKind: the page has one entry for each kind of failure, with its exit code, and no other.
func TestTroubleshootingHasEveryKind(t *testing.T) {
	t.Parallel()
	var want []string
	for _, kind := range client.Kinds() {
		code := 1
		switch {
		case kind.Refused():
			code = 3
		case kind.Unjudged():
			code = 4
		}
		want = append(want, string(kind))
		if entry := docs.Troubleshooting(string(kind)); !strings.HasPrefix(entry, fmt.Sprintf("Exit %d. ", code)) {
			t.Errorf("the entry %s begins with %.20q, want exit code %d", kind, entry, code)
		}
	}
	var have []string
	for _, heading := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(readDoc(t, "troubleshooting.md"), -1) {
		have = append(have, heading[1])
	}
	if !slices.Equal(have, want) {
		t.Errorf("the entries are %v, want %v", have, want)
	}
}

// TestPagesAreEasyToRead: no sentence of these pages has more than 20 words, and none uses a word that the glossary replaces.
func TestPagesAreEasyToRead(t *testing.T) {
	t.Parallel()
	replaced := regexp.MustCompile(`(?i)\b(in force|staged|promoted?|orphans?|swap|settled?|please|sorry)\b|!`)
	for _, page := range []string{"troubleshooting.md", "accessibility.md", "proxies-and-tls.md", "privacy.md"} {
		read := 0
		for _, s := range proseOf(readDoc(t, page)) {
			read++
			if n := len(strings.Fields(s)); n > 20 {
				t.Errorf("%s: %d words in %q", page, n, s)
			}
			if word := replaced.FindString(s); word != "" {
				t.Errorf("%s: %q in %q", page, word, s)
			}
		}
		if read < 15 {
			t.Errorf("%s has %d sentences", page, read)
		}
	}
}

// proseOf are the sentences of a page. Code is one word, rows of a table are one sentence a cell.
func proseOf(page string) []string {
	page = regexp.MustCompile(`(?m)^    .*$`).ReplaceAllString(page, "")
	page = regexp.MustCompile("`[^`]*`").ReplaceAllString(page, "code")
	page = regexp.MustCompile(`(?m)^(\* |#+ |\|)`).ReplaceAllString(page, "\n\n")
	var all []string
	for paragraph := range strings.SplitSeq(page, "\n\n") {
		paragraph = strings.Join(strings.Fields(paragraph), " ")
		for s := range strings.SplitSeq(regexp.MustCompile(`([.?:;]\**) |\|`).ReplaceAllString(paragraph, "$1\n"), "\n") {
			if s = strings.TrimSpace(s); s != "" {
				all = append(all, s)
			}
		}
	}
	return all
}

// TestLinksLeadSomewhere: what a page links is there.
func TestLinksLeadSomewhere(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for _, page := range append(pages, "../README.md", "../CONTRIBUTING.md") {
		for _, link := range regexp.MustCompile(`(?:\]\(|src="|srcset=")([^):"]+?)(#[^)]*)?[)"]`).FindAllStringSubmatch(readDoc(t, page), -1) {
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), link[1])); err != nil {
				t.Errorf("%s links %s, which is not there", page, link[1])
			}
		}
	}
	if links < 30 {
		t.Errorf("only %d links were read", links)
	}
	readme := readDoc(t, "../README.md")
	for _, page := range pages {
		if !strings.Contains(readme, "docs/"+page) {
			t.Errorf("the README does not link docs/%s", page)
		}
	}
}

// TestOnlyTheClientCalls holds what the page on privacy says: nothing but the client, which knows Mimecast's hosts alone, makes calls over
// HTTP. The simulator is called.
func TestOnlyTheClientCalls(t *testing.T) {
	t.Parallel()
	read := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		read++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(path, "../client/") && regexp.MustCompile(`\bhttp\.(Get|Post|Head|DefaultClient|Client|NewRequest)|Dial\w*\([^)]*"(tcp|udp)`).Match(text) {
			t.Errorf("%s makes calls of its own", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 200 {
		t.Errorf("only %d files were read", read)
	}
}
