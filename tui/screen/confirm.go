package screen

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Confirmation is what a live call with the version in force came to.
type Confirmation struct {
	// OK tells that Mimecast took the credential that is in force now for a call that reads data, see client.Confirmed.
	OK      bool
	Results []client.Result
	// Problem and Fix say what is wrong; both are empty when OK.
	Problem, Fix string
	// Refused tells that Mimecast turned the credential down, so that going back is worth a thought.
	Refused bool
}

// Confirm reads what is in force from the store once more, makes a live call with it, and notes the outcome: the last part of
// every change. Nothing is taken back when it fails, since the same credential passed a moment ago.
func Confirm(ctx context.Context, env Env, a flow.Answers) Confirmation {
	ctx, cancel := context.WithTimeout(ctx, lifecycle.ConfirmTime)
	defer cancel()
	record, err := env.Vault.Load(ctx, a.Name)
	if err == nil && record.Active == nil {
		err = &credstore.Error{Kind: credstore.NotFound, Op: "find the credential in force"}
	}
	if err != nil {
		sentence, fix := credstore.Explain(err)
		return Confirmation{Problem: "The credential is in use; reading it once more failed. " + sentence, Fix: fix}
	}
	profile := record.ProfileOf(record.Active)
	mimecast, err := env.Dial(profile.Endpoint)
	if err != nil {
		return Confirmation{Problem: "The credential is in use; it could not be confirmed. " + lifecycle.Sentence(err), Fix: "Try again."}
	}
	defer mimecast.Close()
	var c Confirmation
	for r := range mimecast.Check(ctx, record.Active.Credential, lifecycle.ConfirmPlan(profile)) {
		c.Results = append(c.Results, r)
	}
	v := client.Judge(c.Results)
	c.OK, c.Refused = client.Confirmed(c.Results), v.Refused
	// The journal is advice: that it cannot be written changes nothing about the credential.
	_ = env.Vault.Confirm(a.Name, c.OK, a.Purpose == lifecycle.Rotating && record.Previous != nil)
	if !c.OK {
		c.Problem, c.Fix = "The credential is in use, and the call that was to confirm it failed.", "Try again."
		for _, r := range c.Results {
			if wrong(&r) {
				c.Problem += " " + r.Title + ": " + r.Meaning
				c.Fix = lifecycle.ProfileRemedy(r.Fix, r.Where, a.Name)
				break
			}
		}
	}
	return c
}
