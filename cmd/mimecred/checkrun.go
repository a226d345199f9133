package main

import (
	"context"
	"errors"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// outcome is what came of one target.
type outcome struct {
	target
	started  time.Time
	duration time.Duration
	results  []client.Result
	// created tells that keys were created for the test.
	created bool
	// unclear tells that keys may have been created although the sign-in for the test brought none.
	unclear bool
	// left is why keys that were created for the test could not be logged out again.
	left error
	// rotation is what came of the rotation that the test was part of; nil for all others.
	rotation *rotationJSON
}

// checkEach tests all targets, n at a time, and reports them in their order; with live set each result is printed as
// soon as it is there and its predecessors are.
func (a *app) checkEach(ctx context.Context, targets []target, n int, live bool) []outcome {
	outcomes := make([]outcome, len(targets))
	streams := make([]chan client.Result, len(targets))
	slots := make(chan struct{}, n)
	for i, t := range targets {
		streams[i] = make(chan client.Result)
		// Results are collected as they come, so that a profile never waits for the printing of the one before.
		in := make(chan client.Result)
		go relay(in, streams[i])
		go func() {
			defer close(in)
			slots <- struct{}{}
			defer func() { <-slots }()
			outcomes[i] = a.checkOne(ctx, t, in)
		}()
	}
	for i, t := range targets {
		r := a.newReport(t, t.plan.Steps(), live && !a.flags.quiet)
		for result := range streams[i] {
			r.row(result)
		}
		r.end(outcomes[i])
	}
	return outcomes
}

// relay passes results on and keeps as many as there are until they are wanted.
func relay(in <-chan client.Result, out chan<- client.Result) {
	defer close(out)
	var kept []client.Result
	for in != nil || len(kept) > 0 {
		var to chan<- client.Result
		var first client.Result
		if len(kept) > 0 {
			to, first = out, kept[0]
		}
		select {
		case result, open := <-in:
			if !open {
				in = nil
				continue
			}
			kept = append(kept, result)
		case to <- first:
			kept = kept[1:]
		}
	}
}

// checkOne tests one target and sends every result to out as well; one that comes with the end of the run is sent before it, too.
func (a *app) checkOne(ctx context.Context, t target, out chan<- client.Result) (o outcome) {
	o = outcome{target: t, started: a.now()}
	defer func() { o.duration = a.now().Sub(o.started) }()
	if t.err != nil {
		return o
	}
	dial := a.dialSaved
	if !t.saved {
		dial = func(p credstore.Profile) (*client.Client, error) { return a.dial(p.Endpoint) }
	}
	c, err := dial(t.profile)
	if err != nil {
		o.err = err
		return o
	}
	defer c.Close()
	ctx, cancel := context.WithTimeout(ctx, lifecycle.CheckTime+t.wait)
	defer cancel()
	yield := func(r client.Result) {
		o.results = append(o.results, r)
		out <- r
	}
	credential := t.credential
	if t.signIn != nil {
		keys, err := lifecycle.SignIn(ctx, c, *t.signIn)
		if err != nil {
			o.unclear = client.MayHaveCreatedKeys(err)
			for _, r := range signInResults(t, err) {
				yield(r)
			}
			return o
		}
		legacy := t.legacy(keys, a.now())
		credential, o.created = legacy, true
		defer func() { o.left = lifecycle.LogOut(ctx, c, legacy) }()
	}
	service := a.service(nil, t.profile.Name, t.saved)
	service.Checks(ctx, c, credential, t.plan, lifecycle.Patience{For: t.wait, Pause: a.pause}, func(e lifecycle.Event) {
		switch e := e.(type) {
		case lifecycle.Checked:
			yield(e.Result)
		case lifecycle.Foreseen:
			out <- e.Result
		default:
			a.tellOf(t.profile.Name, e)
		}
	})
	return o
}

// exit is the outcome's exit code.
func (o outcome) exit() int {
	if o.err != nil {
		return explainAny(o.err).code
	}
	switch v := client.Judge(o.results); {
	case o.left != nil:
		return max(exitUnjudged, outcome{results: o.results}.exit())
	case v.Unjudged:
		return exitUnjudged
	case v.Refused:
		return exitRefused
	case v.Failed > 0, v.NothingWorks:
		return exitCheckFailed
	default:
		return exitDone
	}
}

func (o outcome) ok() bool { return o.err == nil && o.left == nil && client.Judge(o.results).OK }

// summary is what the list keeps of an outcome.
func (o outcome) summary() credstore.CheckSummary { return lifecycle.Summary(o.results, o.started) }

// account is which tenant answered, nil when none told.
func (o outcome) account() *client.Account { return client.Judge(o.results).Account }

// noteOutcome writes down the outcome of a saved profile and says on standard error what the report has no place for.
func (a *app) noteOutcome(ctx context.Context, o *outcome) {
	if o.signIn != nil {
		a.noteKeys(*o)
	}
	if o.err != nil {
		a.sayError(o.profile.Name, o.err)
		return
	}
	// A test that was broken off says nothing about the credential.
	if !o.saved || ctx.Err() != nil {
		return
	}
	vault, err := a.openVault()
	if err == nil {
		err = a.conclude(ctx, vault, o)
	}
	if err != nil {
		o.err = err
		a.sayError(o.profile.Name, err)
	}
}

// conclude does what follows from the test of a saved profile, and says it.
func (a *app) conclude(ctx context.Context, vault *credstore.Vault, o *outcome) error {
	c := a.change(checking, vault, o.profile.Name, "")
	got := a.service(vault, c.name, true).Conclude(ctx, o.trial, o.results, o.started, c.tell)
	got.Unlisted = nil // it was said when it happened
	told := got.Told(a.now())
	say := a.note
	if o.trial.Pending && !got.OK() {
		say = a.say
	}
	a.sayTold(c.name, told, say)
	if told.Trouble != "" {
		return c.failed(ctx, got, told)
	}
	for _, next := range told.Next {
		say("hint: %s", oneLine(next))
	}
	return nil
}

// failed is the failure of a pending version that passed, and is not current or not confirmed.
func (c *change) failed(ctx context.Context, got lifecycle.Tested, told lifecycle.Told) error {
	switch out := *got.Outcome; {
	case out.Activated():
		return c.unconfirmed(ctx, out)
	case got.Err != nil && ctx.Err() != nil && errors.Is(got.Err, ctx.Err()):
		return interruption(ctx)
	case got.Err != nil && c.judged != nil:
		return c.notActivated(got.Err)
	case got.Err != nil:
		return got.Err
	}
	return &failure{code: exitCheckFailed, err: errors.New(lifecycle.Clause(told.Trouble)), hints: told.Next}
}

// sayNoted says what noting a check has led to.
func (a *app) sayNoted(name string, n lifecycle.Noted) {
	facts, warnings := n.Words()
	a.sayTold(name, lifecycle.Told{Facts: facts, Warnings: warnings}, a.note)
}

// sayTold says what there is to know of a profile; a warning is said whatever says the rest.
func (a *app) sayTold(name string, told lifecycle.Told, say func(format string, args ...any)) {
	for _, line := range told.Checks {
		say("%s", oneLine(line))
	}
	for _, fact := range told.Facts {
		say("%s: %s", name, oneLine(lifecycle.Clause(fact)))
	}
	for _, warning := range told.Warnings {
		a.say("warning: %s: %s", name, oneLine(lifecycle.Clause(warning)))
	}
}

// unlisted warns that the list of profiles could not be written. The list only repeats what the store has, so nothing has
// failed that was asked for.
func (a *app) unlisted(name string, err error) {
	if err == nil {
		return
	}
	hint := "what the store has is right; mimecred check " + name + " writes the list again"
	if credstore.Unlisted(err) {
		_, hint = credstore.Explain(err)
	}
	if left := credstore.CopyLeft(err); left != "" {
		a.say("warning: %s: %s", name, lifecycle.Clause(left))
		a.say("hint: %s", oneLine(hint))
		return
	}
	// Of the operations that were under way, the outer ones have succeeded.
	var e *credstore.Error
	for cause := err; errors.As(cause, &e) && e.Err != nil; cause = e.Err {
		err = e.Err
	}
	a.say("warning: %s: the list of profiles could not be written: %s", name, oneLine(err.Error()))
	a.say("hint: %s", oneLine(hint))
}

// unlessListed is err, unless it says only that the list could not be written: then it is a warning, and what was asked for is
// done.
func (a *app) unlessListed(name string, err error) error {
	if !credstore.Unlisted(err) {
		return err
	}
	a.unlisted(name, err)
	return nil
}

// sayError says what went wrong with one of several profiles.
func (a *app) sayError(name string, err error) {
	f := explainAny(err)
	a.say("%s: %s", name, oneLine(f.Error()))
	for _, hint := range f.hints {
		a.say("hint: %s", oneLine(hint))
	}
}
