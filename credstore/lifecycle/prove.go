package lifecycle

import (
	"context"
	"errors"
	"fmt"

	"mimecred/client"
	"mimecred/credstore"
)

// compare tests the current version with its profile's own plan, to compare the new one with. Where that no longer works, what
// its last check said has to do: a client secret that was generated anew may have ended the current one at once.
func (r *run) compare(ctx context.Context) {
	c, current := &r.out.Change, r.record.Current
	if current == nil {
		return
	}
	c.Replaced.ID, c.Replaced.Credential = current.ID, current.Credential
	if r.found.Entry.Account != nil {
		c.Replaced.Account = r.found.Entry.Account.Code
	}
	var err error
	if r.found.Plan, err = r.Plan(Selection(r.record.ProfileOf(current))); err != nil {
		return // its integration is one of a later version
	}
	compared := Compared{}
	*c, compared.Results = r.TestCurrent(ctx, r.found, *c, r.unchecked)
	if ctx.Err() != nil {
		return
	}
	v := client.Judge(compared.Results)
	if v.Accepted {
		if v.Account != nil && v.Account.Code != "" {
			c.Replaced.Account = v.Account.Code
		}
	} else if last := r.found.Entry.Baseline(); last != nil {
		c.Replaced.Results, c.Replaced.CheckedAt = Results(last, r.found.Plan), last.At
		compared.Last = last.At
	}
	r.tell(compared)
}

// unchecked tells everything but checks.
func (r *run) unchecked(e Event) {
	if _, check := e.(Checked); check {
		return
	}
	if _, early := e.(Foreseen); early {
		return
	}
	r.tell(e)
}

// test checks the current or the previous version with the plan of its own profile: it may be at another host.
func (r *run) test(ctx context.Context, v *credstore.Version) error {
	p := r.record.ProfileOf(v)
	plan, err := r.Plan(Selection(p))
	if err != nil {
		return unknownProduct(err)
	}
	r.tell(Planned{Steps: plan.Steps(), Profile: p})
	r.out.Change.Results, err = r.check(ctx, p.Endpoint, v.Credential, plan, r.policy.Patience, r.tell)
	return err
}

// prove checks the version that is staged, unless that was just done, and activates it when it is good enough.
func (r *run) prove(ctx context.Context) error {
	c := &r.out.Change
	var err error
	if c.Results == nil {
		err = r.checkStaged(ctx)
	}
	r.out.Judgement = c.Judgement()
	goesOn := err == nil && ctx.Err() == nil && (r.out.Judgement.Passes() || r.policy.Anyway && r.out.Judgement.MayAnyway())
	r.tell(Judged{r.out.Judgement, goesOn})
	if !goesOn {
		return r.refuse(ctx, err)
	}
	c.Anyway = !r.out.Judgement.Passes()
	if err := r.activate(ctx); err != nil {
		return err
	}
	return r.confirmAndRetire(ctx)
}

// confirmAndRetire is what follows once the version is current. The previous one is kept where it could not be confirmed.
func (r *run) confirmAndRetire(ctx context.Context) error {
	if r.confirm(ctx); r.out.End != Finished {
		return nil
	}
	return r.retire(ctx)
}

func (r *run) checkStaged(ctx context.Context) error {
	c := &r.out.Change
	plan, err := r.Plan(c.Selection())
	if err != nil {
		return unknownProduct(err)
	}
	r.tell(Planned{Steps: plan.Steps(), Pending: true, Profile: c.Profile()})
	c.Results, err = r.check(ctx, c.Endpoint(), c.StagedCredential, plan, r.policy.Patience, r.tell)
	return err
}

// refuse ends a change whose version is not good enough. A set-up leaves nothing behind, except keys that nobody else has.
func (r *run) refuse(ctx context.Context, err error) error {
	c := &r.out.Change
	if cannot := (*CannotCheckError)(nil); errors.As(err, &cannot) {
		r.out.Untestable = err
	}
	if c.Purpose == SettingUp && c.Source() != credstore.Created && !r.policy.Resume {
		if err := r.Discard(context.WithoutCancel(ctx), *c, r.tell); err != nil {
			return fmt.Errorf("remove the refused credential of %s again: %w", c.Name, err)
		}
		r.out.End = Discarded
	}
	if r.out.End == KeptPending && ctx.Err() == nil {
		r.noteTried(*c, c.Results, r.Now(), r.tell)
	}
	return ctx.Err() //nolint:wrapcheck // a context's error says it all
}

// activate makes the version current.
func (r *run) activate(ctx context.Context) error {
	activated, record, err := r.Service.activate(ctx, r.out.Change, r.tell)
	if err != nil {
		return err
	}
	r.out.Change, r.out.End = activated, Unconfirmed
	r.stored(record)
	return nil
}

// stored keeps what the store has now that the version is current.
func (r *run) stored(record credstore.Record) {
	r.record, r.out.Previous = record, record.Previous
	if record.Previous != nil {
		r.out.Change.PreviousKept, r.out.Retired = true, Kept
	}
}

// confirm makes a live call with what is current.
func (r *run) confirm(ctx context.Context) {
	got, record := r.Service.confirm(ctx, r.out.Change, r.tell)
	r.out.Confirmation = &got
	r.out.Change.Confirmed, r.out.Change.Confirmation = got.OK, got.Results
	if record.Current != nil {
		r.stored(record)
	}
	if got.OK {
		r.out.End = Finished
	}
}

// retire does with the previous version what was asked for. It is kept where that fails.
func (r *run) retire(ctx context.Context) error {
	c, how := &r.out.Change, r.ending()
	switch {
	case r.out.Previous == nil:
		return r.Finish(c.Name, r.tell)
	case how == LoggedOut:
		keys, _ := r.record.PreviousKeys()
		r.tell(LoggingOut{keys.ApplicationID, r.Sharing(r.record)})
	case how == Kept && c.Purpose != Rotating && !r.policy.Resume:
		return nil // confirming has ended the change
	}
	done, end, err := r.Retire(ctx, c.Name, r.out.Previous.ID, how, r.tell)
	if err != nil {
		r.out.Unretired = err
		return nil
	}
	if r.out.Retired, r.out.Ended = done, end; done != Kept {
		r.out.Previous = nil
	}
	return nil
}

// ending is what is to become of the previous version.
func (r *run) ending() Retired {
	c := r.out.Change
	switch {
	case r.policy.KeepPrevious:
		return Kept
	case c.RetirePrevious:
		if _, keys := r.record.PreviousKeys(); keys {
			return LoggedOut
		}
		return Forgotten
	case c.KeepFor() == 0 && c.Kind() == credstore.Rotation:
		return Forgotten
	default:
		return Kept
	}
}
