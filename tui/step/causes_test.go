package step_test

import (
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/step"
)

// TestCausesNameTheKey: every failure that there may be says the cause, Mimecast's words, what to do and the key that starts it.
func TestCausesNameTheKey(t *testing.T) {
	t.Parallel()
	for _, api := range []client.API{client.API20, client.API10} {
		for _, kind := range client.Kinds() {
			results := client.Recall([]client.Result{{
				ID: "message-finder.search", Title: "Message finder", State: client.Failed, Kind: kind, HTTPStatus: 403, Code: "app_forbidden", Message: "No permission",
			}}, api, client.History{})
			list := step.Causes(results, lifecycle.Held{Current: true}.Keys(lifecycle.WayNames{Edit: "e", Rotate: "r", Test: "t"}))
			if len(list) != 1 {
				t.Errorf("%s, API %s: %d causes", kind, api, len(list))
				continue
			}
			c := list[0]
			if !strings.HasPrefix(c.Why, "Message finder: ") || c.Said != "Mimecast says: HTTP 403, app_forbidden, No permission" || strings.Contains(c.Fix, "mimecred ") {
				t.Errorf("%s, API %s: %+v", kind, api, c)
			}
			if c.Fix != "" && !strings.Contains(c.Fix, "t tests it again.") && !strings.Contains(c.Fix, "e changes ") && !strings.Contains(c.Fix, "r re") {
				t.Errorf("%s, API %s: no key: %s", kind, api, c.Fix)
			}
		}
	}
}
