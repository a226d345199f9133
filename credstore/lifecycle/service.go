package lifecycle

import (
	"context"
	"iter"
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// Service runs every sequence of a credential's life. It is a value without a state of its own: the change itself is in the
// Change, and what was done is in the vault. Its methods may be called from several goroutines.
type Service struct {
	Vault Vault
	// Profiles is the list of profiles; nil where there is none.
	Profiles Profiles
	// Dial makes a client for an endpoint.
	Dial func(client.Endpoint) (Mimecast, error)
	// Plan gives the checks that the products of a selection need; see PlanOf.
	Plan func(catalog.Selection) (client.Plan, error)
	// Now is the clock.
	Now func() time.Time
}

// PlanOf is the catalogue's plan.
func PlanOf(s catalog.Selection) (client.Plan, error) {
	plan, _, err := catalog.PlanFor(s)
	return plan, err
}

// Mimecast is what the lifecycle needs of client.Client, which documents each.
type Mimecast interface {
	Check(ctx context.Context, credential client.Credential, plan client.Plan) iter.Seq[client.Result]
	Discover(ctx context.Context, applicationID, email string) (client.Discovery, error)
	SignIn(ctx context.Context, s client.SignIn) (client.Keys, error)
	SignOut(ctx context.Context, keys client.Legacy, accessKey secret.Value) error
	Close()
}

// Vault is what the lifecycle needs of credstore.Vault, which documents each.
type Vault interface {
	// Lookup tells what is known about a profile name, and Location where its item lies in words, without touching a secret.
	Lookup(name string) (credstore.Entry, bool, error)
	Location(store, name string) string
	// Load reads a profile's record from its store.
	Load(ctx context.Context, name string) (credstore.Record, error)
	// Preflight tells, before anything is created at Mimecast, whether the store works and the record would fit.
	Preflight(ctx context.Context, store string, p credstore.Profile) error
	// Stage writes the credential as the pending version, reads it back and compares. What the same vault staged before
	// under that name in another store is removed, after the new version is safe and never before; a copy that cannot be
	// removed is no error.
	Stage(ctx context.Context, store string, p credstore.Profile, c client.Credential, s credstore.Source) (credstore.Record, error)
	// Activate makes the pending version the current one, Rollback the previous one, each in one write.
	Activate(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error)
	Rollback(ctx context.Context, name string, sum credstore.CheckSummary) (credstore.Record, error)
	// Renewed notes until when the current keys are valid after they were renewed.
	Renewed(ctx context.Context, name string, until time.Time) error

	Progress
}

// Progress notes how far a change of a profile has come, so that it can go on after anything.
type Progress interface {
	// Begin announces a change and locks the profile; what comes back has the lost keys of an earlier one.
	Begin(ctx context.Context, s credstore.UnfinishedChange) (credstore.UnfinishedChange, error)
	// Note notes how far it has come where the store does not show it.
	Note(ctx context.Context, s credstore.UnfinishedChange) error
	// Noted is what is noted of an unfinished change, Resume finds out how far it really came.
	Noted(name string) (credstore.UnfinishedChange, bool)
	Resume(ctx context.Context, name string) (credstore.Record, credstore.UnfinishedChange, bool, error)
	// Retire forgets the previous version, and End ends the change otherwise.
	Retire(ctx context.Context, name, version string) (credstore.Record, error)
	End(ctx context.Context, name string, how credstore.Ending) error
}

// Profiles is what the list of profiles needs beyond Vault.
type Profiles interface {
	// Entries lists every profile by name, Unfinished every change that is not finished; no store is touched.
	Entries() ([]credstore.Entry, error)
	Unfinished() ([]credstore.UnfinishedChange, error)
	// Busy tells whether another process changes the profile just now.
	Busy(name string) bool
	// RecordCheck notes the outcome of checks in the list.
	RecordCheck(name string, sum credstore.CheckSummary) error
	// Delete removes a profile from its store and from the list; Rename gives it another name.
	Delete(ctx context.Context, name string) error
	Rename(ctx context.Context, from, to string) (credstore.Record, error)
	// Update changes a profile's reminder.
	Update(ctx context.Context, name string, change func(*credstore.Profile)) (credstore.Record, error)
	// Sweep forgets a previous version whose time has passed, and gives it.
	Sweep(ctx context.Context, name string) (*credstore.Version, error)
}
