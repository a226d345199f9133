package client

import (
	"context"
	"iter"
	"net/http/httptrace"
	"sync"
	"time"
)

// Check runs a plan and streams its results: reach, clock, credentials and account in this order, then the plan's probes that
// did not fail as they finish, then those that failed, in the order of the plan: their advice depends on all others. When the
// account failed, whatever follows waits for the end with it; see CheckWatched. Every step of Plan.Steps gets exactly one Result,
// unless the loop is left early, which cancels what still runs. When ctx ends, what has not finished is skipped with Kind
// Canceled.
//
// API 2.0 takes two round trips after the connection is up: the token (always a new one), then whoami, get-account and all
// probes at once. API 1.0 takes one: get-account builds the connection and the probes follow on it without waiting for the
// answer. There is no request for reach alone.
func (c *Client) Check(ctx context.Context, credential Credential, plan Plan) iter.Seq[Result] {
	return c.CheckWatched(ctx, credential, plan, func(Result) {})
}

// CheckWatched is Check for whoever shows how a run goes on. Results that have to wait for the end are given to watch before:
// the account's as soon as its state is certain, and after it what did not fail. They come once more from the loop, with the
// same state and kind, and the advice of the whole run. watch is called between two turns of the loop.
func (c *Client) CheckWatched(ctx context.Context, credential Credential, plan Plan, watch func(Result)) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		r := &checkRun{client: c, credential: credential, plan: plan, yield: yield, watch: watch, watched: map[string]bool{}, cancel: cancel}
		defer r.running.Wait()
		defer cancel()
		r.run(ctx)
	}
}

// checkRun is one run of Check.
type checkRun struct {
	client     *Client
	credential Credential
	plan       Plan
	yield      func(Result) bool
	left       bool // the loop was left
	// watch is told of results that wait, and watched has their ids.
	watch   func(Result)
	watched map[string]bool
	// rows are those of the data calls, postponed those of them that wait for the end of the run; known is what the account told.
	rows, postponed []Result
	known           facts
	cancel          context.CancelFunc
	running         sync.WaitGroup
}

// outcome is one finished call.
type outcome struct {
	probe   int // index into the plan's probes
	reply   *Reply
	failure *Error
	took    time.Duration
}

func (r *checkRun) api() API {
	if r.credential == nil {
		return API20
	}
	return r.credential.API()
}

func (r *checkRun) run(ctx context.Context) {
	if failure, at := r.before(); failure != nil {
		r.stopAt(at, failure)
		return
	}
	defer r.release()
	if pair, ok := r.credential.(OAuth); ok {
		r.run20(ctx, pair)
		return
	}
	r.run10(ctx)
}

// before finds what is wrong before anything is sent, and the check that it belongs to.
func (r *checkRun) before() (*Error, string) {
	switch credential := r.credential.(type) {
	case OAuth:
		if credential.ClientID == "" || credential.ClientSecret.IsZero() {
			return errMissing("client ID or client secret"), CheckCredentials
		}
	case Legacy:
		if failure := credential.usable(); failure != nil {
			return failure, CheckCredentials
		}
	default:
		return errMissing("credential"), CheckCredentials
	}
	if failure := r.client.rightAPI(r.api()); failure != nil {
		return failure, CheckReach
	}
	return nil, ""
}

func (r *checkRun) run20(ctx context.Context, pair OAuth) {
	start := time.Now()
	token, failure := r.mint(ctx, pair)
	first := outcome{reply: token.reply, failure: failure, took: time.Since(start)}
	if !r.opening(first, tokenStep(), failure == nil) {
		return
	}
	who := r.launch(ctx, whoamiRequest())
	account := r.launch(ctx, accountRequest())
	probes := r.launchProbes(ctx)
	facts := r.account(<-account, r.identity(<-who))
	for range r.sent() {
		r.probe(<-probes, facts)
	}
}

// mint is the first round trip of API 2.0.
func (r *checkRun) mint(ctx context.Context, pair OAuth) (minted, *Error) {
	ctx, cancel := r.client.budget(ctx)
	defer cancel()
	return r.client.fresh(ctx, pair)
}

func (r *checkRun) run10(ctx context.Context) {
	account := r.launchFirst(ctx, accountRequest())
	probes := r.launchProbes(ctx)
	first := <-account
	var early []outcome
	proven := first.accepted()
	if !proven && first.reply != nil && !first.refused() {
		// get-account proves nothing. Any other signed call that Mimecast accepted proves the keys as well.
		for range r.sent() {
			one := <-probes
			early = append(early, one)
			if proven = one.accepted(); proven {
				break
			}
		}
	}
	if !r.opening(first, accountStep(), proven) {
		return
	}
	facts := r.account(first, nil)
	for _, one := range early {
		r.probe(one, facts)
	}
	for range r.sent() - len(early) {
		r.probe(<-probes, facts)
	}
}

// accepted tells whether a signed call shows that Mimecast accepted the credentials. Neither a status nor a code shows anything:
// only a reply in the form of Mimecast's functions does, see listen. A call that was not sent has no reply.
func (o outcome) accepted() bool {
	e := o.failure
	switch {
	case o.reply == nil:
		return false
	case e == nil:
		return o.reply.isFunction()
	case e.Kind.Refused(), e.Kind.Unjudged(), e.Kind == Canceled, e.byAddress:
		return false
	case e.Kind == MissingPermission, e.Kind == MissingProduct, e.Kind == NotLicensed:
		return e.enveloped
	default:
		return e.codeInFail
	}
}

// refused tells whether Mimecast turned the credentials down, or the call was called off: nothing is to be added to that.
func (o outcome) refused() bool {
	return o.failure != nil && (o.failure.Kind.Refused() || o.failure.Kind == Canceled)
}

// launch makes one call in the background.
func (r *checkRun) launch(ctx context.Context, request Request) <-chan outcome {
	done := make(chan outcome, 1)
	r.running.Go(func() { done <- r.make(ctx, request) })
	return done
}

// launchFirst is launch for the call that builds the connection. It comes back as soon as the request is on the wire, so
// that what is launched next finds the connection ready, or when the call ended before that.
func (r *checkRun) launchFirst(ctx context.Context, request Request) <-chan outcome {
	done, sent := make(chan outcome, 1), make(chan struct{})
	written := sync.OnceFunc(func() { close(sent) })
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(httptrace.WroteRequestInfo) { written() },
	})
	r.running.Go(func() {
		done <- r.make(ctx, request)
		written()
	})
	<-sent
	return done
}

func (r *checkRun) make(ctx context.Context, request Request) outcome {
	start := time.Now()
	reply, failure := r.client.call(ctx, r.credential, request)
	return outcome{reply: reply, failure: failure, took: time.Since(start)}
}

// launchProbes makes the plan's calls in the background, all at once. Probes that lack the domain are reported by probe
// without a call and do not come through the channel.
func (r *checkRun) launchProbes(ctx context.Context) <-chan outcome {
	done := make(chan outcome, len(r.plan.Probes))
	now := r.client.now()
	for i, probe := range r.plan.Probes {
		if r.lacksDomain(probe) {
			done <- outcome{probe: i}
			continue
		}
		request := probe.request(r.plan.Domain, now)
		r.running.Go(func() {
			one := r.make(ctx, request)
			one.probe = i
			done <- one
		})
	}
	return done
}

// sent is how many outcomes come through the probes' channel.
func (r *checkRun) sent() int { return len(r.plan.Probes) }

// emit reports a check, or keeps it until the others are known.
func (r *checkRun) emit(result Result) {
	if !r.postpone(result) {
		r.give(result)
	}
}

func (r *checkRun) give(result Result) {
	if r.left {
		return
	}
	if !r.yield(result) {
		r.left = true
		r.cancel()
	}
}
