package lifecycle

import (
	"context"
	"iter"
	"time"

	"mimecred/client"
)

// CannotCheckError says why the checks could not begin, and what owns the cause: WhereIntegration, where it is not known what to
// check, or WhereConnection.
type CannotCheckError struct {
	Where client.Where
	// Problem and Fix are what to tell a person.
	Problem, Fix string
	// At are the places that Fix speaks of.
	At  client.Where
	Err error
}

// Error gives one line.
func (e *CannotCheckError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *CannotCheckError) Unwrap() error { return e.Err }

// Check checks what the change has staged, as its store gave it back, and tells each result as it comes. The results so far
// come back together with the context's error when it was called off, and with a *CannotCheckError before there are any.
func (s Service) Check(ctx context.Context, c Change, tell Tell) ([]client.Result, error) {
	plan, err := s.Plan(c.Selection())
	if err != nil {
		return nil, unknownProduct(err)
	}
	tell(Planned{Steps: plan.Steps(), Pending: true, Profile: c.Profile()})
	results, err := s.check(ctx, c.Endpoint(), c.StagedCredential, plan, Patience{}, tell)
	if err == nil {
		s.noteTried(c, results, s.Now(), tell)
	}
	return results, err
}

// noteTried notes the test of a version that is not current, so that the list says how it ended.
func (s Service) noteTried(c Change, results []client.Result, at time.Time, tell Tell) {
	sum := Summary(results, at)
	if sum.Version = c.StagedVersion; c.Purpose == RollingBack {
		sum.Version = c.Replaced.ID
	}
	if s.Profiles == nil || sum.Version == "" || len(results) == 0 || client.Judge(results).Canceled {
		return
	}
	if err := s.Profiles.RecordCheck(c.Name, sum); err != nil {
		tell(NotListed{c.Name, err})
	}
}

// check makes the checks of a plan within the time that they have.
func (s Service) check(ctx context.Context, e client.Endpoint, credential client.Credential, plan client.Plan, wait Patience, tell Tell) ([]client.Result, error) {
	mimecast, err := s.Dial(e)
	if err != nil {
		d := client.Diagnose(err, credential.API())
		return nil, &CannotCheckError{Where: client.WhereConnection, Problem: d.Meaning + " (" + err.Error() + ")", Fix: d.Fix, At: d.Where, Err: err}
	}
	defer mimecast.Close()
	checking, cancel := context.WithTimeout(ctx, CheckTime+wait.For)
	defer cancel()
	return s.Checks(checking, mimecast, credential, plan, wait, tell), ctx.Err()
}

// watcher is a Mimecast that tells what is certain before its place in the run.
type watcher interface {
	CheckWatched(ctx context.Context, credential client.Credential, plan client.Plan, watch func(client.Result)) iter.Seq[client.Result]
}

// Checks makes a run of checks, tells each as it comes, and gives all. With patience it is repeated as long as Mimecast refuses it like that
// of a new application, and only the last run is told. A sign-in is no part of a run: none is repeated.
func (s Service) Checks(ctx context.Context, m Mimecast, credential client.Credential, plan client.Plan, wait Patience, tell Tell) []client.Result {
	if wait.For <= 0 {
		return checkOnce(ctx, m, credential, plan, tell)
	}
	end := s.Now().Add(wait.For)
	var results []client.Result
	for pause := firstPause; ; pause = min(2*pause, MostPause) {
		results = checkOnce(ctx, m, credential, plan, nil) // it may not be the last one
		left := end.Sub(s.Now())
		if left <= 0 || !client.Fresh(results, credential.API()) {
			break
		}
		pause = min(pause, left)
		tell(Repeating{firstKind(results), pause, left})
		if wait.Pause(ctx, pause) != nil {
			break
		}
	}
	for _, r := range results {
		tell(Checked{r})
	}
	return results
}

// checkOnce is one run of checks. They are told in the order of the plan.
func checkOnce(ctx context.Context, m Mimecast, credential client.Credential, plan client.Plan, tell Tell) []client.Result {
	if tell == nil {
		tell = func(Event) {}
	}
	run := m.Check
	if w, is := m.(watcher); is {
		run = func(ctx context.Context, credential client.Credential, plan client.Plan) iter.Seq[client.Result] {
			return w.CheckWatched(ctx, credential, plan, func(r client.Result) { tell(Foreseen{r}) })
		}
	}
	var results []client.Result
	order := client.NewInOrder(plan.Steps())
	say := func(ready []client.Result) {
		for _, r := range ready {
			results = append(results, r)
			tell(Checked{r})
		}
	}
	for r := range run(ctx, credential, plan) {
		ready := order.Add(r)
		if len(ready) == 0 {
			tell(Foreseen{r}) // its place in the plan is still to come
		}
		say(ready)
	}
	say(order.Rest())
	return results
}

// firstKind is the kind of the first check that failed.
func firstKind(results []client.Result) client.Kind {
	for _, m := range client.Remedies(results) {
		return m.Kind
	}
	return client.Unknown
}

func unknownProduct(err error) *CannotCheckError {
	return &CannotCheckError{
		Where: client.WhereIntegration, At: client.WhereIntegration, Err: err,
		Problem: "mimecred does not know what to check for this integration: " + err.Error() + ".",
		Fix:     "Choose another integration, or no particular product.",
	}
}
