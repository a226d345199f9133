package credstore_test

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// TestTheListKnowsTheChecksOfEachVersion: a check is noted with the version that it was of, goes with it when it changes its place, and
// is forgotten with it, or when it is staged once more.
func TestTheListKnowsTheChecksOfEachVersion(t *testing.T) {
	t.Parallel()
	v := credstore.NewVault(credstore.NewIndex(t.TempDir()), time.Now, credstore.NewMemory())
	p := credstore.Profile{Name: "acme", API: client.API20, Endpoint: client.Endpoint{BaseURL: "https://api.services.mimecast.com"}}
	stage := func(id string) string {
		t.Helper()
		r, err := v.Stage(t.Context(), "memory", p, client.OAuth{ClientID: id, ClientSecret: secret.New("s")}, credstore.Pasted)
		if err != nil {
			t.Fatal(err)
		}
		return r.Pending.ID
	}
	note := func(version string, failed int) credstore.CheckSummary {
		t.Helper()
		sum := credstore.CheckSummary{Version: version, At: time.Now(), Failed: failed, OK: failed == 0}
		if err := v.RecordCheck("acme", sum); err != nil {
			t.Fatal(err)
		}
		return sum
	}
	// wants are how many checks failed of the current, the pending and the previous version; -1 where nothing is known.
	wants := func(when string, current, pending, previous int) {
		t.Helper()
		e, _, err := v.Lookup("acme")
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []int{current, pending, previous} {
			got := -1
			if sum := []*credstore.CheckSummary{e.LastCheck, e.PendingCheck, e.PreviousCheck}[i]; sum != nil {
				got = sum.Failed
			}
			if got != want {
				t.Errorf("%s: %d failed of version %d, want %d", when, got, i, want)
			}
		}
	}
	first := stage("first")
	wants("staged", -1, -1, -1)
	note(first, 1)
	wants("refused", 1, 1, -1)
	stage("first")
	wants("staged again", 1, -1, -1)
	if _, err := v.Activate(t.Context(), "acme", note(first, 0)); err != nil {
		t.Fatal(err)
	}
	wants("activated", 0, -1, -1)
	second := stage("second")
	note(first, 2)
	note(second, 3)
	wants("a refused one beside", 2, 3, -1)
	if s, is := v.Noted("acme"); !is || s.Listed == nil || s.Listed.PendingCheck == nil {
		t.Errorf("the unfinished change does not know it: %+v", s)
	}
	if list, err := v.Unfinished(); err != nil || len(list) != 1 || list[0].Listed == nil || list[0].Listed.PendingCheck.Failed != 3 {
		t.Errorf("nor does the list of them: %+v, %v", list, err)
	}
	if _, err := v.Activate(t.Context(), "acme", note(second, 0)); err != nil {
		t.Fatal(err)
	}
	wants("the checks go with the version", 0, -1, 2)
	note(first, 4)
	wants("the previous one tested", 0, -1, 4)
	if _, err := v.Rollback(t.Context(), "acme", note(first, 5)); err != nil {
		t.Fatal(err)
	}
	wants("rolled back", 5, -1, 0)
	if _, err := v.Rename(t.Context(), "acme", "beta"); err == nil {
		t.Error("renamed before it was confirmed")
	}
	note("another one", 9)
	wants("of no version", 5, -1, 0)
}
