package lifecycle

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
)

// rollBack tests the previous version, and makes it current again.
func (r *run) rollBack(ctx context.Context) error {
	name := r.out.Change.Name
	if err := r.read(ctx); err != nil {
		return err
	}
	if err := BeingRenamed(r.found.Change); err != nil {
		return err
	}
	previous := r.record.Previous
	if previous == nil {
		return noPrevious(name)
	}
	r.out.Change = before(r.record, r.found.Entry, r.Vault.Location(r.found.Entry.Store, name))
	err := r.test(ctx, previous)
	c := &r.out.Change
	r.out.Judgement, r.out.Untestable = c.Judgement(), err
	accepted := client.Confirmed(c.Results)
	goesOn := ctx.Err() == nil && (accepted || r.policy.Anyway)
	r.tell(Judged{r.out.Judgement, goesOn})
	if !goesOn {
		r.noteTried(*c, c.Results, r.Now(), r.tell)
		return ctx.Err() //nolint:wrapcheck // a context's error says it all
	}
	if err := r.activate(ctx); err != nil || !accepted { // otherwise there is nothing to confirm
		return err
	}
	r.confirm(ctx)
	return nil
}

// before is the roll back to the previous version of a record.
func before(record credstore.Record, entry credstore.Entry, location string) Change {
	c := of(record, record.Previous, entry)
	c.Purpose, c.Replaces, c.Location = RollingBack, true, location
	c.Replaced.ID, c.StagedCredential = record.Previous.ID, record.Previous.Credential
	if last := lastJudged(entry); last != nil {
		c.Replaced.Results, c.Replaced.CheckedAt = Results(last, client.Plan{}), last.At
	}
	return c
}

// lastJudged is the last test in which Mimecast judged the current version: what rolling back loses or gains. One that was cut off,
// or did not reach Mimecast, says nothing of it.
func lastJudged(e credstore.Entry) *credstore.CheckSummary {
	if v := client.Judge(Results(e.LastCheck, client.Plan{})); v.Accepted || v.Refused {
		return e.LastCheck
	}
	return e.Baseline()
}

// noPrevious is the error of a profile without a version to roll back to.
func noPrevious(name string) error {
	return &credstore.Error{Kind: credstore.NotFound, Op: "find the previous version of " + name, Err: ErrNoPrevious}
}
