package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is one text of the program, and the folder that it is in.
type sentence struct{ dir, text string }

// places are the folders whose texts people read.
func places() []string { return []string{"client", "cmd/mimecred", "credstore", "tui"} }

// limit is how many words a sentence may have.
const limit = 20

// replaced are words that the glossary replaces, as regular expressions.
func replaced() []*regexp.Regexp {
	var list []*regexp.Regexp
	for _, word := range []string{
		`in force`, `put in(to)? use`, `staged`, `orphan(s|ed)?`, `promot(e|es|ed|ing)`, `stands?`, `put by`, `given? up`, `forget(s|ten)?`, `left behind`, `swap(s|ped)? of`, `trip`, `journey`,
		`puts? (it )?back in`, `kept as pending`, `nobody knows`, `of it will be`,
	} {
		list = append(list, regexp.MustCompile(`(?i)\b`+word+`\b`))
	}
	return list
}

// sentences are the texts below root, by folder and in alphabetical order, each once a folder.
func sentences(root string) ([]sentence, error) {
	var found []sentence
	for _, place := range places() {
		err := filepath.WalkDir(filepath.Join(root, place), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
				return err
			}
			textsOf := textsOf
			switch filepath.Ext(path) {
			case ".go":
			case ".json":
				textsOf = textsOfFacts
			default:
				return nil
			}
			if strings.Contains(path, "simulator") || strings.Contains(path, "steptest") {
				return nil // what is said there is Mimecast's, or a test's
			}
			texts, err := textsOf(path)
			for _, text := range texts {
				found = append(found, sentence{filepath.Dir(path), text})
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", place, err)
		}
	}
	slices.SortFunc(found, func(a, b sentence) int { return cmp.Or(cmp.Compare(a.dir, b.dir), cmp.Compare(a.text, b.text)) })
	return slices.Compact(found), nil
}

// textsOf are the sentences of one file. Literals that are joined with + are one text.
func textsOf(path string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parsing %s: %w", path, err)
	}
	var texts []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BinaryExpr:
			if text, ok := joined(n); ok {
				texts = append(texts, split(text)...)
				return false
			}
		case *ast.BasicLit:
			if text, ok := joined(n); ok {
				texts = append(texts, split(text)...)
			}
		}
		return true
	})
	return texts, nil
}

// told are the keys of the catalogue whose values people read as sentences.
func told() []string {
	return []string{"title", "about", "empty", "for", "untested", "rule", "note", "remarks", "text", "doubt", "guide_notes", "no_successor", "notes", "save"}
}

// textsOfFacts are the sentences of one file of the catalogue.
func textsOfFacts(path string) ([]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading facts: %w", err)
	}
	var facts any
	if err := json.Unmarshal(raw, &facts); err != nil {
		return nil, fmt.Errorf("parsing %s: %w", path, err)
	}
	return factsUnder(facts, ""), nil
}

// factsUnder are the sentences of a value that stands under a key.
func factsUnder(value any, key string) (texts []string) {
	switch value := value.(type) {
	case map[string]any:
		for k, v := range value {
			texts = append(texts, factsUnder(v, k)...)
		}
	case []any:
		for _, v := range value {
			texts = append(texts, factsUnder(v, key)...)
		}
	case string:
		if slices.Contains(told(), key) {
			texts = split(value)
		}
	}
	return texts
}

// joined is the text of a literal, or of several that are joined; ok is false for anything else.
func joined(e ast.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		left, l := joined(e.X)
		right, r := joined(e.Y)
		return left + right, l && r && e.Op == token.ADD
	}
	return "", false
}

// split gives the sentences of a text: what is no sentence is left out.
func split(text string) []string {
	var list []string
	for line := range strings.SplitSeq(text, "\n") {
		for _, one := range regexp.MustCompile(`[.?] `).Split(line, -1) {
			one = strings.TrimSpace(one)
			first, _ := utf8.DecodeRuneInString(one)
			if strings.Contains(one, " ") && (unicode.IsUpper(first) || strings.HasSuffix(strings.TrimSpace(line), ".")) {
				list = append(list, one)
			}
		}
	}
	return list
}

// faults are the sentences that break a rule, in order, with the rule first.
func faults(said []sentence) []string {
	var broken []string
	for _, s := range said {
		if n := len(strings.Fields(s.text)); n > limit {
			broken = append(broken, fmt.Sprintf("%d words: %s", n, s.text))
		}
		for _, word := range replaced() {
			if found := word.FindString(s.text); found != "" {
				broken = append(broken, fmt.Sprintf("%q: %s", strings.ToLower(found), s.text))
			}
		}
	}
	slices.Sort(broken)
	return slices.Compact(broken)
}
