package catalog

import (
	"strings"
	"testing"

	"mimecred/client"
)

// Every entry for API 1.0 names the entry of the same product for API 2.0, or says that there is none. Mimecast makes no new
// applications of API 1.0 (KB 39704312201235).
func TestEveryLegacyEntryHasASuccessor(t *testing.T) {
	for _, i := range Integrations() {
		if i.API == client.API20 {
			if i.Successor != "" || i.NoSuccessor != "" {
				t.Errorf("%s is of API 2.0 and has a successor", i.ID)
			}
			continue
		}
		if (i.Successor == "") == (i.NoSuccessor == "") {
			t.Errorf("%s: successor %q, no successor %q", i.ID, i.Successor, i.NoSuccessor)
		}
		if i.NoSuccessor != "" && !strings.HasSuffix(i.NoSuccessor, ".") {
			t.Errorf("%s: %q is no sentence", i.ID, i.NoSuccessor)
		}
		if i.Successor == "" {
			continue
		}
		next, ok := Lookup(i.Successor)
		if !ok || next.API != client.API20 || !sameMaker(next.Vendor, i.Vendor) {
			t.Errorf("%s: %q is no entry of API 2.0 of the same maker", i.ID, i.Successor)
		}
		r, err := RequirementsFor(Selection{Integrations: []string{i.ID}})
		if err != nil || !strings.Contains(r.Integrations[0].Next(), "("+i.Successor+")") {
			t.Errorf("%s: %v %+v", i.ID, err, r.Integrations)
		}
	}
}

func sameMaker(a, b string) bool { return a == b || strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

func TestSuccessorMustBeThere(t *testing.T) {
	const entry = `{"integrations":[{"id":"a","api":"1.0","successor":"b"},{"id":"b","api":"%"}]}`
	for api, fine := range map[string]bool{"2.0": true, "1.0": false} {
		if _, err := parse([]byte(strings.Replace(entry, "%", api, 1))); (err == nil) != fine {
			t.Errorf("a successor of API %s: %v", api, err)
		}
	}
	if _, err := parse([]byte(`{"integrations":[{"id":"a","api":"1.0","successor":"gone"}]}`)); err == nil {
		t.Error("a successor that is not there is taken")
	}
}
