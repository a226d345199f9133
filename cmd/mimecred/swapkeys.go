package main

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
)

// signIn creates keys, once. What is about to happen is noted before, and what came of it after: nobody could tell later.
// failed is set when Mimecast was asked and gave none; any other error is no answer of Mimecast's.
func (s swap) signIn(ctx context.Context, c *client.Client, in client.SignIn) (keys client.Keys, failed bool, err error) {
	if ctx.Err() != nil {
		return keys, false, interruption(ctx)
	}
	err = s.vault.Creating(s.a.waiting(ctx), credstore.Swap{
		Name: s.name, Store: s.store, Keep: s.keep, User: in.Email, Application: in.ApplicationID,
	})
	if err != nil {
		return keys, false, err
	}
	keys, err = createKeys(ctx, c, in)
	switch {
	case err == nil && !in.Expired.IsZero() && keys.AccessKey.Equal(in.Expired):
		s.vault.NotCreated(s.name) // the keys that exist were renewed
	case err == nil:
		s.vault.KeysMade(s.name)
	case !client.MayHaveCreatedKeys(err):
		s.vault.NotCreated(s.name)
	}
	return keys, err != nil, err
}

// takeBack logs out keys that could not be stored: nobody has them.
func (s swap) takeBack(ctx context.Context, p credstore.Profile, keys client.Legacy) {
	c, err := s.a.dial(p.Endpoint)
	if err == nil {
		defer c.Close()
		err = logOut(ctx, c, keys)
	}
	if err != nil {
		s.a.say("the access key that was created could neither be stored nor logged out: %s", oneLine(err.Error()))
		s.a.say("hint: remove it in the console, at the application's access keys")
		return
	}
	s.vault.NotCreated(s.name)
	s.a.say("the access key that was created could not be stored and was logged out again")
}

// noSignIn is the outcome of a sign-in that brought no keys, in the shape of a run of checks.
func (s swap) noSignIn(t target, o outcome, err error) outcome {
	o.target, o.results = t, signInResults(t, err)
	if client.MayHaveCreatedKeys(err) {
		s.a.sayUnclear(s.name)
	}
	return o
}

// sayUnclear says that the answer to a sign-in was lost.
func (a *app) sayUnclear(name string) {
	a.say("%s: it is not known whether keys were created", name)
	a.say("hint: look in the console before trying again: Services > Applications > Registered Applications")
}
