package main

import (
	"context"
	"fmt"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
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
	change := lifecycle.Of(g.profile, g.credential)
	change.Store = a.storeKind()
	if g.signIn != nil {
		change.ApplicationID, change.ApplicationKey = g.signIn.ApplicationID, g.appKey
	}
	s := scripted{swap: a.swap(vault, change, false), given: g, plan: plan, format: format, wait: o.wait, anyway: o.anyway}
	defer vault.Leave(change.Name)
	if err := s.ready(ctx); err != nil {
		return err
	}
	if g.signIn != nil {
		done, err := s.signIn(ctx)
		if done || err != nil {
			s.Abandon(change.Name)
			return err
		}
	}
	return s.keepIt(ctx)
}

// scripted is one run of setup --from.
type scripted struct {
	swap
	given  given
	plan   client.Plan
	format string
	wait   time.Duration
	anyway bool
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
	if err := s.Preflight(ctx, s.change, s.a.tell); err != nil {
		s.Abandon(s.change.Name)
		return s.inTheWay(err)
	}
	s.noteForgotten(record)
	return nil
}

// signIn signs in for keys. done is set when the sign-in failed and the failure has been reported.
func (s *scripted) signIn(ctx context.Context) (done bool, err error) {
	o := outcome{started: s.a.now()}
	_, failed, err := s.create(ctx, *s.given.signIn)
	o.duration = s.a.now().Sub(o.started)
	switch {
	case err == nil:
		s.a.noteExpiry(s.change.Name, s.change.KeysExpireAt)
		return false, nil
	case !failed:
		return true, err
	}
	o = s.noSignIn(target{given: s.given, plan: s.plan}, o, err)
	s.a.replay(o, s.format == "table")
	if err := s.printed(o); err != nil {
		return true, err
	}
	s.a.say("%s was not saved", s.change.Name)
	return true, silent(o.exit())
}

// printed prints the JSON, where that was asked for.
func (s *scripted) printed(o outcome) error {
	if s.format != "json" {
		return nil
	}
	return s.a.printChecks([]outcome{o})
}

// keepIt stages, checks, activates and confirms.
func (s *scripted) keepIt(ctx context.Context) error {
	created := s.change.Source() == credstore.Created
	if err := s.stage(ctx); err != nil {
		return err
	}
	t, err := s.pending(false)
	if err != nil {
		return err
	}
	t.wait = s.wait
	o := s.a.checkEach(ctx, []target{t}, 1, s.format == "table")[0]
	j := s.judge(o)
	switch taken := s.anyway && mayAnyway(j); {
	case ctx.Err() != nil, !o.ok() && !taken:
		return s.refuse(ctx, o, created, mayAnyway(j))
	case !o.ok():
		s.a.say("%s is saved although not every check passed", s.change.Name)
	}
	unsure := s.putInForce(ctx, &o)
	if !o.rotation.promoted {
		return unsure
	}
	o.rotation = nil // that is told of rotations
	if err := s.printed(o); err != nil {
		return err
	}
	s.a.forgetUnfinished(s.change.Name)
	s.a.note("%s is saved %s", s.change.Name, s.change.Location)
	s.noteKeptOf(ctx)
	return unsure
}

// refuse ends a setup whose checks did not pass: nothing changes what is current.
func (s *scripted) refuse(ctx context.Context, o outcome, created, mayAnyway bool) error {
	name := s.change.Name
	if err := s.printed(o); err != nil {
		return err
	}
	if o.err != nil {
		s.a.sayError(name, o.err)
	}
	if created {
		s.a.say("%s: the keys that were created are kept as pending", name)
		s.a.say("hint: mimecred check %s tests them again, and activates them when they pass", name)
	} else {
		if err := s.Discard(context.WithoutCancel(ctx), s.change, s.a.tell); err != nil {
			return fmt.Errorf("remove the refused credential of %s again: %w", name, err)
		}
		s.a.say("%s was not saved", name)
		if mayAnyway {
			s.a.say("hint: mimecred setup --from FILE --anyway saves it as it is")
		}
	}
	if ctx.Err() != nil {
		return interruption(ctx)
	}
	return silent(o.exit())
}
