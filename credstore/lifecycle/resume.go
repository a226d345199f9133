package lifecycle

import (
	"context"
	"errors"

	"mimecred/credstore"
)

// resume goes on with whatever change of the profile is not finished, from its phase on.
func (r *run) resume(ctx context.Context) error {
	asked := r.out.Change
	if err := r.read(ctx); err != nil {
		return err
	}
	noted := r.found.Change
	if !r.found.Unfinished {
		r.out.End = NothingUnfinished
		return nil
	}
	if err := BeingRenamed(noted); err != nil {
		return err
	}
	r.out.Resumed, r.out.Current = noted, r.record.Current != nil
	r.out.Change = unfinished(noted, asked)
	if r.out.Change.Store == "" { // it is pending although the journal does not say why
		r.out.Change.Store = r.found.Entry.Store
	}
	r.tell(Unfinished{noted})
	switch noted.Phase {
	case credstore.Staged:
		return r.resumeStaged(ctx, asked)
	case credstore.Activated:
		r.current(Unconfirmed)
		return r.confirmAndRetire(ctx)
	case credstore.Confirmed, credstore.LoggingOut:
		r.current(Finished)
		if noted.Phase == credstore.LoggingOut && !r.out.Change.RetirePrevious {
			return nil // whether the key is logged out is left to somebody who asks for that
		}
		return r.retire(ctx)
	default:
		r.out.End = NothingStored
		if len(noted.MayBeLost()) == 0 {
			r.Abandon(noted.Name)
		}
		return nil
	}
}

// unfinished is the change that the journal tells of. What was asked for now about the previous version goes before what was
// asked for then.
func unfinished(noted credstore.UnfinishedChange, asked Change) Change {
	c := Change{
		Purpose: PurposeOf(noted.Kind), Way: WayOf(noted.Kind), Name: noted.Name, Store: noted.Store, Keep: &noted.Keep, RetirePrevious: noted.Retire,
	}
	if asked.Keep != nil {
		c.Keep, c.RetirePrevious = asked.Keep, false
	}
	c.RetirePrevious = c.RetirePrevious || asked.RetirePrevious
	return c
}

// resumeStaged tests the pending version, unless that was just done, and activates it.
func (r *run) resumeStaged(ctx context.Context, asked Change) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	// Between the look and the beginning somebody else may have been there.
	if err := r.read(ctx); err != nil {
		return err
	}
	c, pending := &r.out.Change, r.record.Pending
	if pending == nil || asked.StagedVersion != "" && pending.ID != asked.StagedVersion {
		r.Abandon(c.Name)
		return &credstore.Error{Kind: credstore.Conflict, Op: "go on with " + c.Name, Err: errors.New("another program changed it meanwhile")}
	}
	*c, _ = c.ForPending(r.record, c.Store, r.Vault.Location(c.Store, c.Name))
	c.Results, r.out.End = asked.Results, KeptPending
	r.compare(ctx)
	return r.prove(ctx)
}

// current makes the change that of the current version.
func (r *run) current(end End) {
	c := Of(r.record.ProfileOf(r.record.Current), r.record.Current.Credential)
	was := r.out.Change
	c.Purpose, c.Way, c.Store, c.Keep, c.RetirePrevious, c.LostKeys = was.Purpose, was.Way, was.Store, was.Keep, was.RetirePrevious, r.found.Change.MayBeLost()
	if old := r.record.Previous; old != nil {
		c.Replaced = Replaced{ID: old.ID, Credential: old.Credential, Since: old.CreatedAt}
	}
	c.Activated, c.Location = true, r.Vault.Location(c.Store, c.Name)
	r.out.Change, r.out.End = c, end
	r.stored(r.record)
}
