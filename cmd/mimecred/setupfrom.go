package main

import (
	"context"

	"mimecred/credstore/lifecycle"
)

// runSetupFrom is setup without a question.
func runSetupFrom(ctx context.Context, a *app, o setupOptions) error {
	format, err := a.format("setup --from")
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
	if _, err := planFor(g.profile, ""); err != nil {
		return err
	}
	vault, err := a.openVault()
	if err != nil {
		return err
	}
	c := a.change(settingUp, vault, g.profile.Name, format)
	what := c.of(g)
	what.Store = a.storeOf(g.profile.Name)
	return c.run(ctx, what, lifecycle.Policy{Anyway: o.anyway, Patience: lifecycle.Patience{For: o.wait, Pause: a.pause}})
}

// of is the change that a file describes.
func (c *change) of(g given) lifecycle.Change {
	what := lifecycle.Of(g.profile, g.credential)
	if in := g.signIn; in != nil {
		c.signIn, c.moreKeys = in, g.moreKeys
		what.ApplicationID, what.ApplicationKey = in.ApplicationID, g.appKey
		what.Email, what.SignIn, what.Password = in.Email, in.Type, in.Password
	}
	if g.renews() {
		what.Way = lifecycle.Renew
	}
	return what
}
