package lifecycle

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// TestDifferenceInLines: what is lost says how it ended, what Mimecast said and what it needs; what is gained says what it was.
func TestDifferenceInLines(t *testing.T) {
	t.Parallel()
	changed := func(title string, before, after client.State) client.Changed {
		return client.Changed{Before: client.Result{Title: title, State: before}, After: client.Result{ID: title, Title: title, State: after}}
	}
	refused := changed("Logs", client.Passed, client.Failed)
	refused.After.Meaning, refused.After.HTTPStatus, refused.After.Code, refused.After.Permission = "Not allowed.", 403, "err_x", "Logs | Read"
	silent := changed("Feed", client.Passed, client.Warning)
	silent.After.Detail = "an empty file"
	d := client.Difference{Lost: []client.Changed{refused, silent}, Gained: []client.Changed{changed("Account", client.Failed, client.Passed)}}
	want := []DifferenceLine{
		{Text: "Logs: passed, now failed: Not allowed. HTTP 403, err_x; needs Logs | Read"},
		{Text: "Feed: passed, now warning: an empty file"},
		{Text: "Account: failed before, now passed", Gained: true},
	}
	if got := DifferenceLines(d); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if got := Gains(d); !slices.Equal(got, []string{want[2].Text}) {
		t.Errorf("gained: %q", got)
	}
	bare := client.Result{Title: "Clock", State: client.Failed}
	against := Judgement{Difference: d, Failed: []client.Result{bare}}.Against()
	if !slices.Equal(against, []string{want[0].Text, want[1].Text, "Clock: failed"}) {
		t.Errorf("against it: %q", against)
	}
	if none := DifferenceLines(client.Difference{}); none != nil {
		t.Errorf("no difference: %+v", none)
	}
}

// TestWhatItIsComparedWith: a current version that works is counted; of another one the first failure is told, and what is known of
// it from before.
func TestWhatItIsComparedWith(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local)
	passed := client.Result{ID: client.CheckCredentials, Title: "Credentials", State: client.Passed}
	warned := client.Result{ID: "feed", Title: "Feed", State: client.Warning, Meaning: "Not licensed."}
	failed := client.Result{ID: client.CheckReach, Title: "Reach", State: client.Failed, Meaning: "No answer."}
	for name, tt := range map[string]struct {
		compared Compared
		want     []string
	}{
		"works":          {Compared{Results: []client.Result{passed, warned, passed}}, []string{"The current version was tested, to compare with: 2 passed, 1 with a warning."}},
		"fails":          {Compared{Results: []client.Result{warned, failed}}, []string{"(Reach: No answer.)", "nothing is known of what it passed"}},
		"failed, known":  {Compared{Results: []client.Result{failed}, Last: at}, []string{"(Reach: No answer.)", "its check of 2026-11-22 10:00:00"}},
		"was not tested": {Compared{Results: []client.Result{warned}}, []string{"(not tested to the end)"}},
	} {
		got := tt.compared.Words()
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		if known := strings.Contains(got, "nothing is known"); known != (tt.compared.Last.IsZero() && name != "works") {
			t.Errorf("%s: %q", name, got)
		}
	}
	for want, sum := range map[string]credstore.CheckSummary{
		"":                    {},
		"1 passed":            {Passed: 1},
		"2 failed, 1 skipped": {Failed: 2, Skipped: 1},
		"3 passed, 1 with a warning, 2 failed, 4 skipped": {Passed: 3, Warnings: 1, Failed: 2, Skipped: 4},
	} {
		if got := Counted(sum); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
