package secret_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// revealers are the files that may read a secret.Value, each for one reason; a folder ends with a slash. Tests may too.
func revealers() map[string]string {
	return map[string]string{
		"client/secret/":               "the type itself",
		"client/oauth.go":              "the token request",
		"client/sign.go":               "the signature",
		"client/login.go":              "the sign-in",
		"client/signout.go":            "the key that is logged out",
		"client/secondfactor.go":       "the one-time code of the sign-in",
		"client/shape.go":              "hints on what looks wrong about a value",
		"client/proxy.go":              "the proxy's password",
		"client/redact.go":             "finding secrets in a trace, to take them out",
		"client/cleanvalue.go":         "cleaning a value that was pasted",
		"credstore/codec.go":           "the item of the store",
		"credstore/agefile/keyfile.go": "the passphrase and the key of the encrypted files, given to age",
		"tui/clipboard/clipboard.go":   "copying a value, to the tool's standard input",
		"tui/field/secret.go":          "typing and revealing a secret",
		"tui/field/otp.go":             "typing a one-time code",
		"tui/screen/reveal.go":         "the hand-off: copying a value, and reading it on request",
		"tui/plain/reveal.go":          "the hand-off of line mode: a value that nothing keeps, copied or read on request",
		"cmd/export/reveal.go":         "the values that are exported",
		"cmd/mimecred/get.go":          "the value that was asked for by name",
		"cmd/mimecred/values.go":       "the token or the field of a form that was asked for by name",
	}
}

func TestOnlyListedFilesRevealSecrets(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for path, calls := range callsOf(t, "Reveal") {
		owner := allowedBy(path)
		if owner == "" {
			t.Errorf("%s calls Reveal (%s) and is not on the list in reveal_test.go", path, strings.Join(calls, ", "))
		}
		used[owner] = true
	}
	for listed := range revealers() {
		if !used[listed] {
			t.Errorf("%s is on the list and reveals nothing: take it off", listed)
		}
	}
}

func allowedBy(path string) string {
	for listed := range revealers() {
		if path == listed || strings.HasSuffix(listed, "/") && strings.HasPrefix(path, listed) {
			return listed
		}
	}
	return ""
}

// root is the top of the repository.
const root = "../.."

// callsOf finds, outside of tests, every file that uses a method of that name, with the lines. A method value counts as well
// as a call; the key of the same name in a key map does not.
func callsOf(t *testing.T, name string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == name && !ofKeyMap(s.X) {
				at, name := files.Position(s.Pos()), strings.TrimPrefix(filepath.ToSlash(path), root+"/")
				found[name] = append(found[name], fmt.Sprintf("line %d", at.Line))
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatalf("nothing calls %s: this test looks in the wrong place", name)
	}
	return found
}

// ofKeyMap tells whether an expression is called like a key map: k, keys, env.Keys.
func ofKeyMap(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == "k" || x.Name == "keys"
	case *ast.SelectorExpr:
		return x.Sel.Name == "Keys" || x.Sel.Name == "keys"
	}
	return false
}
