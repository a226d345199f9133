package main

import (
	"context"
	"slices"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// baseline is what the version in force passes, to compare a new one with.
type baseline struct {
	// is tells whether there is a version in force.
	is      bool
	results []client.Result
	// account is the code of the account that it belongs to, as far as that is known.
	account string
}

// baseline tests the version in force with its profile's own plan. Where that no longer works, what its last check said
// has to do: a client secret that was generated anew may have ended the old one at once.
func (s swap) baseline(ctx context.Context, record credstore.Record) baseline {
	if record.Active == nil {
		return baseline{}
	}
	entry, known, err := s.vault.Lookup(s.name)
	b := baseline{is: true}
	if err == nil && known && entry.Account != nil {
		b.account = entry.Account.Code
	}
	t, err := inForceTarget(record)
	if err != nil {
		return b // its integration is one of a later version
	}
	o := s.a.checkEach(ctx, []target{t}, 1, false)[0]
	if client.Judge(o.results).Accepted && ctx.Err() == nil {
		// It is also what a later try has to compare with, should this version stop meanwhile.
		s.a.unlisted(s.name, s.vault.RecordCheck(s.name, o.summary()))
		s.a.note("%s: what is in force was tested, to compare with: %s", s.name, counted(o.summary()))
		b.results = o.results
		if account := o.account(); account != nil && account.Code != "" {
			b.account = account.Code
		}
		return b
	}
	last := entry.Baseline()
	if known {
		b.results = lifecycle.Results(last, t.plan)
	}
	if ctx.Err() != nil {
		return b
	}
	compared := "nothing is known of what it passed"
	if len(b.results) > 0 {
		compared = "the new version is compared with its check of " + last.At.Local().Format(time.DateTime)
	}
	s.a.say("%s: what is in force does not work now (%s); %s", s.name, oneLine(o.trouble()), compared)
	return b
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

// verdict is whether a version that was tested may be put in force.
type verdict struct {
	ok bool
	// why says why not.
	why string
	// anyway tells that the person may decide otherwise.
	anyway     bool
	difference client.Difference
	// failed are the checks that failed and of which it is not known whether they failed before.
	failed []client.Result
}

// judge decides about a new version: it must pass everything that the one in force passes, and fail nothing that it is not
// known to fail. anyway takes it as it is, unless Mimecast refused it or never came to look at it.
func (b baseline) judge(o outcome, anyway bool) verdict {
	j := client.Judge(o.results)
	v := verdict{difference: client.Compare(b.results, o.results)}
	v.failed = unknownBefore(o.results, v.difference)
	switch {
	case o.err != nil:
		v.why = "the new version could not be tested: " + oneLine(o.trouble())
	case j.Canceled:
		v.why = "the new version was not tested to the end"
	case j.Refused:
		v.why = "Mimecast refused the new version: " + oneLine(o.trouble())
	case !j.Accepted, !client.Confirmed(o.results):
		// A token alone proves nothing: a call that reads data has to be answered by Mimecast.
		v.why = "the new version could not be tested: " + oneLine(o.trouble())
	case anyway:
		v.ok = true
	case b.otherAccount(o) != "":
		v.why, v.anyway = b.otherAccount(o), true
	case v.difference.Worse():
		v.why, v.anyway = "the new version lacks what the one in force passes", true
	case j.NothingWorks && j.Failed == 0:
		v.why, v.anyway = "every call that the product makes failed", true
	case len(v.failed) > 0 && b.is:
		v.why, v.anyway = "the new version fails what the one in force is not known to fail", true
	case len(v.failed) > 0:
		v.why, v.anyway = "not every check of the new version passed", true
	default:
		v.ok = true
	}
	return v
}

// otherAccount says that a new version belongs to another account; "" when it does not, or when that is not known.
func (b baseline) otherAccount(o outcome) string {
	now := o.account()
	if b.account == "" || now == nil || now.Code == "" || now.Code == b.account {
		return ""
	}
	return "the new version is of the account " + now.Code + ", and the one in force of " + b.account
}

// unknownBefore are the failed checks that are no part of a difference.
func unknownBefore(results []client.Result, d client.Difference) []client.Result {
	known := map[string]bool{}
	for _, c := range slices.Concat(d.Lost, d.Still) {
		known[c.After.ID] = true
	}
	var failed []client.Result
	for _, r := range results {
		if r.State == client.Failed && !known[r.ID] {
			failed = append(failed, r)
		}
	}
	return failed
}

// sayVerdict says check by check what a new version lacks, where the person may take it all the same.
func (a *app) sayVerdict(v verdict) {
	for _, c := range v.difference.Lost {
		a.say("%s: passed, now %s: %s", c.After.Title, c.After.State, oneLine(inWords(c.After)))
	}
	for _, r := range v.failed {
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
