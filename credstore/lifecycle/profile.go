package lifecycle

import (
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// Profile is the profile that the change describes.
func (c Change) Profile() credstore.Profile {
	p := credstore.Profile{
		Name: c.Name, Integration: c.Integration, Also: c.Also, Features: c.Features, API: c.API, Region: c.Region, Endpoint: c.Endpoint(),
		InternalDomain: c.InternalDomain, RotateAfter: c.RotateAfter,
	}
	if c.API == client.API10 && (c.Source() == credstore.Created || c.Purpose == Rotating || c.Purpose == Changing) {
		p.ServiceUser, p.SignIn = c.Email, string(c.SignIn)
	}
	return p
}

// Source tells how the credential of the change came to be.
func (c Change) Source() credstore.Source {
	if c.API == client.API10 && !c.KeysCreatedAt.IsZero() {
		return credstore.Created
	}
	return credstore.Pasted
}

// Account is the account that the last checks found; nil when they did not.
func (c Change) Account() *client.Account {
	return client.Judge(c.Results).Account
}

// Summary sums up the last checks.
func (c Change) Summary(at time.Time) credstore.CheckSummary {
	return Summary(c.Results, at)
}

// Current is the change that led to the current version of a record; entry is what the list knows of it.
func Current(r credstore.Record, entry credstore.Entry) Change {
	return of(r, r.Current, entry)
}

// of is the change that led to a version of a record.
func of(r credstore.Record, v *credstore.Version, entry credstore.Entry) Change {
	c := Of(r.ProfileOf(v), nil)
	c.Store, c.BaseURLBefore = entry.Store, c.BaseURL
	if entry.Account != nil {
		c.AccountName = entry.Account.Name
	}
	if v == nil {
		return c
	}
	c.Activated = v == r.Current
	return c.withCredential(v.Credential)
}

// Of is a change that gives a profile a credential; nil for one that does not exist yet.
func Of(p credstore.Profile, credential client.Credential) Change {
	c := Change{
		Name: p.Name, Integration: p.Integration, Also: p.Also, Features: p.Features, API: p.API, Region: p.Region,
		BaseURL: p.Endpoint.BaseURL, Proxy: p.Endpoint.Proxy, CAFile: p.Endpoint.CAFile,
		InternalDomain: p.InternalDomain, Email: p.ServiceUser, SignIn: client.SignInType(p.SignIn), RotateAfter: p.RotateAfter,
	}
	return c.withCredential(credential)
}

// ForPending is the change that led to the pending version of a record, which lies in a store; c is what is known else. ok is
// false when none is pending.
func (c Change) ForPending(r credstore.Record, store, location string) (change Change, ok bool) {
	v := r.Pending
	if v == nil || v.Credential == nil {
		return c, false
	}
	p := r.ProfileOf(v)
	c.Name, c.Store = p.Name, store
	c.Integration, c.Also, c.Features, c.API, c.InternalDomain = p.Integration, p.Also, p.Features, p.API, p.InternalDomain
	c.Region, c.BaseURL, c.Proxy, c.CAFile = p.Region, p.Endpoint.BaseURL, p.Endpoint.Proxy, p.Endpoint.CAFile
	c.Email, c.SignIn = p.ServiceUser, client.SignInType(p.SignIn)
	c = c.withCredential(v.Credential)
	if v.Source == credstore.Created && c.API == client.API10 {
		c.KeysCreatedAt = v.CreatedAt
	}
	return c.staged(r, location), true
}

// withCredential is c with the values of a credential.
func (c Change) withCredential(credential client.Credential) Change {
	switch is := credential.(type) {
	case client.OAuth:
		c.ClientID, c.ClientSecret = is.ClientID, is.ClientSecret
	case client.Legacy:
		c.ApplicationID, c.ApplicationKey = is.ApplicationID, is.ApplicationKey
		c.AccessKey, c.SecretKey, c.KeysExpireAt = is.AccessKey, is.SecretKey, is.ExpiresAt
	}
	return c
}

// staged notes that the credential lies in the store as the pending version of a record.
func (c Change) staged(r credstore.Record, location string) Change {
	c.Staged, c.StagedName, c.StagedStore = true, c.Name, c.Store
	c.StagedCredential, c.StagedVersion = r.Pending.Credential, r.Pending.ID
	c.Location, c.Replaces = location, r.Current != nil
	c.CAFile = r.ProfileOf(r.Pending).Endpoint.CAFile // which the vault has made absolute
	return c
}
