package lifecycle

import (
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// Purpose is what a change is for.
type Purpose int

// The purposes. Setting up is what happens when nobody says otherwise.
const (
	SettingUp Purpose = iota
	// Rotating replaces the credential of a profile by another one.
	Rotating
	// Changing changes a profile around its credential: the product, the region, the connection.
	Changing
	// RollingBack makes the previous version current again.
	RollingBack
)

// Kind is what the journal calls the change.
func (c Change) Kind() credstore.ChangeKind {
	switch c.Purpose {
	case Rotating:
		if c.Way == Renew {
			return credstore.Renewal
		}
		return credstore.Rotation
	case Changing:
		return credstore.Change
	case RollingBack:
		return credstore.RollBack
	case SettingUp:
	}
	return credstore.SetUp
}

// PurposeOf and WayOf are what a change is for that the journal calls kind.
func PurposeOf(kind credstore.ChangeKind) Purpose {
	switch kind {
	case credstore.Rotation, credstore.Renewal:
		return Rotating
	case credstore.Change:
		return Changing
	case credstore.RollBack:
		return RollingBack
	default:
		return SettingUp
	}
}

// WayOf is Renew for a renewal, and nothing otherwise.
func WayOf(kind credstore.ChangeKind) Way {
	if kind == credstore.Renewal {
		return Renew
	}
	return WayUndecided
}

// Way is how another credential comes to be.
type Way string

// The ways to rotate.
const (
	WayUndecided Way = ""
	// Regenerate generates a new secret for the same application of API 2.0. The current one may stop at once.
	Regenerate Way = "regenerate"
	// Another makes a second application of API 2.0; the current one works until it is deleted.
	Another Way = "another"
	// NewKeys makes new keys of API 1.0 for the same application and user. The current ones work until they are logged out.
	NewKeys Way = "new-keys"
	// Renew makes expired keys of API 1.0 valid again; they stay the same.
	Renew Way = "renew"
)

// Replaced is the version that is current while a new one is made.
type Replaced struct {
	// ID is the version's; "" when there is none.
	ID         string
	Credential client.Credential
	// Region, BaseURL and Proxy are those that the profile had; BaseURL is "" where a change was gone on with and nobody knows.
	Region, BaseURL string
	Proxy           client.Proxy
	// Since is when it was given or created.
	Since time.Time
	// Account is the code of the account that it belongs to, as far as that is known.
	Account string
	// Results are those of the last check in which Mimecast accepted it, at CheckedAt: what the new one has to pass as well.
	Results   []client.Result
	CheckedAt time.Time
	// Tested are the results of the test that was made for this rotation; none when it was called off.
	Tested []client.Result
}

// Retired is what was decided about the version that was replaced.
type Retired string

// The decisions.
const (
	RetireUndecided Retired = ""
	LoggedOut       Retired = "logged-out" // logged out at Mimecast, and forgotten here
	Ended           Retired = "ended"      // forgotten here; Mimecast no longer accepts it
	Forgotten       Retired = "forgotten"  // forgotten here; at Mimecast nothing was done
	Kept            Retired = "kept"       // kept here for a while
)

// Ways are the ways to rotate the change's credential, the usual one first.
func (c Change) Ways() []Way {
	if c.API == client.API10 {
		if KeysExpired(c.Replaced.Tested) {
			return []Way{Renew, NewKeys}
		}
		return []Way{NewKeys, Renew}
	}
	return []Way{Regenerate, Another}
}

// KeysExpired tells whether checks failed because keys of API 1.0 have run out.
func KeysExpired(results []client.Result) bool {
	for _, r := range results {
		if r.State == client.Failed && r.Kind == client.ExpiredKeys {
			return true
		}
	}
	return false
}

// Difference is what the new credential lacks of what the current one passed, as far as that is known.
func (c Change) Difference() client.Difference {
	return client.Compare(c.Replaced.Results, c.Results)
}

// Discarded is the change once the rotation was discarded: nothing of it is stored or in hand any more.
func (c Change) Discarded() Change {
	c = c.WithoutNew()
	c.Staged, c.StagedName, c.StagedStore, c.StagedCredential, c.StagedVersion = false, "", "", nil, ""
	c.Results, c.WasDiscarded = nil, true
	return c
}

// WithoutNew is a without the credential that is current, so that another one can be asked for.
func (c Change) WithoutNew() Change {
	if c.API == client.API20 {
		c.ClientID, c.ClientSecret = "", secret.Value{}
		return c
	}
	c.AccessKey, c.SecretKey = secret.Value{}, secret.Value{}
	c.KeysCreatedAt = time.Time{}
	return c
}
