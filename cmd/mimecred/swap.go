package main

import (
	"context"
	"errors"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// swap is one change of a profile's credential by a command. The lifecycle has its sequence; here is what is said of it on the
// way, and with which code it ends.
type swap struct {
	lifecycle.Service
	a      *app
	vault  *credstore.Vault
	change lifecycle.Change
}

// swap begins a change of a profile that is kept in a store; what it connects with was fine once where it is saved already.
func (a *app) swap(vault *credstore.Vault, change lifecycle.Change, saved bool) swap {
	return swap{Service: a.service(vault, change.Name, saved), a: a, vault: vault, change: change}
}

// service is what does the sequences of a profile.
func (a *app) service(vault *credstore.Vault, name string, saved bool) lifecycle.Service {
	return lifecycle.Service{
		Vault: vault, Profiles: vault, Plan: lifecycle.PlanOf, Now: a.now,
		Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) {
			dial := func() (*client.Client, error) { return a.dial(e) }
			if saved {
				dial = func() (*client.Client, error) { return a.dialSaved(credstore.Profile{Name: name, Endpoint: e}) }
			}
			c, err := dial()
			if err != nil {
				return nil, err
			}
			return c, nil
		},
	}
}

// tell says what the lifecycle tells of and no report has a place for.
func (a *app) tell(e lifecycle.Event) {
	switch e := e.(type) {
	case lifecycle.Waiting:
		a.sayWaiting(e.Waiting)
	case lifecycle.NotListed:
		a.unlisted(e.Name, e.Err)
	case lifecycle.ExpiryNotNoted:
		a.say("warning: %s: until when the keys are valid could not be noted: %s", e.Name, oneLine(explainAny(e.Err).Error()))
	}
}

// look finds out where an earlier change of the profile stands and says so. The record is what the store has, zero when it
// has nothing. What must be finished first is an error. fresh is what is about to be stored; nil when it does not exist yet.
func (s *swap) look(ctx context.Context, fresh client.Credential) (credstore.Record, error) {
	if s.vault.Busy(s.change.Name) {
		// What is noted is the work of another process that is at it. Taking the profile waits for it a moment, and tells which.
		if err := s.take(ctx); err != nil {
			return credstore.Record{}, err
		}
	}
	record, stands, unfinished, err := s.vault.Resume(s.a.waiting(ctx), s.change.Name)
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
			Kind: credstore.Waits, Store: s.change.Store, Op: "replace the version of " + s.change.Name + " that waits", Err: errors.New(s.change.Name),
		})
	}
	if stands.Reminds() {
		return record, nil // taking the profile tells
	}
	s.a.note("%s: an earlier change is not finished (%s)", s.change.Name, s.a.stands(stands))
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
func (s *swap) take(ctx context.Context) error {
	begun, err := s.Begin(ctx, s.change, s.a.tell)
	if err != nil {
		return err
	}
	s.change = begun
	s.a.sayLost(s.change.Name, begun.Orphans)
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
func (s *swap) inTheWay(err error) error {
	if credstore.KindOf(err) != credstore.Waits {
		return err
	}
	advice := lifecycle.Advise(credstore.Swap{Name: s.change.Name, Kind: s.change.Kind(), Phase: credstore.Staged}, s.change.Kind() == credstore.Rotation)
	f := storeFailure(err)
	f.hints = []string{
		advice.Command + " first: it tests those keys and activates them when they pass",
		advice.Discard + " gives them up",
	}
	return f
}

// stage stores the new version. Keys that exist at Mimecast reach the store even when ctrl+c was pressed meanwhile; when they
// cannot, they are taken back.
func (s *swap) stage(ctx context.Context) error {
	staging, created := ctx, s.change.Source() == credstore.Created
	if created {
		staging = context.WithoutCancel(ctx)
	}
	staged, note, err := s.Stage(staging, s.change, s.a.tell)
	if err != nil {
		if created {
			s.takeBack(ctx)
		}
		s.Abandon(s.change.Name)
		return s.inTheWay(err)
	}
	if note != "" {
		s.a.say("warning: %s: %s", s.change.Name, oneLine(note))
	}
	s.change = staged
	return nil
}

// pending is the version that waits, as the store gave it back, to be tested. Its profile is its own: what is current may be at
// another host.
func (s *swap) pending(saved bool) (target, error) {
	c := s.change
	t := target{
		given: given{profile: c.Profile(), credential: c.StagedCredential}, saved: saved, pending: true, version: c.StagedVersion, inForce: c.Replaces,
	}
	var err error
	if t.plan, err = planFor(t.profile, ""); err != nil {
		return t, unplanned(c.Name, err)
	}
	return t, nil
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

// putInForce activates what was tested, and makes a live call with what is current then. A rotation waits afterwards for a word
// about the version that was replaced.
func (s *swap) putInForce(ctx context.Context, o *outcome) error {
	o.rotation = &rotated{lost: o.rotation.lostOnes()}
	s.change.Results, s.change.StagedVersion = o.results, o.version
	activated, err := s.Activate(ctx, s.change, s.a.tell)
	if err != nil {
		f := *explainAny(err)
		f.hints = append(f.hints[:len(f.hints):len(f.hints)], "mimecred rotate "+s.change.Name+" --resume goes on from what the store has then")
		return &f
	}
	s.change = activated
	o.rotation.promoted = true
	return s.confirm(ctx, o)
}

// confirm makes a live call with what is current.
func (s *swap) confirm(ctx context.Context, o *outcome) error {
	c := s.Confirm(ctx, s.change, s.a.tell)
	o.rotation.confirmed = c.OK
	if o.results == nil {
		o.results = c.Results // nothing else was tested
	}
	if c.OK {
		return nil
	}
	return s.unconfirmed(ctx, c)
}

// unconfirmed is the failure of a version that is in force, and could not be seen to work there.
func (s *swap) unconfirmed(ctx context.Context, c lifecycle.Confirmation) error {
	f := &failure{code: exitStore, err: sentence(c.Problem, errUnconfirmed), hints: hints(c.Fix)}
	switch {
	case ctx.Err() != nil:
		return &failure{
			code: exitInterrupted, err: errors.New("interrupted: the new version of " + s.change.Name + " is in force, and not confirmed"),
			hints: []string{"mimecred check " + s.change.Name + " confirms it"},
		}
	case len(c.Results) > 0:
		if f.code = (outcome{results: c.Results}).exit(); f.code == exitDone {
			f.code = exitUnjudged // what may fail by itself did, and nothing else was called
		}
	}
	f.hints = append(f.hints, "mimecred check "+s.change.Name+" tries again")
	if s.change.PreviousKept {
		f.hints = append(f.hints, "mimecred rollback "+s.change.Name+" puts the version before back")
	}
	return f
}

// again are the commands for a version that waits because it was not put in force.
func again(name string, anyway bool) []string {
	hints := []string{"mimecred rotate " + name + " --resume tests it again"}
	if anyway {
		hints = append(hints, "mimecred rotate "+name+" --resume --anyway puts it in force as it is")
	}
	return append(hints, discarding(name)+" gives it up")
}

// discarding is the command that gives up a version that waits.
func discarding(name string) string {
	return lifecycle.Advise(credstore.Swap{Name: name, Kind: credstore.Rotation, Phase: credstore.Staged}, true).Discard
}

// noteForgotten says before a change which version it will push out of the profile, where that is still worth something.
func (s *swap) noteForgotten(record credstore.Record) {
	if record.Previous == nil || record.Active == nil {
		return
	}
	if _, is := record.OldKeys(); is {
		s.a.note("%s: the version that is kept from before is forgotten with this; its access key stays valid at Mimecast", s.change.Name)
		s.a.note("hint: mimecred retire %s, before the next change, logs it out", s.change.Name)
	}
}

// noteKept says what there is to do with the version that was replaced.
func (s *swap) noteKept(record credstore.Record) {
	if record.Previous == nil {
		return
	}
	until := "until the next change"
	if at := record.Previous.KeepUntil; !at.IsZero() {
		until = "until " + s.a.dated(at, lifecycle.In(at, s.a.now()))
	}
	s.a.note("%s: the version before is kept %s", s.change.Name, until)
	s.a.note("hint: mimecred rollback %s puts it back, mimecred retire %s ends it", s.change.Name, s.change.Name)
}

// noteKeptOf says what there is to do with the version that the change has replaced.
func (s *swap) noteKeptOf(ctx context.Context) {
	if !s.change.PreviousKept {
		return
	}
	if record, err := s.vault.Load(s.a.waiting(ctx), s.change.Name); err == nil {
		s.noteKept(record)
	}
}

var errUnconfirmed = errors.New("the version in force is not confirmed")
