package main

import (
	"context"
	"iter"
	"time"

	"mimecred/client"
)

// The pauses of --wait: each is twice as long as the one before.
const (
	firstPause = 10 * time.Second
	mostPause  = 2 * time.Minute
)

// patiently makes a run of checks and repeats it as long as Mimecast refuses it like that of a new application and the target's
// wait is not over. Only the last run is given on. A sign-in is no part of a run: none is repeated.
func (a *app) patiently(ctx context.Context, t target, run func() iter.Seq[client.Result], yield func(client.Result)) {
	if t.wait <= 0 {
		for r := range run() {
			yield(r)
		}
		return
	}
	end := a.now().Add(t.wait)
	var results []client.Result
	for pause := firstPause; ; pause = min(2*pause, mostPause) {
		results = nil
		for r := range run() {
			results = append(results, r)
		}
		left := end.Sub(a.now())
		if left <= 0 || !client.Fresh(results, t.profile.API) {
			break
		}
		pause = min(pause, left)
		a.note("%s: Mimecast refuses this like a new application (%s); trying again in %s, for another %s",
			t.profile.Name, freshKind(results), client.Roughly(pause), client.Roughly(left))
		if a.pause(ctx, pause) != nil {
			break
		}
	}
	for _, r := range results {
		yield(r)
	}
}

// freshKind is the kind of the first check that failed.
func freshKind(results []client.Result) client.Kind {
	for _, m := range client.Remedies(results) {
		return m.Kind
	}
	return client.Unknown
}
