package main

import (
	"context"
	"fmt"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// runSetupFrom is setup without a question: stage, read back, check what lies in the store, put in force, confirm.
func runSetupFrom(ctx context.Context, a *app, o setupOptions) error {
	format, err := a.format("setup --from", "table", "json")
	if err != nil {
		return err
	}
	allowed, err := o.allow.keys()
	if err != nil {
		return err
	}
	list, err := a.readFrom(ctx, o.from, reading{name: o.name, allowed: allowed})
	if err != nil {
		return err
	}
	g := list[0]
	a.warnShapes(g)
	plan, err := planFor(g.profile, "")
	if err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	s := scripted{
		swap:  swap{a: a, vault: vault, name: g.profile.Name, kind: credstore.SetUp, store: a.storeKind(), keep: credstore.DefaultKeep},
		given: g, plan: plan, format: format, wait: o.wait, anyway: o.anyway,
	}
	defer vault.Leave(s.name)
	if err := s.ready(ctx); err != nil {
		return err
	}
	if g.signIn != nil {
		done, err := s.create(ctx)
		if done || err != nil {
			vault.GiveUp(s.name)
			return err
		}
	}
	return s.keepIt(ctx)
}

// scripted is one run of setup --from.
type scripted struct {
	swap
	given   given
	plan    client.Plan
	format  string
	wait    time.Duration
	anyway  bool
	created bool
}

// ready takes the profile and makes sure that nothing is created at Mimecast before it is known that it can be kept.
func (s *scripted) ready(ctx context.Context) error {
	record, err := s.look(ctx, s.given.credential)
	if err != nil {
		return err
	}
	if err := s.take(ctx); err != nil {
		return err
	}
	if err := s.vault.Preflight(s.a.waiting(ctx), s.store, s.given.profile); err != nil {
		s.vault.GiveUp(s.name)
		return s.inTheWay(err)
	}
	s.noteForgotten(record)
	return nil
}

// create signs in. done is set when the sign-in failed and the failure has been reported.
func (s *scripted) create(ctx context.Context) (done bool, err error) {
	c, err := s.a.dial(s.given.profile.Endpoint)
	if err != nil {
		return true, err
	}
	defer c.Close()
	o := outcome{started: s.a.now()}
	keys, failed, err := s.signIn(ctx, c, *s.given.signIn)
	o.duration = s.a.now().Sub(o.started)
	switch {
	case err == nil:
		fresh := s.given.legacy(keys, s.a.now())
		s.given.credential, s.created = fresh, true
		s.a.noteExpiry(s.name, fresh.ExpiresAt)
		return false, nil
	case !failed:
		return true, err
	}
	o = s.noSignIn(target{given: s.given, plan: s.plan}, o, err)
	s.a.replay(o, s.format == "table")
	if err := s.printed(o); err != nil {
		return true, err
	}
	s.a.say("%s was not saved", s.name)
	return true, silent(o.exit())
}

// printed prints the JSON, where that was asked for.
func (s *scripted) printed(o outcome) error {
	if s.format != "json" {
		return nil
	}
	return s.a.printChecks([]outcome{o})
}

// keepIt stages, checks, puts in force and confirms.
func (s *scripted) keepIt(ctx context.Context) error {
	source := credstore.Pasted
	if s.created {
		source = credstore.Created
	}
	record, err := s.stage(ctx, s.given.profile, s.given.credential, source)
	if err != nil {
		return err
	}
	t, err := waiting(record, false)
	if err != nil {
		return err
	}
	t.wait = s.wait
	o := s.a.checkEach(ctx, []target{t}, 1, s.format == "table")[0]
	if ctx.Err() != nil || !o.ok() && !s.takesAnyway(o) {
		return s.refuse(ctx, o)
	}
	if !o.ok() {
		s.a.say("%s is saved although not every check passed", s.name)
	}
	record, unsure := s.putInForce(ctx, &o)
	if !o.rotation.promoted {
		return unsure
	}
	o.rotation = nil // that is told of rotations
	if err := s.printed(o); err != nil {
		return err
	}
	s.a.forgetUnfinished(s.name)
	s.a.note("%s is saved %s", s.name, s.vault.Location(s.store, s.name))
	s.noteKept(record)
	return unsure
}

// takesAnyway tells whether credentials whose checks failed are saved all the same: by the rule of rotate --anyway, never those
// that Mimecast refused or did not come to look at.
func (s *scripted) takesAnyway(o outcome) bool { return s.anyway && baseline{}.judge(o, true).ok }

// refuse ends a setup whose checks did not pass: nothing changes what is in force.
func (s *scripted) refuse(ctx context.Context, o outcome) error {
	if err := s.printed(o); err != nil {
		return err
	}
	if o.err != nil {
		s.a.sayError(s.name, o.err)
	}
	if s.created {
		s.a.say("%s: the keys that were created are kept as pending", s.name)
		s.a.say("hint: mimecred check %s tests them again and activates them when they pass", s.name)
	} else {
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		if err := s.a.unlessListed(s.name, s.vault.Discard(clean, s.name)); err != nil {
			return fmt.Errorf("remove the refused credential of %s again: %w", s.name, err)
		}
		s.a.say("%s was not saved", s.name)
		if (baseline{}).judge(o, true).ok {
			s.a.say("hint: mimecred setup --from FILE --anyway saves it as it is")
		}
	}
	if ctx.Err() != nil {
		return interruption(ctx)
	}
	return silent(o.exit())
}
