package main

import (
	"context"
	"fmt"
	"time"

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
		swap:  swap{a: a, vault: vault, name: entry.Name, kind: credstore.Rotation, store: entry.Store, keep: o.keep, retire: o.retire},
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
	if lifecycle.CurrentAgain(record.Active.Credential, g.credential) != "" {
		return usage(fmt.Errorf("%s has this credential in force already", entry.Name),
			"mimecred setup "+entry.Name+" --from FILE changes the profile around a credential")
	}
	if _, err := planFor(g.profile, ""); err != nil {
		return err
	}
	a.warnShapes(g)
	a.noteMoved(entry.Name, how.before.profile.Endpoint.BaseURL, g.profile.Endpoint.BaseURL)
	return r.run(ctx, record, g)
}

// run gets the new credential, and takes it to where it is in force.
func (r *rotation) run(ctx context.Context, record credstore.Record, g given) error {
	if g.renews() {
		r.kind = credstore.Renewal
	}
	if err := r.take(ctx); err != nil {
		return err
	}
	if !g.renews() {
		r.noteForgotten(record)
	}
	source := credstore.Pasted
	if g.signIn != nil {
		done, err := r.create(ctx, record, &g)
		if done || err != nil {
			r.vault.GiveUp(r.name)
			return err
		}
		source = credstore.Created
	}
	r.noteShared(record)
	staged, err := r.stage(ctx, g.profile, g.credential, source)
	if err != nil {
		return err
	}
	return r.finish(ctx, staged)
}

// noteShared says what generating a pair anew does to the old one, and to whom.
func (r *rotation) noteShared(record credstore.Record) {
	if record.Profile.API != client.API20 {
		return
	}
	r.a.note("%s: if the new pair was generated for the same application, the old pair may have stopped already", r.name)
	for _, share := range r.a.shares(record) {
		r.a.note("%s: %s uses the same application, and needs the new pair, too", r.name, share.Words())
	}
}

// create signs in for new keys, or for the old ones to be valid again. done is set when there is nothing to go on with: the
// sign-in failed, or the keys are the old ones; either has been reported.
func (r *rotation) create(ctx context.Context, record credstore.Record, g *given) (done bool, err error) {
	if err := r.vault.Preflight(r.a.waiting(ctx), r.store, g.profile); err != nil {
		return true, r.inTheWay(err)
	}
	c, err := r.a.dialSaved(g.profile)
	if err != nil {
		return true, err
	}
	defer c.Close()
	o := outcome{started: r.a.now()}
	keys, failed, err := r.signIn(ctx, c, *g.signIn)
	o.duration = r.a.now().Sub(o.started)
	if err != nil {
		if !failed {
			return true, err
		}
		plan, _ := planFor(g.profile, "") // it was made once already
		o = r.noSignIn(target{given: *g, plan: plan}, o, err)
		r.a.replay(o, r.format == "table")
		return true, r.refuse(ctx, o, verdict{why: "the sign-in brought no keys"})
	}
	fresh := g.legacy(keys, r.a.now())
	if client.Same(fresh, record.Active.Credential) {
		return true, r.renewed(ctx, record, fresh.ExpiresAt)
	}
	if g.renews() {
		r.kind = credstore.Rotation
		r.a.note("%s: Mimecast gave other keys instead of making the old ones valid again; they take the place of the old ones", r.name)
	}
	g.credential = fresh
	r.a.noteExpiry(r.name, fresh.ExpiresAt)
	return false, nil
}

// renewed is the end of a renewal that kept the keys: they are tested where they are, in force.
func (r *rotation) renewed(ctx context.Context, record credstore.Record, until time.Time) error {
	r.vault.NotCreated(r.name)
	if err := r.a.unlessListed(r.name, r.vault.Renewed(r.a.waiting(context.WithoutCancel(ctx)), r.name, until)); err != nil {
		r.a.say("warning: %s: until when the keys are valid could not be noted: %s", r.name, oneLine(explainAny(err).Error()))
	}
	r.a.noteExpiry(r.name, until)
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
		r.a.say("%s: Mimecast gave the same keys again, and does not accept them", r.name)
		return silent(o.exit())
	}
	r.a.note("%s: the keys stayed the same, and are valid again; nothing has to be changed where they are used", r.name)
	if err := r.finishNoted(); err != nil {
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
	t, err := waiting(record, true)
	if err != nil {
		return err
	}
	base := r.baseline(ctx, record)
	o := r.a.checkEach(ctx, []target{t}, 1, r.format == "table")[0]
	v := base.judge(o, r.asked.anyway)
	o.rotation = &rotated{lost: v.difference.Lost}
	if ctx.Err() != nil || !v.ok {
		return r.refuse(ctx, o, v)
	}
	if v.difference.Worse() || len(v.failed) > 0 {
		r.a.say("%s: the new version is put in force as it is", r.name)
		r.a.sayVerdict(v)
	}
	for _, c := range v.difference.Gained {
		r.a.note("%s: %s before, now passed", c.After.Title, c.Before.State)
	}
	now, unsure := r.putInForce(ctx, &o)
	return r.conclude(ctx, o, now, unsure)
}

// conclude is what follows once a version is in force: the version before is ended or kept, and everything is said. unsure is
// why the version in force is not confirmed; then the old one is kept whatever was asked for.
func (r *rotation) conclude(ctx context.Context, o outcome, record credstore.Record, unsure error) error {
	if !o.rotation.promoted {
		if err := r.printed(o); err != nil {
			return err
		}
		return unsure
	}
	ending := unsure
	if record.Previous != nil {
		o.rotation.retired = lifecycle.Kept
	}
	if unsure == nil {
		r.a.note("%s: the new version is in force %s, and a live call confirmed it", r.name, r.vault.Location(r.store, r.name))
		o.rotation.retired, ending = r.endOld(ctx, record)
		r.a.note("hint: what uses the credential needs the new values: mimecred handoff %s", r.name)
	}
	if err := r.printed(o); err != nil {
		return err
	}
	return ending
}

// finishNoted ends what is noted of the change. Everything is done by then.
func (r *rotation) finishNoted() error { return r.a.unlessListed(r.name, r.vault.Finish(r.name)) }

// endOld does with the version that was replaced what was asked for.
func (r *rotation) endOld(ctx context.Context, record credstore.Record) (lifecycle.Retired, error) {
	if record.Previous == nil {
		return lifecycle.RetireUndecided, r.finishNoted()
	}
	end := retirement{a: r.a, vault: r.vault, record: record, here: !r.asked.retire}
	if !r.asked.retire && (r.keep != 0 || r.kind != credstore.Rotation) {
		r.noteKept(record)
		return lifecycle.Kept, r.finishNoted()
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
func (r *rotation) refuse(ctx context.Context, o outcome, v verdict) error {
	if o.rotation == nil {
		o.rotation = &rotated{}
	}
	if err := r.printed(o); err != nil {
		return err
	}
	if o.version == "" { // nothing came to be that could wait
		r.a.say("%s: %s; what is in force stays", r.name, v.why)
		return silent(max(o.exit(), exitCheckFailed))
	}
	stays := "the new version is kept as pending"
	if o.inForce {
		stays = "what is in force stays, and " + stays
	}
	if ctx.Err() != nil {
		return &failure{code: exitInterrupted, err: fmt.Errorf("interrupted: %s", stays), hints: again(r.name, v)[:1]}
	}
	r.a.say("%s: %s; %s", r.name, v.why, stays)
	if v.anyway {
		r.a.sayVerdict(v)
	}
	for _, hint := range again(r.name, v) {
		r.a.say("hint: %s", hint)
	}
	return silent(max(o.exit(), exitCheckFailed))
}
