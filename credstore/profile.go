package credstore

import (
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
	API         client.API
	// Region is a region code such as "us"; "" when BaseURL is no known host.
	Region   string
	Endpoint client.Endpoint
	// InternalDomain is needed by probes that list users; may be empty.
	InternalDomain string
	// ServiceUser is the address whose keys these are (API 1.0, when known).
	ServiceUser string
	// SignIn is "cloud" or "domain" (API 1.0, when keys were created by signing in).
	SignIn string
}

// Source is how a version came to be.
type Source string

// The sources.
const (
	Pasted  Source = "pasted"
	Created Source = "created"
)

// Version is one credential with its history.
type Version struct {
	// ID is a UUID that makes a version recognisable without its secret.
	ID         string
	Credential client.Credential
	Source     Source
	CreatedAt  time.Time
	// CheckedAt is when this version last passed its checks; zero when it never did.
	CheckedAt time.Time
}

// Record is one stored item.
type Record struct {
	Profile  Profile
	Active   *Version
	Pending  *Version
	Previous *Version
}
