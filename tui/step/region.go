package step

import (
	"errors"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Discover is the option that asks Mimecast for the region.
const Discover = "find"

// RegionForm asks where the account lives: a row, or anything pasted that tells. With API 1.0 Mimecast can be asked, which takes
// the Application ID and the service user's address.
func RegionForm(env Env, a flow.Answers) Form {
	f := Form{Step: flow.Region, Questions: []Question{region(env, a)}}
	if env.Demo != nil {
		f.Demo = env.Demo.BaseURL
	}
	if a.API == client.API10 && a.BaseURL == client.DiscoveryURL {
		f.Questions = append(f.Questions, applicationID(env, a), serviceUser(env, a, "email"))
		f.Task = &Task{Doing: "Asking Mimecast", Limit: lifecycle.DiscoverTime, ID: "email"}
	}
	return f
}

// Places are the rows of the list. The demo has its own, so that it never speaks to the real Mimecast.
func Places(env Env, api client.API) []client.Place {
	if d := env.Demo; d != nil {
		return []client.Place{{API: api, Name: "The demo's Mimecast", BaseURL: d.BaseURL, Note: "A simulator on this machine."}}
	}
	if api != client.API10 {
		return client.Endpoints20()
	}
	var places []client.Place
	for _, r := range client.Regions() {
		places = append(places, r.Place())
	}
	return places
}

// PasteRegion says what tells the region, and NoRegion what to do without an answer.
const (
	PasteRegion = "Paste the address of your console, a base URL or an account code"
	NoRegion    = "Paste the console's address, a base URL or an account code, or choose a region from the list."
)

// HasUsualRegion tells whether the first row may stand for an answer that nobody gave. An account of API 1.0 lives in one region, which
// cannot be guessed.
func HasUsualRegion(env Env, api client.API) bool { return env.Demo != nil || api != client.API10 }

// RegionLimits say where the products of the answers work, when that is not everywhere.
func RegionLimits(a flow.Answers) []string {
	var limits []string
	for _, id := range Products(a) {
		i, _ := catalog.Lookup(id)
		for _, l := range i.Limits {
			if (l.Kind == catalog.LimitRegion || l.Kind == catalog.LimitHost) && !slices.Contains(limits, l.Text) {
				limits = append(limits, l.Text)
			}
		}
	}
	return limits
}

func region(env Env, a flow.Answers) Question {
	q := Question{
		ID: "region", Kind: Choice, Label: "Where does the account live?",
		Hint:    "The console's address, a base URL or an account code.",
		Missing: "choose a region, or paste the console's address, a base URL or an account code",
		Help: []string{
			"Paste whatever you have: the console's address bar, https://us-api.mimecast.com, or an account code such as CUSA00A000.",
			"A word works too: uk, london, germany.",
		},
	}
	for _, p := range Places(env, a.API) {
		q.Options = append(q.Options, Option{
			ID: p.BaseURL, Title: p.Name, Aside: strings.TrimPrefix(strings.TrimPrefix(p.BaseURL, "https://"), "http://"), About: p.Note,
			Words: []string{p.RegionCode, p.BaseURL + "/"},
		})
	}
	if a.API == client.API10 {
		q.Options = append(q.Options, Option{
			ID: Discover, Title: "Find it from the service user's address",
			About: "Mimecast tells the region of an address. Needs the Application ID.",
		})
	}
	if q.Value.Text = a.BaseURL; a.BaseURL == client.DiscoveryURL {
		q.Value.Text = Discover
	}
	q.Set = func(a *flow.Answers, v Value) Verdict { return Verdict{Err: setRegion(env, a, v.Text)} }
	if d := env.Demo; d != nil {
		q.Demo = func() string { return d.BaseURL }
	}
	return q
}

// setRegion accepts a row, or whatever was pasted. A text that was not recognised is kept, so that it is still there when the
// person comes back. One with an @ is not: what is before that may be a password.
func setRegion(env Env, a *flow.Answers, text string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if text == Discover && a.API == client.API10 {
		a.Region, a.BaseURL = "", client.DiscoveryURL
		return nil
	}
	place, err := Recognise(env, *a, text)
	if err != nil {
		if a.Region = ""; !strings.Contains(text, "@") && !client.HoldsSecret(text) {
			a.BaseURL = text
		}
		return err
	}
	a.Region, a.BaseURL = place.RegionCode, place.BaseURL
	return nil
}

// Recognise is the place that a text means, for the API of the answers. Its errors are those of client.Recognise; the demo has one
// of its own for any other Mimecast than its own.
func Recognise(env Env, a flow.Answers, text string) (client.Place, error) {
	place, err := client.Recognise(text, a.API, a.AllowedHosts...)
	if d := env.Demo; d != nil {
		if strings.TrimSuffix(text, "/") == d.BaseURL {
			return Places(env, a.API)[0], nil
		}
		if place.BaseURL != d.BaseURL && !place.NeedsDiscovery {
			return client.Place{}, errors.New("the demo talks to its own Mimecast only: " + d.BaseURL)
		}
	}
	return place, err
}

// ServiceUser asks for the address of the service user where it may still be left open.
func ServiceUser(env Env, a flow.Answers) Question {
	q := serviceUser(env, a, "service_user")
	q.Optional = true
	return q
}

// serviceUser asks for the address of the service user.
func serviceUser(env Env, a flow.Answers, id string) Question {
	q := Question{
		ID: id, Label: "Service user's e-mail address", Placeholder: "svc-mimecast@example.com", Missing: "type the service user's address",
		Help: []string{"The user that the keys will belong to. It needs an administrator role, and no single sign-on."},
	}
	q.Value.Text = a.Email
	q.Set = func(a *flow.Answers, v Value) Verdict {
		a.Email = secret.Trim(v.Text)
		if a.Email == "" {
			return Verdict{}
		}
		_, err := client.ParseAddress(a.Email)
		return Verdict{Err: err}
	}
	if d := env.Demo; d != nil {
		q.Demo = func() string { return d.Email }
	}
	return q
}
