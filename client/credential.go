package client

import (
	"time"

	"mimecred/client/secret"
)

// API is a generation of Mimecast's API. Its text is what people, files and JSON use.
type API string

// The two generations. They share neither hosts nor credentials.
const (
	API10 API = "1.0"
	API20 API = "2.0"
)

// Credential is what one product needs to call Mimecast: an OAuth pair (API 2.0) or four legacy values (API 1.0).
// It is a sealed interface; OAuth and Legacy are its only implementations.
type Credential interface {
	// API tells which generation the credential belongs to.
	API() API
	// Identifier is the part that may be shown: the client ID or the application ID.
	Identifier() string
	// Secrets lists everything that must never be seen, for redaction.
	Secrets() []secret.Value

	sealed()
}

// OAuth is a client-credentials pair of API 2.0. Mimecast issues both together and shows the secret once; regenerating
// gives a new ID and a new secret (Datadog's guide to its Mimecast integration).
type OAuth struct {
	ClientID     string
	ClientSecret secret.Value
}

// API implements Credential.
func (OAuth) API() API { return API20 }

// Identifier implements Credential.
func (c OAuth) Identifier() string { return c.ClientID }

// Secrets implements Credential.
func (c OAuth) Secrets() []secret.Value { return []secret.Value{c.ClientSecret} }

func (OAuth) sealed() {}

// Legacy is a set of four values of API 1.0: two of the application (a UUID each) and two of the binding between the
// application and a service user (150 characters of base64url and 88 of base64, as far as samples show).
type Legacy struct {
	ApplicationID  string
	ApplicationKey secret.Value
	AccessKey      secret.Value
	SecretKey      secret.Value
	// ExpiresAt is when the access key stops by itself; zero when it does not, or when Mimecast did not say. It tells no two
	// sets of keys apart.
	ExpiresAt time.Time
}

// API implements Credential.
func (Legacy) API() API { return API10 }

// Identifier implements Credential.
func (c Legacy) Identifier() string { return c.ApplicationID }

// Secrets implements Credential.
func (c Legacy) Secrets() []secret.Value {
	return []secret.Value{c.ApplicationKey, c.AccessKey, c.SecretKey}
}

func (Legacy) sealed() {}

// Same tells whether two credentials hold the same values. Credentials cannot be compared with ==.
func Same(a, b Credential) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if a.API() != b.API() || a.Identifier() != b.Identifier() {
		return false
	}
	x, y := a.Secrets(), b.Secrets()
	for i := range x {
		if !x[i].Equal(y[i]) {
			return false
		}
	}
	return true
}
