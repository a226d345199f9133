package lifecycle

import (
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// Summary is what the list of profiles keeps of a run of checks.
func Summary(results []client.Result, at time.Time) credstore.CheckSummary {
	v := client.Judge(results)
	s := credstore.CheckSummary{At: at, OK: v.OK, Passed: v.Passed, Warnings: v.Warnings, Failed: v.Failed, Skipped: v.Skipped}
	if v.Account != nil {
		s.Account = &credstore.AccountName{Name: v.Account.Name, Code: v.Account.Code, Region: v.Account.Region}
	}
	for _, r := range results {
		s.Checks = append(s.Checks, credstore.CheckState{ID: r.ID, State: r.State, Kind: r.Kind})
	}
	return s
}

// Results are the results that a summary tells of, with nothing but id, state and kind; titles are those of the plan.
func Results(s *credstore.CheckSummary, plan client.Plan) []client.Result {
	if s == nil {
		return nil
	}
	titles := map[string]string{}
	for _, step := range plan.Steps() {
		titles[step.ID] = step.Title
	}
	var list []client.Result
	for _, c := range s.Checks {
		r := client.Result{ID: c.ID, Title: titles[c.ID], State: c.State, Kind: c.Kind}
		if r.Title == "" {
			r.Title = c.ID
		}
		list = append(list, r)
	}
	return list
}
