package main

import (
	"context"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// testOld tests the current version with its profile's own plan, to compare the new one with. Where that no longer works, what
// its last check said has to do: a client secret that was generated anew may have ended the old one at once.
func (s *swap) testOld(ctx context.Context, record credstore.Record) {
	if record.Active == nil {
		return
	}
	entry, known, err := s.vault.Lookup(s.change.Name)
	if err != nil || !known {
		entry = credstore.Entry{}
	}
	found := lifecycle.Found{Name: s.change.Name, Record: record, Entry: entry}
	s.change.Old.ID, s.change.Old.Credential = record.Active.ID, record.Active.Credential
	if entry.Account != nil {
		s.change.Old.Account = entry.Account.Code
	}
	t, err := inForceTarget(record)
	if err != nil {
		return // its integration is one of a later version
	}
	found.Plan = t.plan
	before, results := s.TestOld(ctx, found, s.change, s.a.tell)
	s.change = before
	v := client.Judge(results)
	if v.Accepted && ctx.Err() == nil {
		s.a.note("%s: what is in force was tested, to compare with: %s", s.change.Name, counted(lifecycle.Summary(results, s.a.now())))
		if v.Account != nil && v.Account.Code != "" {
			s.change.Old.Account = v.Account.Code
		}
		return
	}
	last := entry.Baseline()
	if last != nil {
		s.change.Old.Results, s.change.Old.CheckedAt = lifecycle.Results(last, t.plan), last.At
	}
	if ctx.Err() != nil {
		return
	}
	compared := "nothing is known of what it passed"
	if len(s.change.Old.Results) > 0 {
		compared = "the new version is compared with its check of " + last.At.Local().Format(time.DateTime)
	}
	s.a.say("%s: what is in force does not work now (%s); %s", s.change.Name, oneLine(outcome{results: results}.trouble()), compared)
}

// judge judges the checks of the new version.
func (s *swap) judge(o outcome) lifecycle.Judgement {
	s.change.Results = o.results
	return s.change.Judgement()
}

// against says why a version that was tested is not put in use; "" when it is. anyway takes it as it is, unless Mimecast refused
// it or never came to look at it.
func (s *swap) against(j lifecycle.Judgement, o outcome, anyway bool) string {
	switch {
	case o.err != nil:
		return "the new version could not be tested: " + oneLine(o.trouble())
	case j.Passes(), anyway && mayAnyway(j):
		return ""
	}
	why := lifecycle.Clause(j.Sentence())
	if j.Finding == lifecycle.Refused || j.Finding == lifecycle.Untested {
		why += ": " + oneLine(o.trouble())
	}
	return why
}

// mayAnyway tells whether --anyway takes a version: never one that Mimecast refused or did not come to look at, since no script
// looks at that.
func mayAnyway(j lifecycle.Judgement) bool {
	return j.MayContinue() && j.Finding != lifecycle.Untested
}

// trouble is the first thing that is wrong with an outcome, in words.
func (o outcome) trouble() string {
	if o.err != nil {
		return explainAny(o.err).Error()
	}
	for _, r := range o.results {
		if r.State == client.Failed {
			return r.Title + ": " + inWords(r)
		}
	}
	return "not tested to the end"
}

// inWords is what a result that is not all right means, in one line.
func inWords(r client.Result) string {
	words := joinFilled(" ", r.Meaning, lifecycle.Verbatim(r.HTTPStatus, r.Code, r.Message))
	if words == "" {
		return r.Detail
	}
	return words
}

// sayJudgement says check by check what a new version lacks, where the person may take it all the same.
func (a *app) sayJudgement(j lifecycle.Judgement) {
	for _, c := range j.Lost {
		a.say("%s: passed, now %s: %s", c.After.Title, c.After.State, oneLine(inWords(c.After)))
	}
	for _, r := range j.Failed {
		a.say("%s: failed: %s", r.Title, oneLine(inWords(r)))
	}
}

// rotated is what came of a change.
type rotated struct {
	promoted, confirmed, renewed bool
	lost                         []client.Changed
	retired                      lifecycle.Retired
}

func (r *rotated) lostOnes() []client.Changed {
	if r == nil {
		return nil
	}
	return r.lost
}
