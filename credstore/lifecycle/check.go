package lifecycle

import (
	"context"

	"mimecred/client"
)

// CannotCheckError says why the checks could not begin, and what owns the cause: WhereIntegration, where nobody knows what to
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
	tell(Planned{Steps: plan.Steps(), Pending: true})
	return s.check(ctx, c.Endpoint(), c.StagedCredential, plan, tell)
}

// check makes the checks of a plan within the time that they have.
func (s Service) check(ctx context.Context, e client.Endpoint, credential client.Credential, plan client.Plan, tell Tell) ([]client.Result, error) {
	mimecast, err := s.Dial(e)
	if err != nil {
		d := client.Diagnose(err, credential.API())
		return nil, &CannotCheckError{Where: client.WhereConnection, Problem: d.Meaning + " (" + err.Error() + ")", Fix: d.Fix, At: d.Where, Err: err}
	}
	defer mimecast.Close()
	checking, cancel := context.WithTimeout(ctx, CheckTime)
	defer cancel()
	var results []client.Result
	for r := range mimecast.Check(checking, credential, plan) {
		results = append(results, r)
		tell(Checked{r})
	}
	return results, ctx.Err() //nolint:wrapcheck // a context's error says it all
}

func unknownProduct(err error) *CannotCheckError {
	return &CannotCheckError{
		Where: client.WhereIntegration, At: client.WhereIntegration, Err: err,
		Problem: "It is not known what to check for this integration: " + err.Error() + ".",
		Fix:     "Choose another integration, or no particular product.",
	}
}
