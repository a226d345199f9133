package lifecycle

import (
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
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
		c := credstore.CheckState{ID: r.ID, State: r.State, Kind: r.Kind}
		if r.State == client.Failed || r.State == client.Warning {
			c.Status, c.Code = r.HTTPStatus, r.Code
		}
		s.Checks = append(s.Checks, c)
	}
	return s
}

// Results are the results that a summary tells of, with their titles: of the plan, where it has them.
func Results(s *credstore.CheckSummary, plan client.Plan) []client.Result {
	if s == nil {
		return nil
	}
	titles := map[string]string{}
	for _, probe := range plan.Probes {
		titles[probe.ID] = probe.Title
	}
	var list []client.Result
	for _, c := range s.Checks {
		r := client.Result{ID: c.ID, Title: titles[c.ID], State: c.State, Kind: c.Kind, HTTPStatus: c.Status, Code: c.Code}
		if r.Title == "" {
			r.Title = catalog.CheckTitle(c.ID)
		}
		list = append(list, r)
	}
	return list
}
