package lifecycle

import (
	"cmp"
	"context"
	"errors"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// Trial is the version of a saved profile that a test is of.
type Trial struct {
	Name    string
	Profile credstore.Profile
	Version *credstore.Version
	Plan    client.Plan
	// Pending is set when it is the pending version, which is activated when it passes. Current is set when a version is current,
	// be it this one or another.
	Pending, Current bool
	// Beside is a pending version that is not tested; nil for none.
	Beside *credstore.Version
	// Listed is what the list knows of the profile; nil for nothing.
	Listed *credstore.Entry
}

// Trial finds the version of a profile that a test is of: the current one, or the pending one when there is no other. Keys that
// were created go before the current ones, unless all profiles are tested: nobody else has them, and only a test activates them.
// What is known of the profile comes back together with an error.
func (s Service) Trial(ctx context.Context, name string, all bool, tell Tell) (Trial, error) {
	t := Trial{Name: name}
	record, err := s.load(ctx, name, tell)
	if err != nil {
		return t, err
	}
	t.Current, t.Version = record.Current != nil, record.Current
	if pending := record.Pending; pending != nil {
		if t.Pending = !t.Current || !all && pending.Source == credstore.Created; t.Pending {
			t.Version = pending
		} else {
			t.Beside = pending
		}
	}
	if t.Version == nil || t.Version.Credential == nil {
		return t, &credstore.Error{Kind: credstore.NotFound, Op: "find a credential of " + name}
	}
	entry, known, listed := s.Vault.Lookup(name)
	if known && listed == nil {
		t.Listed = &entry
	}
	t.Profile = record.ProfileOf(t.Version)
	if t.Plan, err = s.Plan(Selection(t.Profile)); err != nil {
		return t, unknownProduct(err)
	}
	if t.Listed != nil && !t.Pending {
		t.Plan.History = HistoryOf(entry)
	}
	return t, nil
}

// Test tests a saved profile, and does what follows from that; see Trial and Conclude. It lasts TestTime at most. An error says
// why the profile could not be tested.
func (s Service) Test(ctx context.Context, name string, all bool, tell Tell) (Tested, error) {
	t, err := s.Trial(ctx, name, all, tell)
	if err != nil {
		return Tested{Trial: t}, err
	}
	tell(Planned{Steps: t.Plan.Steps(), Pending: t.Pending, Profile: t.Profile})
	began := s.Now()
	results, err := s.check(ctx, t.Profile.Endpoint, t.Version.Credential, t.Plan, Patience{}, tell)
	if err != nil {
		return Tested{Trial: t, Results: results}, err
	}
	return s.Conclude(ctx, t, results, began, tell), nil
}

// Conclude does what follows from a test, which is noted in the list, see Note. A pending version that
// passed is activated, as Run goes on with a change that is not finished; the previous version is kept.
func (s Service) Conclude(ctx context.Context, t Trial, results []client.Result, began time.Time, tell Tell) Tested {
	got := Tested{Trial: t, Results: results, Summary: Summary(results, began)}
	got.Summary.Version = t.Version.ID
	listing := func(e Event) {
		switch e := e.(type) {
		case NotListed:
			got.Unlisted = cmp.Or(got.Unlisted, e.Err)
		case Compared:
			got.Compared = &e
		}
		if tell != nil {
			tell(e)
		}
	}
	switch {
	case t.Pending && got.Summary.OK:
		out, err := s.Run(ctx, Change{Name: t.Name, Results: results, StagedVersion: t.Version.ID}, Policy{Resume: true, KeepPrevious: true}, listing)
		got.Outcome, got.Err = &out, err
		if entry, known, err := s.Vault.Lookup(t.Name); known && err == nil {
			got.Listed = &entry
		}
	default:
		got.Noted = s.Note(ctx, t.Name, got.Summary, listing)
	}
	return got
}

// load reads a profile.
func (s Service) load(ctx context.Context, name string, tell Tell) (credstore.Record, error) {
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	return s.Vault.Load(ctx, name)
}

// Noted is what noting a test of the current version has led to.
type Noted struct {
	// Confirmed is set when the test confirmed a change that was not confirmed yet.
	Confirmed bool
	// Forgotten is the previous version, when the time for which it was kept has passed and it was forgotten; Unforgotten is why it
	// could not be. Both are nil otherwise.
	Forgotten   *credstore.Version
	Unforgotten error
}

// Note notes the outcome of a test of the current version in the list, which confirms a change that is not confirmed yet. When it
// passed, a previous version whose time has passed is forgotten. A list that cannot be written is told of.
func (s Service) Note(ctx context.Context, name string, sum credstore.CheckSummary, tell Tell) Noted {
	var n Noted
	before, _ := s.Vault.Noted(name)
	if err := s.Profiles.RecordCheck(name, sum); err != nil && tell != nil {
		tell(NotListed{name, err})
	}
	if !sum.OK {
		return n // the previous version may be the one that works
	}
	now, _ := s.Vault.Noted(name)
	n.Confirmed = before.Phase == credstore.Activated && now.Phase != credstore.Activated
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	var err error
	n.Forgotten, err = s.Profiles.Sweep(ctx, name)
	n.Unforgotten = tell.done(name, err) // it is tried again at the next test
	return n
}

// ExplainTest says in words why a profile could not be tested, and what helps.
func ExplainTest(t Trial, err error) (problem, fix string) {
	var cannot *CannotCheckError
	switch {
	case errors.As(err, &cannot):
		return cannot.Problem, t.Held().Commands(t.Name).Remedy(cannot.Fix, cannot.At)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "The test took too long, and was stopped.", "Try again."
	default:
		return credstore.Explain(err)
	}
}
