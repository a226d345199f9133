package screen

import (
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// ProfileOf is the profile that the answers describe.
func ProfileOf(a flow.Answers) credstore.Profile {
	p := credstore.Profile{
		Name: a.Name, Integration: a.Integration, Also: a.Also, Features: a.Features, API: a.API, Region: a.Region, Endpoint: a.Endpoint(),
		InternalDomain: a.InternalDomain, RotateAfter: a.RotateAfter,
	}
	if a.API == client.API10 && (SourceOf(a) == credstore.Created || a.Purpose == lifecycle.Rotating || a.Purpose == lifecycle.Changing) {
		p.ServiceUser, p.SignIn = a.Email, string(a.SignIn)
	}
	return p
}

// SourceOf tells how the credential of the answers came to be.
func SourceOf(a flow.Answers) credstore.Source {
	if a.API == client.API10 && !a.KeysCreatedAt.IsZero() {
		return credstore.Created
	}
	return credstore.Pasted
}

// AnswersOf are the answers that led to what is in force of a record; entry is what the index knows of it.
func AnswersOf(r credstore.Record, entry credstore.Entry) flow.Answers {
	return answersOf(r, r.Active, entry)
}

// answersOf are the answers that led to a version of a record.
func answersOf(r credstore.Record, v *credstore.Version, entry credstore.Entry) flow.Answers {
	p := r.ProfileOf(v)
	a := flow.Answers{
		Change: lifecycle.Change{
			Name: p.Name, Store: entry.Store, Integration: p.Integration, Also: p.Also, Features: p.Features, API: p.API, Region: p.Region,
			BaseURL: p.Endpoint.BaseURL, Proxy: p.Endpoint.Proxy, CAFile: p.Endpoint.CAFile,
			InternalDomain: p.InternalDomain, Email: p.ServiceUser, SignIn: client.SignInType(p.SignIn), RotateAfter: p.RotateAfter,
		},
	}
	if entry.Account != nil {
		a.AccountName = entry.Account.Name
	}
	a = a.Allow(a.BaseURL)
	a.BaseURLBefore = a.BaseURL
	if v == nil {
		return a
	}
	a.Promoted = v == r.Active
	switch c := v.Credential.(type) {
	case client.OAuth:
		a.ClientID, a.ClientSecret = c.ClientID, c.ClientSecret
	case client.Legacy:
		a.ApplicationID, a.ApplicationKey, a.HasApplication = c.ApplicationID, c.ApplicationKey, true
		a.AccessKey, a.SecretKey, a.KeysExpireAt = c.AccessKey, c.SecretKey, c.ExpiresAt
	}
	return a
}

// AccountOf is the account that the last checks found; nil when they did not.
func AccountOf(a flow.Answers) *client.Account {
	return client.Judge(a.Results).Account
}

// SummaryOf sums up the last checks.
func SummaryOf(a flow.Answers, at time.Time) credstore.CheckSummary {
	return lifecycle.Summary(a.Results, at)
}

// staged notes that the credential lies in the store as pending.
func staged(a flow.Answers, stored storedMsg) flow.Answers {
	a.Staged, a.StagedName, a.StagedStore, a.StagedCredential = true, a.Name, a.Store, a.Credential()
	a.Location, a.Replaces, a.StagedVersion = stored.location, stored.replaces, stored.version
	a.Orphans = stored.orphans
	return a
}
