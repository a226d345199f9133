package lifecycle

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
)

// Confirmation is what a live call with the current version came to.
type Confirmation struct {
	// OK tells that Mimecast accepted the credential that is current now for a call that reads data, see client.Confirmed.
	OK      bool
	Results []client.Result
	// Problem and Fix say what is wrong; both are empty when OK.
	Problem, Fix string
	// Refused tells that Mimecast turned the credential down, so that going back is worth a thought.
	Refused bool
}

// Confirm reads the current version from the store once more, makes a live call with it, and notes the outcome: the last part of
// every change. Nothing is rolled back when it fails, since the same credential passed a moment ago.
func (s Service) Confirm(ctx context.Context, c Change, tell Tell) Confirmation {
	got, _ := s.confirm(ctx, c, tell)
	return got
}

// confirm gives also the record that it has read; the zero one where it could not be read.
func (s Service) confirm(ctx context.Context, c Change, tell Tell) (Confirmation, credstore.Record) {
	ctx, cancel := context.WithTimeout(ctx, ConfirmTime)
	defer cancel()
	loading, done := storing(ctx, tell)
	defer done()
	record, err := s.Vault.Load(loading, c.Name)
	if err == nil && record.Current == nil {
		err = &credstore.Error{Kind: credstore.NotFound, Op: "find the current credential"}
	}
	if err != nil {
		sentence, fix := credstore.Explain(err)
		return Confirmation{Problem: "The credential is current, but reading it again failed. " + sentence, Fix: fix}, credstore.Record{}
	}
	profile := record.ProfileOf(record.Current)
	mimecast, err := s.Dial(profile.Endpoint)
	if err != nil {
		return Confirmation{Problem: "The credential is current, but it could not be confirmed. " + Sentence(err), Fix: "Try again."}, record
	}
	defer mimecast.Close()
	var got Confirmation
	for r := range mimecast.Check(ctx, record.Current.Credential, confirmPlan(profile)) {
		got.Results = append(got.Results, r)
	}
	v := client.Judge(got.Results)
	got.OK, got.Refused = client.Confirmed(got.Results), v.Refused
	if got.OK {
		// The journal is advice: that it cannot be written changes nothing about the credential.
		_ = s.Vault.Note(ctx, credstore.UnfinishedChange{Name: c.Name, Phase: credstore.Confirmed, Retire: c.Purpose == Rotating && record.Previous != nil})
	} else {
		got.Problem, got.Fix = "The credential is current, but the call that confirms it failed.", "Try again."
		for _, r := range got.Results {
			if r.State == client.Failed || r.State == client.Warning {
				got.Problem += " " + r.Title + ": " + r.Meaning
				got.Fix = ProfileRemedy(r.Fix, r.Where, c.Name)
				break
			}
		}
	}
	return got, record
}
