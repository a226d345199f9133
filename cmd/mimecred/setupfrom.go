package main

import (
	"context"
	"fmt"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// runSetupFrom is setup without a question: stage, read back, check what lies in the store, promote.
func runSetupFrom(ctx context.Context, a *app, o setupOptions) error {
	format, err := a.format("setup --from", "table", "json")
	if err != nil {
		return err
	}
	list, err := a.readFrom(ctx, o.from, reading{name: o.name})
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
	// Nothing is created at Mimecast before it is known that it can be kept.
	if err := vault.Preflight(a.waiting(ctx), a.storeKind(), g.profile); err != nil {
		return inTheWay(g.profile.Name, err)
	}
	s := scripted{a: a, vault: vault, given: g, plan: plan, format: format}
	if g.signIn != nil {
		done, err := s.create(ctx)
		if done || err != nil {
			return err
		}
	}
	return s.keep(ctx)
}

// scripted is one run of setup --from.
type scripted struct {
	a       *app
	vault   *credstore.Vault
	given   given
	plan    client.Plan
	format  string
	created bool
}

// inTheWay gives the error of created keys that wait the commands to type next.
func inTheWay(name string, err error) error {
	if credstore.KindOf(err) != credstore.Waits {
		return err
	}
	f := storeFailure(err)
	f.hints = []string{
		"mimecred check " + name + " first: it tests those keys and puts them in force when they pass",
		"mimecred delete " + name + " --pending gives them up",
	}
	return f
}

// create signs in. done is set when the sign-in failed and the failure has been reported.
func (s *scripted) create(ctx context.Context) (done bool, err error) {
	c, err := s.a.dial(s.given.profile.Endpoint)
	if err != nil {
		return true, err
	}
	defer c.Close()
	started := s.a.now()
	keys, err := createKeys(ctx, c, *s.given.signIn)
	if err == nil {
		s.given.credential, s.created = s.given.legacy(keys), true
		return false, nil
	}
	t := target{given: s.given, plan: s.plan}
	o := outcome{target: t, started: started, duration: s.a.now().Sub(started), results: signInResults(t, err)}
	s.a.replay(o, s.format == "table")
	if s.format == "json" {
		if err := s.a.printChecks([]outcome{o}); err != nil {
			return true, err
		}
	}
	s.a.say("%s was not saved", s.given.profile.Name)
	return true, silent(o.exit())
}

// keep stages, checks and promotes.
func (s *scripted) keep(ctx context.Context) error {
	name := s.given.profile.Name
	staging := ctx
	source := credstore.Pasted
	if s.created {
		// Keys that exist at Mimecast reach the store even when ctrl+c was pressed meanwhile.
		var cancel context.CancelFunc
		staging, cancel = context.WithTimeout(context.WithoutCancel(ctx), 3*time.Minute)
		defer cancel()
		source = credstore.Created
	}
	record, err := s.vault.Stage(s.a.waiting(staging), s.a.storeKind(), s.given.profile, s.given.credential, source)
	if err != nil {
		s.takeBack(ctx)
		return inTheWay(name, err)
	}
	t := target{given: s.given, plan: s.plan, version: record.Pending.ID}
	// The record's own profile is that of what is in force, which may be at another host.
	t.signIn, t.credential, t.profile = nil, record.Pending.Credential, record.ProfileOf(record.Pending)
	o := s.a.checkEach(ctx, []target{t}, 1, s.format == "table")[0]
	if ctx.Err() != nil || !o.ok() {
		return s.refuse(ctx, o)
	}
	if err := s.a.promote(ctx, s.vault, o.summary(), name); err != nil {
		return err
	}
	if s.format == "json" {
		if err := s.a.printChecks([]outcome{o}); err != nil {
			return err
		}
	}
	s.a.forgetUnfinished(name)
	s.a.note("%s is saved %s", name, s.vault.Location(s.a.storeKind(), name))
	return nil
}

// refuse ends a setup whose checks did not pass: nothing changes what is in force.
func (s *scripted) refuse(ctx context.Context, o outcome) error {
	name := s.given.profile.Name
	if s.format == "json" {
		if err := s.a.printChecks([]outcome{o}); err != nil {
			return err
		}
	}
	if o.err != nil {
		s.a.sayError(name, o.err)
	}
	if s.created {
		s.a.say("%s: the keys that were created are kept as pending", name)
		s.a.say("hint: mimecred check %s tests them again and puts them in force when they pass", name)
	} else {
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		if err := s.vault.Discard(clean, name); err != nil {
			return fmt.Errorf("remove the refused credential of %s again: %w", name, err)
		}
		s.a.say("%s was not saved", name)
	}
	if ctx.Err() != nil {
		return interruption(ctx)
	}
	return silent(o.exit())
}

// takeBack logs out keys that could not be stored: nobody has them.
func (s *scripted) takeBack(ctx context.Context) {
	keys, legacy := s.given.credential.(client.Legacy)
	if !s.created || !legacy {
		return
	}
	c, err := s.a.dial(s.given.profile.Endpoint)
	if err == nil {
		defer c.Close()
		err = logOut(ctx, c, keys)
	}
	if err != nil {
		s.a.say("the access key that was created could neither be stored nor logged out: %s", oneLine(err.Error()))
		s.a.say("hint: remove it in the console, at the application's access keys")
		return
	}
	s.a.say("the access key that was created could not be stored and was logged out again")
}
