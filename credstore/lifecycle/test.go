package lifecycle

import (
	"context"
	"errors"

	"mimecred/client"
	"mimecred/credstore"
)

// Tested is what came of a test of a saved profile.
type Tested struct {
	Results []client.Result
	Summary credstore.CheckSummary
	// Pending is set when nothing is current yet, so that the pending version was tested.
	Pending bool
	// Note is what else the person should know; "" for nothing.
	Note string
}

// Test tests the current version of a profile, or the pending one when there is none, and notes the outcome in the list. An error
// says why it could not be tested.
func (s Service) Test(ctx context.Context, name string, tell Tell) (Tested, error) {
	var t Tested
	record, err := s.load(ctx, name, tell)
	if err != nil {
		return t, err
	}
	version := record.Current
	if version == nil {
		version, t.Pending = record.Pending, true
	}
	if version == nil || version.Credential == nil {
		return t, &credstore.Error{Kind: credstore.NotFound, Op: "find a credential of " + name}
	}
	p := record.ProfileOf(version)
	plan, err := s.Plan(Selection(p))
	if err != nil {
		return t, unknownProduct(err)
	}
	if entry, known, err := s.Vault.Lookup(name); known && err == nil && !t.Pending {
		plan.History = HistoryOf(entry)
	}
	tell(Planned{Steps: plan.Steps(), Pending: t.Pending, Profile: p})
	began := s.Now()
	t.Results, err = s.check(ctx, p.Endpoint, version.Credential, plan, Patience{}, tell)
	if err != nil {
		return t, err
	}
	t.Summary = Summary(t.Results, began)
	t.Summary.Version = version.ID
	if !t.Pending { // the list tells of what is current
		t.Note = s.noteTest(ctx, name, t.Summary, tell)
	}
	return t, nil
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

// noteTest is Note in words: what the person should know of it.
func (s Service) noteTest(ctx context.Context, name string, sum credstore.CheckSummary, tell Tell) string {
	unlisted := ""
	n := s.Note(ctx, name, sum, func(e Event) {
		if not, is := e.(NotListed); is && unlisted == "" {
			sentence, fix := credstore.Explain(not.Err)
			unlisted = "mimecred could not note the outcome in the list. " + sentence + " " + fix
			return
		}
		tell(e)
	})
	switch {
	case unlisted != "":
		return unlisted
	case n.Forgotten != nil:
		return "The time of the previous version is over, and mimecred forgot it. It stays valid at Mimecast until you remove it there."
	}
	return ""
}

// ExplainTest says in words why a profile could not be tested, and what helps.
func ExplainTest(name string, err error) (problem, fix string) {
	var cannot *CannotCheckError
	switch {
	case errors.As(err, &cannot):
		return cannot.Problem, ProfileRemedy(cannot.Fix, cannot.At, name)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "The test took too long, and was stopped.", "Try again."
	default:
		return credstore.Explain(err)
	}
}
