package credstore

import (
	"maps"
	"slices"
	"time"

	"mimecred/client"
)

// Profile is everything about one connection that is not its credential. Its proxy password is a secret and is stored
// with the credential, never in the index.
type Profile struct {
	// Name is chosen by the person: 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit.
	Name string
	// Integration is the catalogue's id, "" for no particular product.
	Integration string
	// Also are the ids of other integrations that share the application; most have none.
	Also []string
	// Features are the ids of the features that were chosen, by integration; one that is not in it has its defaults.
	Features map[string][]string
	API      client.API
	// Region is a region code such as "us"; "" when BaseURL is no known host.
	Region   string
	Endpoint client.Endpoint
	// InternalDomain is needed by probes that list users; may be empty.
	InternalDomain string
	// ServiceUser is the address whose keys these are (API 1.0, when known).
	ServiceUser string
	// SignIn is "cloud" or "domain" (API 1.0, when keys were created by signing in).
	SignIn string
	// RotateAfter is how long after a credential was given the next rotation is due: 0 for DefaultRotateAfter, or Never.
	RotateAfter Span
}

// same tells whether two profiles say the same. Profiles have a secret and cannot be compared with ==.
func (p Profile) same(other Profile) bool {
	if !p.Endpoint.Proxy.Password.Equal(other.Endpoint.Proxy.Password) {
		return false
	}
	a, b := p.Endpoint, other.Endpoint
	return p.Name == other.Name && p.Integration == other.Integration && p.API == other.API &&
		p.Region == other.Region && p.InternalDomain == other.InternalDomain &&
		p.ServiceUser == other.ServiceUser && p.SignIn == other.SignIn && p.RotateAfter == other.RotateAfter &&
		a.BaseURL == b.BaseURL && a.CAFile == b.CAFile &&
		a.Proxy.URL == b.Proxy.URL && a.Proxy.Username == b.Proxy.Username &&
		slices.Equal(p.Also, other.Also) && maps.EqualFunc(p.Features, other.Features, slices.Equal)
}

// Source is how a version came to be.
type Source string

// The sources.
const (
	Pasted  Source = "pasted"
	Created Source = "created"
)

// Version is one credential with its history. Times are in UTC and whole seconds.
type Version struct {
	// ID is a UUID that makes a version recognisable without its secret.
	ID         string
	Credential client.Credential
	Source     Source
	CreatedAt  time.Time
	// CheckedAt is when this version last passed its checks; zero when it never did.
	CheckedAt time.Time
	// ActivatedAt is when this version became the current one; zero when it never did.
	ActivatedAt time.Time
	// KeepUntil is, of a previous version, until when it is kept; zero when that is not limited.
	KeepUntil time.Time
	// Profile is what this version goes with when that is not the record's Profile: a pending version may have another
	// endpoint than the current one, which stays current. Record.ProfileOf gives it for any version.
	Profile *Profile
}

// Record is one stored item. Profile belongs to Current, or to Pending as long as there is none.
type Record struct {
	Profile  Profile
	Current  *Version
	Pending  *Version
	Previous *Version
}
