package flow

import (
	"slices"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// KeysWay is how the access keys of API 1.0 come to be.
type KeysWay string

// The two ways, at equal rank.
const (
	CreateHere    KeysWay = "create"
	FromConsole   KeysWay = "console"
	KeysUndecided KeysWay = ""
)

// Answers is what the person has decided so far. It is a value: screens get a copy and hand back a changed copy, so that
// going back and forth never loses an answer. Text is kept as typed, even when it is not valid yet.
type Answers struct {
	Purpose Purpose

	Name  string
	Store string
	// Replaces is set when a profile of that name exists with an active version: it stays in force until the new one
	// has been checked and promoted.
	Replaces bool

	// Integration is the catalogue's id, "" for no particular product; Also are others that share the application.
	Integration string
	Also        []string
	// Features are the ids of those that were chosen, by integration; an integration that is not in it has its defaults.
	Features map[string][]string
	API      client.API
	// HasApplication answers "does the API 1.0 application exist already?"; NewApplication is set when it is created during
	// this set-up. Both are false until the question was answered.
	HasApplication, NewApplication bool
	// ApplicationMadeAt is when it was created, as far as it was noticed; WaitSkipped is set when the person said that it is
	// older.
	ApplicationMadeAt time.Time
	WaitSkipped       bool

	// Region is a region code; BaseURL is what calls are made to. Both are set by the Region step.
	Region  string
	BaseURL string
	// AllowedHosts are hosts that Mimecast does not list and that the person wants used, as client.HostKey gives them.
	AllowedHosts []string
	// BaseURLBefore is the base URL that the profile has had until now; "" for a new one.
	BaseURLBefore string
	Proxy         client.Proxy
	CAFile        string

	// Ticked are the ids of the walk-through's items that were ticked; ConsoleWay is the variant of the console, "" for the
	// usual one.
	Ticked     map[string]bool
	ConsoleWay string

	ClientID     string
	ClientSecret secret.Value

	ApplicationID  string
	ApplicationKey secret.Value

	KeysWay KeysWay
	Email   string
	// SignIn is client.SignInCloud or client.SignInDomain.
	SignIn client.SignInType
	// Password lives as long as the wizard does and is never stored.
	Password  secret.Value
	AccessKey secret.Value
	SecretKey secret.Value
	// KeysCreatedAt is set when the keys were created here: losing them would leave a key at Mimecast that nobody has.
	KeysCreatedAt time.Time
	// KeysExpireAt is when the keys stop by themselves; zero when they do not, or when nobody knows.
	KeysExpireAt time.Time

	InternalDomain string
	// AccountName is what Mimecast calls the account, when it is known without a check.
	AccountName string

	// Staged is set while the credential lies in the store as the pending version.
	Staged bool
	// StagedName and StagedStore tell where it lies; they differ from Name and Store when the person went back and chose
	// another name or store afterwards.
	StagedName, StagedStore string
	// StagedCredential is what lies there, StagedVersion its id; what was typed since is not.
	StagedCredential client.Credential
	StagedVersion    string
	// PreviousKept is set when promoting kept the version that was active before.
	PreviousKept bool
	// Results are those of the last run of checks that finished.
	Results []client.Result
	// Anyway is set when the person went on although not every check passed.
	Anyway bool
	// Promoted is set when the credential became the active version.
	Promoted bool
	// Location is where it was stored, in words.
	Location string

	// Confirmed tells that a live call has shown the credential to work once it was in force; Confirmation is what it said.
	Confirmed    bool
	Confirmation []client.Result

	// Old is the version in force while another one comes to be, Way how that does, and Shares who else uses the application.
	Old    Old
	Way    Way
	Shares []lifecycle.Share
	// Keep is how long the version that is replaced is kept, nil for the default; RotateAfter after how long the next rotation
	// is due.
	Keep        *credstore.Span
	RotateAfter credstore.Span
	// Edited is set while a change of a profile has something that is not saved.
	Edited bool
	// Orphans are sign-ins that may have left keys at Mimecast which nobody has.
	Orphans []credstore.Orphan
	// Retired is what was decided about the version that was replaced; GivenUp is set when the rotation itself was.
	Retired Retired
	GivenUp bool

	// Unfinished are set-ups that were left before they were finished, to be offered first.
	Unfinished []State

	// Given are steps answered before the wizard began (by the command line); they are skipped.
	Given map[Step]bool
}

// Endpoint is where the answers say Mimecast is.
func (a Answers) Endpoint() client.Endpoint {
	return client.Endpoint{BaseURL: a.BaseURL, Proxy: a.Proxy, CAFile: a.CAFile}
}

// Allow is a with the host of a base URL allowed; one that is there already stays.
func (a Answers) Allow(base string) Answers {
	if key := client.HostKey(base); key != "" && !slices.Contains(a.AllowedHosts, key) {
		a.AllowedHosts = append(slices.Clone(a.AllowedHosts), key)
	}
	return a
}

// AllowLike is a with everything allowed that is allowed in other answers.
func (a Answers) AllowLike(other Answers) Answers {
	for _, key := range other.AllowedHosts {
		a = a.Allow(key)
	}
	return a
}

// Moved is a sentence that tells that the profile goes to another host; "" when it does not.
func (a Answers) Moved() string {
	if a.BaseURLBefore == "" || client.HostKey(a.BaseURLBefore) == client.HostKey(a.BaseURL) {
		return ""
	}
	return "The base URL changes from " + a.BaseURLBefore + " to " + a.BaseURL + "."
}

// Place is the place of the base URL; an error when it has to be asked for again.
func (a Answers) Place() (client.Place, error) {
	return client.Recognise(a.BaseURL, a.API, a.AllowedHosts...)
}

// Credential is what the answers amount to; nil when something is missing.
func (a Answers) Credential() client.Credential {
	if a.API == client.API20 {
		if a.ClientID == "" || a.ClientSecret.IsZero() {
			return nil
		}
		return client.OAuth{ClientID: a.ClientID, ClientSecret: a.ClientSecret}
	}
	if a.ApplicationID == "" || a.ApplicationKey.IsZero() || a.AccessKey.IsZero() || a.SecretKey.IsZero() {
		return nil
	}
	return client.Legacy{
		ApplicationID: a.ApplicationID, ApplicationKey: a.ApplicationKey,
		AccessKey: a.AccessKey, SecretKey: a.SecretKey, ExpiresAt: a.KeysExpireAt,
	}
}

// KeepFor is how long the version that is replaced is kept.
func (a Answers) KeepFor() credstore.Span {
	if a.Keep == nil {
		return credstore.DefaultKeep
	}
	return *a.Keep
}

// CurrentAgain says that a rotation was given the credential that is current; "" when it was not.
func (a Answers) CurrentAgain() string {
	if a.Purpose != Rotating || a.Way == Renew {
		return ""
	}
	return lifecycle.CurrentAgain(a.Old.Credential, a.Credential())
}
