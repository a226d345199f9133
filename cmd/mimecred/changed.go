package main

import (
	"context"
	"errors"
	"strings"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// activated is the end of a change whose version is current.
func (c *change) activated(ctx context.Context, out lifecycle.Outcome) error {
	if out.Resumed.Phase == credstore.Activated { // nothing but the confirmation was called
		c.o.profile = out.Change.Profile()
		c.o.plan, _ = planFor(c.o.profile, "")
		c.o.duration = c.a.now().Sub(c.o.started)
		c.a.replay(c.o, !c.json)
	}
	end := c.unconfirmed(ctx, out)
	switch c.kind {
	case settingUp:
		c.a.forgetUnfinished(c.name)
		c.a.note("%s is saved %s", c.name, out.Change.Location)
		c.noteKept(out.Previous)
	case rollingBack:
		c.a.note("%s: the previous version is current again", c.name)
		if out.Confirmation == nil {
			c.a.say("%s: Mimecast does not accept what is current now", c.name)
		} else {
			c.a.note("hint: what uses the credential needs the previous values again: mimecred handoff %s", c.name)
		}
		c.noteKept(out.Previous)
	case checking: // see conclude
	case rotating, resuming:
		if out.Resumed.Phase == credstore.Confirmed || out.Resumed.Phase == credstore.LoggingOut {
			return c.ended(out) // nothing was tested
		}
		if end == nil {
			c.a.note("%s: the new version is current %s, and a live call confirmed it", c.name, out.Change.Location)
			end = c.ended(out)
			c.a.note("hint: what uses the credential needs the new values: mimecred handoff %s", c.name)
		}
	}
	return c.printed(end)
}

// unconfirmed is the failure of a version that is current, and could not be seen to work there; nil when it was.
func (c *change) unconfirmed(ctx context.Context, out lifecycle.Outcome) error {
	got := out.Confirmation
	switch {
	case out.End == lifecycle.Finished:
		return nil
	case got == nil: // a roll back to what Mimecast does not accept
		return silent(c.o.exit())
	case ctx.Err() != nil:
		return &failure{
			code: exitInterrupted, err: errors.New("interrupted: the new version of " + c.name + " is current, and not confirmed"),
			hints: []string{"mimecred check " + c.name + " confirms it"},
		}
	}
	f := &failure{code: exitStore, err: sentence(got.Problem, errUnconfirmed)}
	if len(got.Results) > 0 {
		if f.code = (outcome{results: got.Results}).exit(); f.code == exitDone {
			f.code = exitUnjudged // what may fail by itself did, and nothing else was called
		}
	}
	for _, next := range lifecycle.Reconfirm(c.name, *got, out.Change.PreviousKept) {
		f.hints = append(f.hints, hints(next)...)
	}
	return f
}

var errUnconfirmed = errors.New("the current version is not confirmed")

// ended says what became of the version that was replaced.
func (c *change) ended(out lifecycle.Outcome) error {
	if e, known, err := c.vault.Lookup(c.name); known && err == nil {
		c.a.noteOldCopies(e)
	}
	_, keys := out.Change.PreviousKeys()
	switch {
	case out.Unretired != nil:
		return c.a.unretired(c.name, keys && out.Change.RetirePrevious, out.Unretired)
	case out.Retired == lifecycle.Kept && out.Resumed.Phase == credstore.LoggingOut && !out.Change.RetirePrevious:
		c.a.note("hint: %s ends it", lifecycle.Advise(out.Resumed, true).Command)
	case out.Retired == lifecycle.Kept:
		c.noteKept(out.Previous)
	case out.Retired != lifecycle.RetireUndecided:
		c.a.noteRetired(c.name, out.Retired, out.Ended, keys)
	}
	return nil
}

// noteKept says what there is to do with a previous version; nil for none.
func (c *change) noteKept(previous *credstore.Version) {
	e, known, err := c.vault.Lookup(c.name)
	if !known || err != nil {
		e = credstore.Entry{Name: c.name}
	}
	if fact, advice := lifecycle.KeptWords(e, previous, c.a.now()); fact != "" {
		if c.kind == rollingBack { // the one that is current again was called previous a moment ago
			fact = strings.Replace(fact, "The previous version", "The version that was current until now", 1)
		}
		c.a.note("%s: %s", c.name, lifecycle.Clause(fact))
		c.a.note("hint: %s", advice)
	}
}

// trouble is the first thing that is wrong with an outcome, in words.
func (o outcome) trouble() string {
	if o.err != nil {
		return explainAny(o.err).Error()
	}
	return lifecycle.Trouble(o.results)
}

// sayJudgement says check by check what a new version lacks, where the person may use it all the same.
func (a *app) sayJudgement(j lifecycle.Judgement) {
	for _, line := range j.Against() {
		a.say("%s", oneLine(line))
	}
}
