package lifecycle_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// changers are the methods of the vault that change a profile, or note what is about to happen at Mimecast.
func changers() []string {
	return []string{
		"Begin", "Note", "End", "Renewed", "Stage", "Activate", "Rollback", "Retire", "Delete", "Rename", "Update", "Sweep", "RecordCheck", "Transfer",
	}
}

// TestOnlyTheLifecycleChangesProfiles: what changes a profile is called in one package, so that its rules, its deadlines and its
// order are there once. Whoever needs one of these calls lifecycle.Service.
func TestOnlyTheLifecycleChangesProfiles(t *testing.T) {
	t.Parallel()
	for _, root := range []string{"../../cmd", "../../tui"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, is := n.(*ast.CallExpr)
				if !is {
					return true
				}
				method, is := call.Fun.(*ast.SelectorExpr)
				if is && slices.Contains(changers(), method.Sel.Name) && isVault(method.X) {
					t.Errorf("%s calls %s of the vault: the lifecycle does that", files.Position(call.Pos()), method.Sel.Name)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// isVault tells whether an expression is called as vaults and lists of profiles are everywhere.
func isVault(x ast.Expr) bool {
	name := ""
	switch x := x.(type) {
	case *ast.Ident:
		name = x.Name
	case *ast.SelectorExpr:
		name = x.Sel.Name
	}
	return slices.Contains([]string{"vault", "profiles", "lasting", "passing"}, strings.ToLower(name))
}
