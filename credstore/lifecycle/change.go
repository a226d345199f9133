package lifecycle

import (
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/client/showable"
	"mimecred/credstore"
)

// Change is one set-up, rotation, renewal, edit or roll back of a profile: what the profile is to be, the credential that it is
// to have, and how far it has come. It is a value: whoever works on one gets a copy.
type Change struct {
	Purpose Purpose

	Name  string
	Store string
	// Replaces is set when a profile of that name exists with a current version: it stays current until the new one has been
	// checked and activated.
	Replaces bool
	// Free is set when no profile had the name: one that another program has set up under it since then is not replaced.
	Free bool

	// Integration is the catalogue's id, "" for no particular product; Also are others that share the application.
	Integration string
	Also        []string
	// Features are the ids of those that were chosen, by integration; an integration that is not in it has its defaults.
	Features map[string][]string
	API      client.API

	// Region is a region code; BaseURL is what calls are made to.
	Region  string
	BaseURL string
	// BaseURLBefore is the base URL that the profile has had until now; "" for a new one.
	BaseURLBefore string
	Proxy         client.Proxy
	CAFile        string

	ClientID     string
	ClientSecret secret.Value

	ApplicationID  string
	ApplicationKey secret.Value

	Email string
	// SignIn is client.SignInCloud or client.SignInDomain.
	SignIn client.SignInType
	// Password lives as long as the program does and is never stored.
	Password  secret.Value
	AccessKey secret.Value
	SecretKey secret.Value
	// KeysCreatedAt is set when the keys were created by this program: losing them would leave a key at Mimecast that nobody
	// has.
	KeysCreatedAt time.Time
	// KeysExpireAt is when the keys stop by themselves; zero when they do not, or when Mimecast did not say.
	KeysExpireAt time.Time

	InternalDomain string
	// AccountName is what Mimecast calls the account, when it is known without a check.
	AccountName string
	// RotateAfter is after how long the next rotation is due.
	RotateAfter credstore.Span

	// Staged is set while the credential lies in the store as the pending version.
	Staged bool
	// StagedName and StagedStore tell where it lies; they differ from Name and Store when the person went back and chose
	// another name or store afterwards.
	StagedName, StagedStore string
	// StagedCredential is what lies there, StagedVersion its id; what was typed since is not.
	StagedCredential client.Credential
	StagedVersion    string
	// Results are those of the last run of checks that finished.
	Results []client.Result
	// Anyway is set when the person went on although not every check passed.
	Anyway bool
	// Activated is set when the credential became the current version.
	Activated bool
	// PreviousKept is set when activating kept the version that was current before.
	PreviousKept bool
	// Location is where it was stored, in words.
	Location string

	// Confirmed tells that a live call has shown the credential to work once it was current; Confirmation is what it said.
	Confirmed    bool
	Confirmation []client.Result

	// Replaced is the current version while another one comes to be, Way how that does, and Shares who else uses the application.
	Replaced Replaced
	Way      Way
	Shares   []Share
	// Keep is how long the version that is replaced is kept, nil for the default; RetirePrevious is set when it is to be retired as
	// soon as the new one is confirmed.
	Keep           *credstore.Span
	RetirePrevious bool
	// LostKeys are sign-ins that may have left keys at Mimecast which nobody has.
	LostKeys []credstore.LostKeys
	// Retired is what was decided about the version that was replaced; WasDiscarded is set when the rotation itself was.
	Retired      Retired
	WasDiscarded bool
}

// Endpoint is where Mimecast is.
func (c Change) Endpoint() client.Endpoint {
	return client.Endpoint{BaseURL: c.BaseURL, Proxy: c.Proxy, CAFile: c.CAFile}
}

// Moved is a sentence that tells that the profile goes to another host; "" when it does not.
func (c Change) Moved() string {
	if moved := Moved(c.BaseURLBefore, c.BaseURL); moved != "" {
		return "The " + moved + "."
	}
	return ""
}

// Moved tells that a change makes a profile go to another host, in words that begin with "base URL"; "" when it does not, or
// when there was none before.
func Moved(before, after string) string {
	if before == "" || client.HostKey(before) == client.HostKey(after) {
		return ""
	}
	return "base URL changes from " + showable.Line(before) + " to " + after
}

// Credential is the one that the change gives the profile; nil when something is missing.
func (c Change) Credential() client.Credential {
	if c.API == client.API20 {
		if c.ClientID == "" || c.ClientSecret.IsZero() {
			return nil
		}
		return client.OAuth{ClientID: c.ClientID, ClientSecret: c.ClientSecret}
	}
	if c.ApplicationID == "" || c.ApplicationKey.IsZero() || c.AccessKey.IsZero() || c.SecretKey.IsZero() {
		return nil
	}
	return client.Legacy{
		ApplicationID: c.ApplicationID, ApplicationKey: c.ApplicationKey,
		AccessKey: c.AccessKey, SecretKey: c.SecretKey, ExpiresAt: c.KeysExpireAt,
	}
}

// KeepFor is how long the version that is replaced is kept.
func (c Change) KeepFor() credstore.Span {
	if c.Keep == nil {
		return credstore.DefaultKeep
	}
	return *c.Keep
}

// CurrentAgain says that a rotation was given the credential that is current; "" when it was not.
func (c Change) CurrentAgain() string {
	if c.Purpose != Rotating || c.Way == Renew {
		return ""
	}
	return CurrentAgain(c.Replaced.Credential, c.Credential())
}

// Selection is what the application is for, as the catalogue asks for it.
func (c Change) Selection() catalog.Selection { return Selection(c.Profile()) }
