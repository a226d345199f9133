package lifecycle

import (
	"slices"
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

// Selection is what a profile's application is for, as the catalogue asks for it.
func Selection(p credstore.Profile) catalog.Selection {
	s := catalog.Selection{API: p.API, Domain: p.InternalDomain, Features: p.Features}
	if p.Integration != "" {
		s.Integrations = append([]string{p.Integration}, p.Also...)
	}
	return s
}

// confirmPlan is the live call that confirms a credential of a profile once it is current: the account, and for products that
// do not read the account the first of their own calls. A profile whose product is not known here has the account alone.
func confirmPlan(p credstore.Profile) client.Plan {
	plan, _, err := catalog.PlanFor(Selection(p))
	if err != nil {
		plan = client.Plan{Domain: p.InternalDomain}
	}
	return plan.Confirming()
}

// Share is another use of an application.
type Share struct {
	// Profile is the name of the profile that uses it, "" for an integration of the same profile.
	Profile     string
	Integration string
}

// Shares are the other uses of a profile's application that are known: its own further integrations, and the profiles that
// have the same identifier.
func Shares(p credstore.Profile, own credstore.Entry, entries []credstore.Entry) []Share {
	var list []Share
	for _, id := range p.Also {
		list = append(list, Share{Integration: id})
	}
	for _, e := range entries {
		if own.SharesWith(e) {
			list = append(list, Share{Profile: e.Name, Integration: e.Integration})
		}
	}
	return slices.Clip(list)
}

// Words say a share as a person would: "Axonius (profile other)".
func (s Share) Words() string {
	name := s.Integration
	if i, ok := catalog.Lookup(s.Integration); ok {
		name = i.Name
	}
	switch {
	case s.Profile == "":
		return name
	case name == "":
		return "the profile " + s.Profile
	default:
		return name + " (profile " + s.Profile + ")"
	}
}
