package step_test

import (
	"testing"

	"mimecred/client/secret"
	"mimecred/tui/step"
)

// TestWeakPassphrase warns of a short one of one word, where it is chosen.
func TestWeakPassphrase(t *testing.T) {
	for text, weak := range map[string]bool{"a": true, "hunter2": true, "elevenchars": true, "twelve-chars": false, "a b": false, "correct horse battery": false} {
		for _, q := range []step.PassphraseQuestion{{New: true}, {New: true, Change: true}, {}} {
			if got := q.WeakPassphrase(secret.New(text)) != ""; got != (weak && q.New) {
				t.Errorf("%q, new %t: %t", text, q.New, got)
			}
		}
	}
}
