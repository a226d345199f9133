package lifecycle

import (
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// TestResultsOfASummary: what a summary keeps comes back, with the plan's titles; a check that the plan lacks is called by its id.
func TestResultsOfASummary(t *testing.T) {
	t.Parallel()
	if got := Results(nil, client.Plan{}); got != nil {
		t.Errorf("nothing was checked: %+v", got)
	}
	plan := client.Plan{Probes: []client.Probe{{ID: "logs", Title: "Read the logs"}}}
	at := time.Unix(5, 0)
	account := client.Account{Name: "Example", Code: "C1", Region: "eu"}
	sum := Summary([]client.Result{
		{ID: client.CheckCredentials, State: client.Passed, Account: &account},
		{ID: "logs", State: client.Failed, Kind: client.MissingPermission, HTTPStatus: 403, Code: "app_forbidden", Message: "never kept"},
		{ID: "of-before", State: client.Skipped},
		{ID: "mail", State: client.Warning, Kind: client.RateLimited, HTTPStatus: 429, Code: "limit"},
		{ID: "users", State: client.Passed, HTTPStatus: 200, Code: "fine"},
	}, at)
	if !sum.At.Equal(at) || sum.OK || sum.Passed != 2 || sum.Warnings != 1 || sum.Failed != 1 || sum.Skipped != 1 || sum.Account == nil || *sum.Account != (credstore.AccountName{Name: "Example", Code: "C1", Region: "eu"}) {
		t.Errorf("the summary: %+v", sum)
	}
	got := Results(&sum, plan)
	if len(got) != 5 || got[1].Title != "Read the logs" || got[1].State != client.Failed || got[1].Kind != client.MissingPermission || got[1].HTTPStatus != 403 ||
		got[1].Code != "app_forbidden" || got[1].Message != "" || got[2].Title != "Of before" {
		t.Errorf("the results: %+v", got)
	}
	if got[3].HTTPStatus != 429 || got[3].Code != "limit" || got[4].HTTPStatus != 0 || got[4].Code != "" {
		t.Errorf("a warning has its status, what passed needs none: %+v", got[3:])
	}
}
