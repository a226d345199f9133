package main

import (
	"context"
	"errors"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// runResume goes on with whatever change of a profile is not finished, from wherever it stands.
func runResume(ctx context.Context, a *app, o rotateOptions) error {
	format, err := a.format("rotate --resume", "table", "json")
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	// What was announced and never stored may not be on the list.
	if _, noted := vault.Noted(o.name); !noted {
		if _, err := a.find(ctx, o.name); err != nil {
			return err
		}
	}
	if err := free(vault, o.name); err != nil {
		return err
	}
	record, stands, unfinished, err := vault.Resume(a.waiting(ctx), o.name)
	if err != nil {
		return err
	}
	if !unfinished {
		a.note("%s: nothing is unfinished", o.name)
		return nil
	}
	r := rotation{
		swap: a.swap(vault, lifecycle.Change{
			Purpose: lifecycle.PurposeOf(stands.Kind), Way: lifecycle.WayOf(stands.Kind), Name: o.name, Store: stands.Store, Keep: &stands.Keep,
		}, true),
		asked: o, format: format,
	}
	switch {
	case o.keepText != "":
		r.change.Keep = &o.keep
	case stands.Retire:
		r.asked.retire = true // what the interrupted command was asked for
	}
	r.change.RetireOld = r.asked.retire
	if r.change.Store == "" {
		r.change.Store = a.storeKind()
	}
	defer vault.Leave(o.name)
	return r.resume(ctx, record, stands)
}

func (r *rotation) resume(ctx context.Context, record credstore.Record, stands credstore.Swap) error {
	if stands.Kind == credstore.Renaming {
		return finishRenaming(ctx, r.a, r.vault, stands)
	}
	switch stands.Phase {
	case credstore.Staged:
		if err := r.take(ctx); err != nil {
			return err
		}
		// Between the look and the taking somebody else may have been there.
		again, _, _, err := r.vault.Resume(r.a.waiting(ctx), r.change.Name)
		if err != nil {
			return err
		}
		if again.Pending == nil {
			r.Abandon(r.change.Name)
			return &credstore.Error{Kind: credstore.Conflict, Op: "go on with " + r.change.Name, Err: errors.New("another program changed it meanwhile")}
		}
		purpose, way := r.change.Purpose, r.change.Way
		r.change, _ = r.change.Waiting(again, r.change.Store, r.vault.Location(r.change.Store, r.change.Name))
		r.change.Purpose, r.change.Way = purpose, way
		return r.finish(ctx, again)
	case credstore.Promoted:
		t, err := inForceTarget(record)
		if err != nil {
			return err
		}
		o := outcome{target: t, started: r.a.now(), rotation: &rotated{promoted: true}}
		r.change.PreviousKept, r.change.Location = record.Previous != nil, r.vault.Location(r.change.Store, r.change.Name)
		unsure := r.confirm(ctx, &o)
		o.duration = r.a.now().Sub(o.started)
		r.a.replay(o, r.format == "table")
		return r.conclude(ctx, o, unsure)
	case credstore.Confirmed, credstore.LoggingOut:
		return r.resumeOld(ctx, stands)
	default:
		return r.resumeNothing(record, stands)
	}
}

// resumeOld goes on where only the version that was replaced is left: it is ended or kept, as was asked for. A key that was
// being logged out is left to somebody who asks for that.
func (r *rotation) resumeOld(ctx context.Context, stands credstore.Swap) error {
	r.a.note("%s: the new version is current and confirmed; %s", r.change.Name, lifecycle.Stands(stands).Words)
	if stands.Phase == credstore.LoggingOut && !r.asked.retire {
		r.a.note("hint: %s ends it", lifecycle.Advise(stands, true).Command)
		return nil
	}
	_, err := r.endOld(ctx)
	return err
}

// resumeNothing is for a change of which nothing was stored: there is nothing to go on with, and perhaps something to look
// for at Mimecast.
func (r *rotation) resumeNothing(record credstore.Record, stands credstore.Swap) error {
	lost, advice := stands.Lost(), lifecycle.Advise(stands, record.Active != nil)
	if len(lost) == 0 {
		r.a.note("%s: a change was begun and nothing of it was stored, so that it can only be begun anew", r.change.Name)
		r.a.note("hint: %s begins anew", advice.Anew)
		r.Abandon(r.change.Name)
		return nil
	}
	r.a.sayLost(r.change.Name, lost)
	return &failure{
		code: exitStore, err: errors.New(r.change.Name + ": there is nothing to go on with: no new version was stored"),
		hints: []string{
			advice.Anew + " begins anew",
			advice.Discard + " forgets the reminder, once you have looked",
		},
	}
}
