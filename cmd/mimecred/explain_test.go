package main

import (
	"strings"
	"testing"

	"mimecred/client"
)

// TestExplainEveryKind: each kind of failure has its entry, as plain text that fits the width.
func TestExplainEveryKind(t *testing.T) {
	t.Parallel()
	for _, kind := range client.Kinds() {
		got := call(t, nil, "", "explain", string(kind))
		if got.code != 0 || !strings.HasPrefix(got.out, "Exit ") {
			t.Errorf("%s: %d %q %q", kind, got.code, got.out, got.err)
		}
		if mark := strings.ContainsAny(got.out, "`[]#"); mark {
			t.Errorf("%s: marks of Markdown in %q", kind, got.out)
		}
	}
	for _, line := range strings.Split((look{width: 40}).page("One two three four five six seven eight nine ten.\n\n* a list whose only item is longer than a line\n  and goes on"), "\n") {
		if len(line) > 40 {
			t.Errorf("%q is too wide", line)
		}
	}
}

// TestExplainWhatIsNoKind names what there is, and what may have been meant.
func TestExplainWhatIsNoKind(t *testing.T) {
	t.Parallel()
	got := call(t, nil, "", "explain", "missing_permision")
	if got.code != exitUsage || !strings.Contains(got.err, "did you mean: missing_permission") || !strings.Contains(got.err, "invalid_credentials, ") {
		t.Errorf("%d %q", got.code, got.err)
	}
}
