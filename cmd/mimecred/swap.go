package main

import (
	"context"
	"errors"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// swap is one change of a profile's credential by a command. Its parts come in this order, whatever command it is: look at
// what an earlier change left, take the profile, sign in for keys (swapkeys.go), stage the new version, test what the store
// gave back, compare it with what is in force (baseline.go), put it in force and confirm it there.
type swap struct {
	a     *app
	vault *credstore.Vault
	name  string
	kind  credstore.SwapKind
	store string
	keep  credstore.Span
	// retire is set when the version that is replaced is to be retired.
	retire bool
}

// look finds out where an earlier change of the profile stands and says so. The record is what the store has, zero when it
// has nothing. What must be finished first is an error. fresh is what is about to be stored; nil when it does not exist yet.
func (s swap) look(ctx context.Context, fresh client.Credential) (credstore.Record, error) {
	if s.vault.Busy(s.name) {
		// What is noted is the work of another process that is at it. Taking the profile waits for it a moment, and tells which.
		if err := s.take(ctx); err != nil {
			return credstore.Record{}, err
		}
	}
	record, stands, unfinished, err := s.vault.Resume(s.a.waiting(ctx), s.name)
	if err != nil && credstore.KindOf(err) != credstore.NotFound {
		return record, err
	}
	if !unfinished {
		return record, nil
	}
	if stands.Kind == credstore.Renaming {
		return record, renaming(stands)
	}
	if p := record.Pending; p != nil && p.Source == credstore.Created && !client.Same(p.Credential, fresh) {
		return record, s.inTheWay(&credstore.Error{
			Kind: credstore.Waits, Store: s.store, Op: "replace the version of " + s.name + " that waits", Err: errors.New(s.name),
		})
	}
	if stands.Reminds() {
		return record, nil // taking the profile tells
	}
	s.a.note("%s: an earlier change is not finished (%s)", s.name, s.a.stands(stands))
	if stands.Phase == credstore.Staged {
		s.a.note("hint: this one takes the place of the version that waits")
	}
	return record, nil
}

// renaming is why a profile cannot be changed while it has two names.
func renaming(s credstore.Swap) error {
	return &failure{
		code: exitStore, err: errors.New(s.Name + " is being renamed to " + s.To),
		hints: []string{lifecycle.Advise(s, true).Command + " finishes that"},
	}
}

// take announces the change, which keeps other processes from the profile, and says what earlier ones may have left at
// Mimecast.
func (s swap) take(ctx context.Context) error {
	begun, err := s.vault.Begin(s.a.waiting(ctx), credstore.Swap{Name: s.name, Kind: s.kind, Store: s.store, Keep: s.keep, Retire: s.retire})
	if err != nil {
		return err
	}
	s.a.sayLost(s.name, begun.Orphans)
	return nil
}

// sayLost says which sign-ins may have left keys at Mimecast that nobody has.
func (a *app) sayLost(name string, orphans []credstore.Orphan) {
	fix := ""
	for _, o := range orphans {
		var sentence string
		sentence, fix = lifecycle.Lost(o)
		a.say("warning: %s: %s", name, oneLine(sentence))
	}
	if fix != "" {
		a.say("hint: %s", oneLine(fix))
	}
}

// inTheWay gives the error of created keys that wait the commands to type next.
func (s swap) inTheWay(err error) error {
	if credstore.KindOf(err) != credstore.Waits {
		return err
	}
	advice := lifecycle.Advise(credstore.Swap{Name: s.name, Kind: s.kind, Phase: credstore.Staged}, s.kind == credstore.Rotation)
	f := storeFailure(err)
	f.hints = []string{
		advice.Command + " first: it tests those keys and activates them when they pass",
		advice.Discard + " gives them up",
	}
	return f
}

// stage stores the new version. Keys that exist at Mimecast reach the store even when ctrl+c was pressed meanwhile; when they
// cannot, they are taken back.
func (s swap) stage(ctx context.Context, p credstore.Profile, c client.Credential, source credstore.Source) (credstore.Record, error) {
	staging := ctx
	if source == credstore.Created {
		var cancel context.CancelFunc
		staging, cancel = context.WithTimeout(context.WithoutCancel(ctx), 3*time.Minute)
		defer cancel()
	}
	record, err := s.vault.Stage(s.a.waiting(staging), s.store, p, c, source)
	if err != nil {
		if keys, legacy := c.(client.Legacy); legacy && source == credstore.Created {
			s.takeBack(ctx, p, keys)
		}
		s.vault.GiveUp(s.name)
		return record, s.inTheWay(err)
	}
	return record, nil
}

// waiting is the version that waits, as the store gave it back, to be tested. Its profile is its own: what is in force may
// be at another host.
func waiting(record credstore.Record, saved bool) (target, error) {
	t, err := versionTarget(record, record.Pending)
	t.saved, t.pending = saved, true
	return t, err
}

// inForceTarget is the version in force, to be tested.
func inForceTarget(record credstore.Record) (target, error) {
	return versionTarget(record, record.Active)
}

// versionTarget is a version of a record, to be tested with the plan of its own profile.
func versionTarget(record credstore.Record, v *credstore.Version) (target, error) {
	p := record.ProfileOf(v)
	t := target{given: given{profile: p, credential: v.Credential}, saved: true, version: v.ID, inForce: record.Active != nil}
	var err error
	if t.plan, err = planFor(p, ""); err != nil {
		return t, unplanned(p.Name, err)
	}
	return t, nil
}

// putInForce puts what was tested in force and makes a live call with what is in force then. A rotation waits afterwards for a
// word about the version that was replaced. The record is what is in force.
func (s swap) putInForce(ctx context.Context, o *outcome) (credstore.Record, error) {
	o.rotation = &rotated{lost: o.rotation.lostOnes()}
	record, err := s.a.promote(ctx, s.vault, o.summary(), s.name)
	if err != nil {
		f := *explainAny(err)
		f.hints = append(f.hints[:len(f.hints):len(f.hints)], "mimecred rotate "+s.name+" --resume goes on from what the store has then")
		return record, &f
	}
	o.rotation.promoted = true
	return record, s.confirm(ctx, o, record)
}

// service is what does the sequences of a saved profile.
func (a *app) service(vault *credstore.Vault, name string) lifecycle.Service {
	return lifecycle.Service{
		Vault: vault, Profiles: vault, Plan: lifecycle.PlanOf, Now: a.now,
		Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) {
			c, err := a.dialSaved(credstore.Profile{Name: name, Endpoint: e})
			if err != nil {
				return nil, err
			}
			return c, nil
		},
	}
}

// confirm makes a live call with what is in force.
func (s swap) confirm(ctx context.Context, o *outcome, record credstore.Record) error {
	change := lifecycle.Change{Name: s.name}
	if s.kind == credstore.Rotation {
		change.Purpose = lifecycle.Rotating
	}
	c := s.a.service(s.vault, s.name).Confirm(s.a.waiting(ctx), change, nil)
	o.rotation.confirmed = c.OK
	if o.results == nil {
		o.results = c.Results // nothing else was tested
	}
	if c.OK {
		return nil
	}
	return s.unconfirmed(ctx, c, record)
}

// unconfirmed is the failure of a version that is in force, and could not be seen to work there.
func (s swap) unconfirmed(ctx context.Context, c lifecycle.Confirmation, record credstore.Record) error {
	f := &failure{code: exitStore, err: sentence(c.Problem, errUnconfirmed), hints: hints(c.Fix)}
	switch {
	case ctx.Err() != nil:
		return &failure{
			code: exitInterrupted, err: errors.New("interrupted: the new version of " + s.name + " is in force, and not confirmed"),
			hints: []string{"mimecred check " + s.name + " confirms it"},
		}
	case len(c.Results) > 0:
		if f.code = (outcome{results: c.Results}).exit(); f.code == exitDone {
			f.code = exitUnjudged // what may fail by itself did, and nothing else was called
		}
	}
	f.hints = append(f.hints, "mimecred check "+s.name+" tries again")
	if record.Previous != nil {
		f.hints = append(f.hints, "mimecred rollback "+s.name+" puts the version before back")
	}
	return f
}

// again are the commands for a version that waits because it was not put in force.
func again(name string, v verdict) []string {
	hints := []string{"mimecred rotate " + name + " --resume tests it again"}
	if v.anyway {
		hints = append(hints, "mimecred rotate "+name+" --resume --anyway puts it in force as it is")
	}
	return append(hints, discarding(name)+" gives it up")
}

// discarding is the command that gives up a version that waits.
func discarding(name string) string {
	return lifecycle.Advise(credstore.Swap{Name: name, Kind: credstore.Rotation, Phase: credstore.Staged}, true).Discard
}

// noteForgotten says before a change which version it will push out of the profile, where that is still worth something.
func (s swap) noteForgotten(record credstore.Record) {
	if record.Previous == nil || record.Active == nil {
		return
	}
	r := retirement{a: s.a, vault: s.vault, record: record}
	if _, is := r.keys(); is {
		s.a.note("%s: the version that is kept from before is forgotten with this; its access key stays valid at Mimecast", s.name)
		s.a.note("hint: mimecred retire %s, before the next change, logs it out", s.name)
	}
}

// noteKept says what there is to do with the version that was replaced.
func (s swap) noteKept(record credstore.Record) {
	if record.Previous == nil {
		return
	}
	until := "until the next change"
	if at := record.Previous.KeepUntil; !at.IsZero() {
		until = "until " + s.a.dated(at, lifecycle.In(at, s.a.now()))
	}
	s.a.note("%s: the version before is kept %s", s.name, until)
	s.a.note("hint: mimecred rollback %s puts it back, mimecred retire %s ends it", s.name, s.name)
}

var errUnconfirmed = errors.New("the version in force is not confirmed")
