package flow

import (
	"errors"
	"maps"
	"slices"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// stateLife is how long a set-up that was left is worth going on with.
const stateLife = 30 * 24 * time.Hour

// State is a set-up that was left before it was finished: everything that was answered and is no part of a credential. Its
// JSON is kept on disk.
type State struct {
	Name string `json:"name"`
	// Free is set when no profile had the name.
	Free bool `json:"free,omitempty"`
	// Step is where it was left, as a word that does not change with the numbers of the steps.
	Step    string    `json:"step"`
	SavedAt time.Time `json:"saved_at"`

	Store       string     `json:"store,omitempty"`
	Integration string     `json:"integration,omitempty"`
	Also        []string   `json:"also,omitempty"`
	API         client.API `json:"api,omitempty"`
	Region      string     `json:"region,omitempty"`
	BaseURL     string     `json:"base_url,omitempty"`
	// AllowedHost is the host of BaseURL when it is not Mimecast's and the person wanted it all the same.
	AllowedHost string `json:"allowed_host,omitempty"`
	ProxyURL    string `json:"proxy_url,omitempty"`
	// ProxyLogin is set when the proxy wants a user and password, which are not kept.
	ProxyLogin bool   `json:"proxy_login,omitempty"`
	CAFile     string `json:"ca_file,omitempty"`
	Domain     string `json:"internal_domain,omitempty"`
	// Ticked are the ids of the walk-through's items, sorted.
	Ticked []string `json:"ticked,omitempty"`
	// Features are as in Answers; Console is the way through the console that was chosen.
	Features map[string][]string `json:"features,omitempty"`
	Console  string              `json:"console,omitempty"`

	HasApplication    bool              `json:"has_application,omitempty"`
	NewApplication    bool              `json:"new_application,omitempty"`
	ApplicationMadeAt time.Time         `json:"application_made_at,omitzero"`
	WaitSkipped       bool              `json:"wait_skipped,omitempty"`
	KeysWay           KeysWay           `json:"keys_way,omitempty"`
	Email             string            `json:"email,omitempty"`
	SignIn            client.SignInType `json:"sign_in,omitempty"`
}

// words are the steps as they are kept.
func words() map[Step]string {
	return map[Step]string{
		Profile: "profile", Integration: "integration", API: "api", Region: "region", Connection: "connection",
		Console: "console", Application: "application", Wait: "wait", Keys: "keys", Check: "check",
	}
}

// StateOf is the state of answers at a step. ok is false when there is nothing worth keeping: before the walk-through only
// a few questions were answered, and what was activated is finished.
func StateOf(s Step, a Answers, now time.Time) (state State, ok bool) {
	word, known := words()[s]
	if !known || s < Console || a.Name == "" || a.Activated || a.Purpose != lifecycle.SettingUp {
		return State{}, false
	}
	safe := safeEndpoint(a.Endpoint())
	state = State{
		Name: a.Name, Free: a.Free, Step: word, SavedAt: now.UTC().Truncate(time.Second),
		Store: a.Store, Integration: a.Integration, Also: a.Also, Features: a.Features, Console: a.ConsoleWay, API: a.API, Region: a.Region, BaseURL: safe.BaseURL,
		ProxyURL: safe.Proxy.URL, ProxyLogin: a.Proxy.Username != "", CAFile: safe.CAFile, Domain: safeDomain(a.InternalDomain),
		HasApplication: a.HasApplication, NewApplication: a.NewApplication,
		ApplicationMadeAt: a.ApplicationMadeAt, WaitSkipped: a.WaitSkipped,
		KeysWay: a.KeysWay, Email: safeAddress(a.Email), SignIn: a.SignIn,
	}
	if key := client.HostKey(safe.BaseURL); slices.Contains(a.AllowedHosts, key) {
		state.AllowedHost = key
	}
	for id, is := range a.Ticked {
		if is {
			state.Ticked = append(state.Ticked, id)
		}
	}
	slices.Sort(state.Ticked)
	return state, true
}

// WithPending are the set-ups that were left, and those of which nothing is left but the version that is saved on trial: of the profile
// name, or of all for "".
func WithPending(left []State, entries []credstore.Entry, name string) []State {
	for _, e := range entries {
		if !e.Pending || !e.CurrentSince.IsZero() || name != "" && e.Name != name || slices.Contains(Names(left), e.Name) {
			continue
		}
		left = append(left, State{
			Name: e.Name, Step: words()[Check], Store: e.Store, Integration: e.Integration, API: e.API, Region: e.Region, BaseURL: e.BaseURL,
		})
	}
	return left
}

// Names are the names of set-ups that were left.
func Names(left []State) []string {
	var names []string
	for _, s := range left {
		names = append(names, s.Name)
	}
	return names
}

// Expired tells whether the state is too old to be offered.
func (s State) Expired(now time.Time) bool { return now.Sub(s.SavedAt) > stateLife }

// At is the step where it was left; None for a word that is not known.
func (s State) At() Step {
	for step, word := range words() {
		if word == s.Step {
			return step
		}
	}
	return None
}

// Resume gives the answers of the state on top of those that the command line gave, and the step to go on with: where it was
// left, but no later than the first step whose secret has to be typed again.
func (s State) Resume(a Answers) (Answers, Step) {
	a.Name, a.Store, a.Integration, a.API = s.Name, s.Store, s.Integration, s.API
	a.Also, a.Features, a.ConsoleWay = s.Also, s.Features, s.Console
	a.Region, a.BaseURL, a.CAFile, a.InternalDomain = s.Region, s.BaseURL, s.CAFile, s.Domain
	a.Proxy.URL = s.ProxyURL
	a.HasApplication, a.NewApplication = s.HasApplication, s.NewApplication
	a.ApplicationMadeAt, a.WaitSkipped = s.ApplicationMadeAt, s.WaitSkipped
	a.KeysWay, a.Email, a.SignIn = s.KeysWay, s.Email, s.SignIn
	a.Ticked = maps.Clone(a.Ticked)
	if a.Ticked == nil {
		a.Ticked = map[string]bool{}
	}
	for _, id := range s.Ticked {
		a.Ticked[id] = true
	}
	a.Unfinished = nil
	// Its name was chosen before the steps that are worth keeping.
	a.Settled = map[Step]bool{Profile: a.Store != ""}
	if s.Free {
		a.FreeName, a.Free = a.Name, true
	}
	a.ProxyLogin = s.ProxyLogin
	at := min(s.At(), Application)
	if s.ProxyLogin {
		at = min(at, Connection) // the proxy's password is a secret, too
	}
	if s.AllowedHost != "" {
		a = a.Allow(s.AllowedHost)
	}
	var unlisted *client.HostError
	if _, err := a.Place(); s.BaseURL == "" || errors.As(err, &unlisted) {
		at = min(at, Region)
	}
	if !contains(Path(a), at) {
		at = Next(at, a)
	}
	return a, at
}

// WaitLeft is Answers.WaitLeft of what was left.
func (s State) WaitLeft(now time.Time) time.Duration {
	return Answers{NewApplication: s.NewApplication, WaitSkipped: s.WaitSkipped, ApplicationMadeAt: s.ApplicationMadeAt}.WaitLeft(now)
}
