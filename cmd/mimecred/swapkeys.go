package main

import (
	"context"
	"errors"

	"mimecred/client"
	"mimecred/credstore"
)

// create signs in for keys, once, and gives them to the change; renewed tells that they are the current ones, valid again. failed
// is set when Mimecast was asked and gave none; any other error is no answer of Mimecast's.
func (s *swap) create(ctx context.Context, in client.SignIn) (renewed, failed bool, err error) {
	if ctx.Err() != nil {
		return false, false, interruption(ctx)
	}
	s.change.Email, s.change.SignIn, s.change.Password = in.Email, in.Type, in.Password
	keys, left, err := s.Create(ctx, s.change, in.Code, s.a.tell)
	s.change.Orphans = left
	var f *failure
	switch {
	case err == nil:
		s.change, renewed = s.WithKeys(s.change, keys)
		return renewed, false, nil
	case credstore.KindOf(err) != "", errors.As(err, &f):
		return false, false, err
	}
	return false, true, err
}

// takeBack logs out keys that could not be stored: nobody has them.
func (s *swap) takeBack(ctx context.Context) {
	if err := s.TakeBack(ctx, s.change); err != nil {
		s.a.say("the access key that was created could neither be stored nor logged out: %s", oneLine(err.Error()))
		s.a.say("hint: remove it in the console, at the application's access keys")
		return
	}
	s.a.say("the access key that was created could not be stored and was logged out again")
}

// noSignIn is the outcome of a sign-in that brought no keys, in the shape of a run of checks.
func (s *swap) noSignIn(t target, o outcome, err error) outcome {
	o.target, o.results = t, signInResults(t, err)
	if client.MayHaveCreatedKeys(err) {
		s.a.sayUnclear(s.change.Name)
	}
	return o
}

// sayUnclear says that the answer to a sign-in was lost.
func (a *app) sayUnclear(name string) {
	a.say("%s: it is not known whether keys were created", name)
	a.say("hint: look in the console before trying again: Services > Applications > Registered Applications")
}
