package lifecycle

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
)

// TestExplainTest: a test that was called off says so, and one that could not be made says where that is mended.
func TestExplainTest(t *testing.T) {
	t.Parallel()
	cannot := &CannotCheckError{Problem: "It has no CA file.", Fix: "Choose another.", At: client.WhereConnection, Err: errors.New("no file")}
	problem, fix := ExplainTest("acme", cannot)
	if problem != "It has no CA file." || !strings.HasPrefix(fix, "Choose another. mimecred edit acme") {
		t.Errorf("cannot: %q, %q", problem, fix)
	}
	for _, err := range []error{context.Canceled, context.DeadlineExceeded} {
		if problem, fix = ExplainTest("acme", err); !strings.Contains(problem, "stopped") || fix != "Try again." {
			t.Errorf("%v: %q, %q", err, problem, fix)
		}
	}
	stored := &credstore.Error{Kind: credstore.Locked, Op: "read acme"}
	problem, fix = ExplainTest("acme", stored)
	if p, f := credstore.Explain(stored); problem != p || fix != f {
		t.Errorf("the store: %q, %q", problem, fix)
	}
}
