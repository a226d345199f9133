package main

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// noteKeys says what became of keys that were created only to be tested.
func (a *app) noteKeys(o outcome) {
	switch {
	case o.unclear:
		a.sayUnclear(o.profile.Name)
	case errors.Is(o.left, client.ErrNotConfirmed):
		a.say("%s: Mimecast did not confirm the log-out of the access key created for this test, so it may stay valid: %s",
			o.profile.Name, oneLine(o.left.Error()))
		a.say("hint: remove it in the console, at the application's access keys")
	case o.left != nil:
		a.say("%s: the access key that was created for this test could not be logged out and stays valid: %s",
			o.profile.Name, oneLine(o.left.Error()))
		a.say("hint: remove it in the console, at the application's access keys")
	case o.created:
		a.note("%s: signed in as %s; the access key created for this test was logged out again",
			o.profile.Name, o.signIn.Email)
	}
}

// signInPath is the call that creates keys.
const signInPath = "/api/login/login"

// signInResults tells a failed sign-in in the shape of a run of checks.
func signInResults(t target, err error) []client.Result {
	kind, meaning, fix := signInKind(*t.signIn, err)
	var reply *client.Error
	answered := errors.As(err, &reply) && reply.HTTPStatus >= http.StatusOK // 101 and its like answer nothing
	var second *client.SecondFactorError
	errors.As(err, &second)
	results := make([]client.Result, 0, len(t.plan.Steps()))
	for _, step := range t.plan.Steps() {
		r := client.Result{ID: step.ID, Title: step.Title, State: client.Skipped}
		failed := step.ID == client.CheckCredentials && answered || step.ID == client.CheckReach && !answered
		switch {
		case failed:
			r.State, r.Kind, r.Meaning, r.Fix = client.Failed, kind, meaning, fix
			r.Method, r.Path = "POST", signInPath
			if reply != nil {
				r.HTTPStatus, r.Code, r.Message, r.RequestID = reply.HTTPStatus, reply.Code, reply.Message, reply.RequestID
			}
			if second != nil && r.Message == "" {
				r.Message = second.Message
			}
		case step.ID == client.CheckReach:
			r.State = client.Passed
		case step.ID == client.CheckClock && answered && reply.Skew.Abs() < time.Minute:
			r.State = client.Passed
		}
		results = append(results, r)
	}
	return results
}

// signInKind finds the kind of a failed sign-in. Without the one-time code that it asks for, Mimecast refuses the
// credentials as they are, so that is what it is called.
func signInKind(in client.SignIn, err error) (kind client.Kind, meaning, fix string) {
	var second *client.SecondFactorError
	switch {
	case !errors.As(err, &second):
		d := client.Diagnose(err, client.API10)
		return d.Kind, d.Meaning, lifecycle.FileRemedy(d.Fix, d.Where, client.API10)
	case second.Wrong || !in.Code.IsZero():
		return client.InvalidCredentials, "The one-time code was refused.",
			`Put a fresh code into "create_keys"."otp". Failed sign-ins can lock the account: do not try often.`
	default:
		return client.InvalidCredentials, fmt.Sprintf("Mimecast gives %s no keys without a one-time code.", in.Email),
			`Put the code into "create_keys"."otp", or create the keys in the console and give "access_key" and "secret_key".`
	}
}

// sayUnclear says that the answer to a sign-in was lost.
func (a *app) sayUnclear(name string) {
	a.say("%s: mimecred could not tell whether keys were created", name)
	a.say("hint: look in the console before you try again: Services > Applications > Registered Applications")
}
