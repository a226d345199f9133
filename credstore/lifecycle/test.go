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
	// Pending is set when nothing is current yet, so that the version that waits was tested.
	Pending bool
	// Note is what else the person should know; "" for nothing.
	Note string
}

// Test tests the current version of a profile, or what waits when there is none, and notes the outcome in the list. An error
// says why it could not be tested.
func (s Service) Test(ctx context.Context, name string, tell Tell) (Tested, error) {
	var t Tested
	record, err := s.load(ctx, name, tell)
	if err != nil {
		return t, err
	}
	version := record.Active
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
	tell(Planned{Steps: plan.Steps(), Pending: t.Pending})
	began := s.Now()
	t.Results, err = s.check(ctx, p.Endpoint, version.Credential, plan, tell)
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

// noteTest notes the outcome of a test of the current version, which confirms a change that waits for that. When it passed, a
// previous version whose time is over is forgotten.
func (s Service) noteTest(ctx context.Context, name string, sum credstore.CheckSummary, tell Tell) string {
	if err := s.Profiles.RecordCheck(name, sum); err != nil {
		sentence, fix := credstore.Explain(err)
		return "The outcome could not be noted in the list. " + sentence + " " + fix
	}
	if !sum.OK {
		return "" // the previous version may be the one that works
	}
	ctx, cancel := storing(ctx, tell)
	defer cancel()
	// What cannot be forgotten now is tried again at the next test.
	if swept, err := s.Profiles.Sweep(ctx, name); err == nil && swept != nil {
		return "The previous version, which was kept until now, is forgotten. At Mimecast it stays valid until it is removed there."
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
		return "The test was broken off, because it took too long.", "Try again."
	default:
		return credstore.Explain(err)
	}
}
