package main

import (
	"context"
	"errors"
	"fmt"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// rotation is a swap of a profile that is in force, without a question.
type rotation struct {
	swap
	asked  rotateOptions
	format string
}

// runRotateFrom is rotate without a question.
func runRotateFrom(ctx context.Context, a *app, entry credstore.Entry, o rotateOptions) error {
	format, err := a.format("rotate --from", "table", "json")
	if err != nil {
		return err
	}
	raw, err := a.readRaw(ctx, o.from)
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	r := rotation{
		swap: a.swap(vault, lifecycle.Change{
			Purpose: lifecycle.Rotating, Name: entry.Name, Store: entry.Store, Keep: &o.keep, RetireOld: o.retire,
		}, true),
		asked: o, format: format,
	}
	defer vault.Leave(entry.Name)
	record, err := r.look(ctx, nil)
	if err != nil {
		return err
	}
	if record.Active == nil {
		return notInForce(entry.Name)
	}
	how := reading{name: entry.Name, before: before{record.ProfileOf(record.Active), record.Active.Credential}, allowed: o.allowed}
	list, err := how.decode(raw)
	if err != nil {
		return inFile(o.from, err)
	}
	g := list[0]
	if again := lifecycle.CurrentAgain(record.Active.Credential, g.credential); again != "" {
		return usage(errors.New(entry.Name+": "+again),
			"mimecred setup "+entry.Name+" --from FILE changes the profile around a credential")
	}
	if _, err := planFor(g.profile, ""); err != nil {
		return err
	}
	a.warnShapes(g)
	a.noteMoved(entry.Name, how.before.profile.Endpoint.BaseURL, g.profile.Endpoint.BaseURL)
	return r.run(ctx, record, g)
}

// run gets the new credential, and takes it to where it is current.
func (r *rotation) run(ctx context.Context, record credstore.Record, g given) error {
	if g.renews() {
		r.change.Way = lifecycle.Renew
	}
	if err := r.take(ctx); err != nil {
		return err
	}
	if !g.renews() {
		r.noteForgotten(record)
	}
	r.rotate(record, g)
	if g.signIn != nil {
		done, err := r.create(ctx, record, g)
		if done || err != nil {
			r.Abandon(r.change.Name)
			return err
		}
	}
	r.noteShared(record)
	if err := r.stage(ctx); err != nil {
		return err
	}
	return r.finish(ctx, record)
}

// rotate is the change with what the file gives, on top of what was announced.
func (r *rotation) rotate(record credstore.Record, g given) {
	announced := r.change
	r.change = lifecycle.Of(g.profile, g.credential)
	r.change.Purpose, r.change.Way, r.change.Replaces = announced.Purpose, announced.Way, true
	r.change.Store, r.change.Keep, r.change.RetireOld, r.change.Orphans = announced.Store, announced.Keep, announced.RetireOld, announced.Orphans
	r.change.Old = lifecycle.Old{ID: record.Active.ID, Credential: record.Active.Credential}
	if g.signIn != nil {
		r.change.ApplicationID, r.change.ApplicationKey = g.signIn.ApplicationID, g.appKey
	}
}

// noteShared says what generating a pair anew does to the old one, and to whom.
func (r *rotation) noteShared(record credstore.Record) {
	if record.Profile.API != client.API20 {
		return
	}
	r.a.note("%s: if the new pair was generated for the same application, the old pair may have stopped already", r.change.Name)
	for _, share := range r.a.shares(record) {
		r.a.note("%s: %s uses the same application, and needs the new pair, too", r.change.Name, share.Words())
	}
}

// create signs in for new keys, or for the old ones to be valid again. done is set when there is nothing to go on with: the
// sign-in failed, or the keys are the old ones; either has been reported.
func (r *rotation) create(ctx context.Context, record credstore.Record, g given) (done bool, err error) {
	if err := r.Preflight(ctx, r.change, r.a.tell); err != nil {
		return true, r.inTheWay(err)
	}
	o := outcome{started: r.a.now()}
	renewed, failed, err := r.swap.create(ctx, *g.signIn)
	o.duration = r.a.now().Sub(o.started)
	switch {
	case failed:
		plan, _ := planFor(g.profile, "") // it was made once already
		o = r.noSignIn(target{given: g, plan: plan}, o, err)
		r.a.replay(o, r.format == "table")
		return true, r.refuse(ctx, o, lifecycle.Judgement{}, "the sign-in brought no keys")
	case err != nil:
		return true, err
	}
	r.a.noteExpiry(r.change.Name, r.change.KeysExpireAt)
	if renewed || client.Same(r.change.Credential(), record.Active.Credential) {
		return true, r.renewed(ctx, record)
	}
	if g.renews() {
		r.change.Way = lifecycle.NewKeys
		r.a.note("%s: Mimecast gave other keys instead of making the old ones valid again; they take the place of the old ones", r.change.Name)
	}
	return false, nil
}

// renewed is the end of a renewal that kept the keys: they are tested where they are.
func (r *rotation) renewed(ctx context.Context, record credstore.Record) error {
	t, err := inForceTarget(record)
	if err != nil {
		return err
	}
	o := r.a.checkEach(ctx, []target{t}, 1, r.format == "table")[0]
	accepted := client.Judge(o.results).Accepted && ctx.Err() == nil
	o.rotation = &rotated{renewed: accepted}
	if err := r.printed(o); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return interruption(ctx)
	case o.err != nil:
		return o.err
	}
	r.a.recordCheck(ctx, r.vault, o)
	if !accepted {
		r.a.say("%s: Mimecast gave the same keys again, and does not accept them", r.change.Name)
		return silent(o.exit())
	}
	r.a.note("%s: the keys stayed the same, and are valid again; nothing has to be changed where they are used", r.change.Name)
	if err := r.Finish(r.change.Name, r.a.tell); err != nil {
		return err
	}
	return silent(o.exit())
}

// printed prints the JSON, where that was asked for.
func (r *rotation) printed(o outcome) error {
	if r.format != "json" {
		return nil
	}
	return r.a.printChecks([]outcome{o})
}

// finish tests the version that waits, and takes it to where it is in force and confirmed.
func (r *rotation) finish(ctx context.Context, record credstore.Record) error {
	t, err := r.pending(true)
	if err != nil {
		return err
	}
	r.testOld(ctx, record)
	o := r.a.checkEach(ctx, []target{t}, 1, r.format == "table")[0]
	j := r.judge(o)
	o.rotation = &rotated{lost: j.Lost}
	if why := r.against(j, o, r.asked.anyway); ctx.Err() != nil || why != "" {
		return r.refuse(ctx, o, j, why)
	}
	if j.Worse() || len(j.Failed) > 0 {
		r.a.say("%s: the new version is put in use as it is", r.change.Name)
		r.a.sayJudgement(j)
	}
	for _, c := range j.Gained {
		r.a.note("%s: %s before, now passed", c.After.Title, c.Before.State)
	}
	return r.conclude(ctx, o, r.putInForce(ctx, &o))
}

// conclude is what follows once a version is in force: the version before is ended or kept, and everything is said. unsure is
// why the version in force is not confirmed; then the old one is kept whatever was asked for.
func (r *rotation) conclude(ctx context.Context, o outcome, unsure error) error {
	if !o.rotation.promoted {
		if err := r.printed(o); err != nil {
			return err
		}
		return unsure
	}
	ending := unsure
	if r.change.PreviousKept {
		o.rotation.retired = lifecycle.Kept
	}
	if unsure == nil {
		r.a.note("%s: the new version is in force %s, and a live call confirmed it", r.change.Name, r.change.Location)
		o.rotation.retired, ending = r.endOld(ctx)
		r.a.note("hint: what uses the credential needs the new values: mimecred handoff %s", r.change.Name)
	}
	if err := r.printed(o); err != nil {
		return err
	}
	return ending
}

// endOld does with the version that was replaced what was asked for.
func (r *rotation) endOld(ctx context.Context) (lifecycle.Retired, error) {
	record, err := r.vault.Load(r.a.waiting(ctx), r.change.Name)
	if err != nil {
		return lifecycle.RetireUndecided, err
	}
	if record.Previous == nil {
		return lifecycle.RetireUndecided, r.Finish(r.change.Name, r.a.tell)
	}
	end := retirement{a: r.a, vault: r.vault, record: record, here: !r.asked.retire}
	if !r.asked.retire && (r.change.KeepFor() != 0 || r.change.Kind() != credstore.Rotation) {
		r.noteKept(record)
		return lifecycle.Kept, r.Finish(r.change.Name, r.a.tell)
	}
	if keys, is := end.keys(); is && r.asked.retire {
		if _, err := end.ask(ctx, keys, true); err != nil {
			return lifecycle.Kept, err
		}
	}
	how, err := end.end(ctx)
	if err != nil {
		return lifecycle.Kept, err
	}
	return how, nil
}

// refuse ends a rotation whose new version is not put in force: it waits, and nothing changes what is in force.
func (r *rotation) refuse(ctx context.Context, o outcome, j lifecycle.Judgement, why string) error {
	if o.rotation == nil {
		o.rotation = &rotated{}
	}
	if err := r.printed(o); err != nil {
		return err
	}
	if o.version == "" { // nothing came to be that could wait
		r.a.say("%s: %s; what is in force stays", r.change.Name, why)
		return silent(max(o.exit(), exitCheckFailed))
	}
	stays := "the new version is kept as pending"
	if o.inForce {
		stays = "what is in force stays, and " + stays
	}
	if ctx.Err() != nil {
		return &failure{code: exitInterrupted, err: fmt.Errorf("interrupted: %s", stays), hints: again(r.change.Name, false)[:1]}
	}
	r.a.say("%s: %s; %s", r.change.Name, why, stays)
	if mayAnyway(j) {
		r.a.sayJudgement(j)
	}
	for _, hint := range again(r.change.Name, mayAnyway(j)) {
		r.a.say("hint: %s", hint)
	}
	return silent(max(o.exit(), exitCheckFailed))
}
