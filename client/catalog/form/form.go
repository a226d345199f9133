// Package form fills in the form of the product that uses a credential: its fields in its order, each with the value that
// belongs there, spelt as the product wants it, or with what to choose.
package form

import (
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
)

// Source is what forms are filled with.
type Source struct {
	// Profile is the profile's name.
	Profile    string
	Region     string
	Endpoint   client.Endpoint
	Credential client.Credential
	// InternalDomain, ServiceUser and AccountName may be empty; the account's name is Mimecast's.
	InternalDomain string
	ServiceUser    string
	AccountName    string
	// Features are those that were chosen, by integration, as in catalog.Selection.
	Features map[string][]string
}

// Entry is one filled field. It prints without its value when that is a secret.
type Entry struct {
	catalog.Field
	// Text is the value to type or paste when it is no secret; "" when the person decides.
	Text string
	// Value is the value when it is a secret; Text is then empty. A field that the catalogue marks as secret never has Text.
	Value secret.Value
	// Advice is what to put there, or why nothing, in one or two sentences. It is never empty.
	Advice string
	// Chosen tells that the form offers the value to be ticked or chosen; it is not typed or pasted.
	Chosen bool
	// Unchanged tells that the product has this value already: the replaced credential gave the same.
	Unchanged bool
}

// HasValue tells whether there is a value.
func (e Entry) HasValue() bool { return e.Text != "" || !e.Value.IsZero() }

// Copyable tells whether there is a value to paste.
func (e Entry) Copyable() bool { return e.HasValue() && !e.Chosen }

// Name is what "mimecred get" and the keys of "setup --from" call the value; "" for what a profile does not hold.
func (e Entry) Name() string {
	switch e.From {
	case catalog.FromBaseURL, catalog.FromRegion, catalog.FromInternalDomain, catalog.FromClientID, catalog.FromClientSecret,
		catalog.FromAccessKey, catalog.FromSecretKey:
		return e.From
	case catalog.FromApplicationID:
		return "application_id"
	case catalog.FromApplicationKey:
		return "application_key"
	case catalog.FromProxy:
		return "proxy.url"
	case catalog.FromProxyUser:
		return "proxy.username"
	case catalog.FromProxyPassword:
		return "proxy.password"
	}
	return ""
}

// Fill gives the fields of an integration in the order of its form. A field that takes several values is there once for
// each of them.
func Fill(i catalog.Integration, s Source) []Entry {
	facts := s.facts(i.ID)
	entries := make([]Entry, 0, len(i.Fields))
	for _, f := range i.Fields {
		v := catalog.FieldValue(i, f, facts)
		if len(v.Parts) == 0 {
			entries = append(entries, s.entry(i, f, v))
			continue
		}
		for _, part := range v.Parts {
			one := f
			one.From, one.Key, one.Secret = part.From, f.Key+"."+part.From, !part.Secret.IsZero()
			one.Label = f.Label + ", " + consoleName(part.From)
			entries = append(entries, s.entry(i, one, catalog.Value{Text: part.Text, Secret: part.Secret, Advice: v.Advice}))
		}
	}
	return entries
}

// Compare marks the entries of a form whose values were the same before. Entries without a value never changed; where every value is
// the same nothing is marked, so that nobody reads a form of which nothing stands out.
func Compare(now, before []Entry) {
	was := map[string]Entry{}
	for _, e := range before {
		was[e.Key] = e
	}
	same := func(e Entry) bool {
		old, ok := was[e.Key]
		return ok && old.Text == e.Text && old.Value.Equal(e.Value)
	}
	if !slices.ContainsFunc(now, func(e Entry) bool { return !same(e) }) {
		return
	}
	for i := range now {
		now[i].Unchanged = same(now[i])
	}
}

func (s Source) facts(integration string) catalog.Facts {
	return catalog.Facts{
		Credential: s.Credential, BaseURL: s.Endpoint.BaseURL, RegionCode: s.Region, Domain: s.InternalDomain,
		Proxy: s.Endpoint.Proxy, ServiceUser: s.ServiceUser, Profile: s.Profile, AccountName: s.AccountName,
		Features: s.Features[integration],
	}
}

// entry completes what the catalogue says of a field by what is true for everybody.
func (s Source) entry(i catalog.Integration, f catalog.Field, v catalog.Value) Entry {
	e := Entry{Field: f, Text: v.Text, Value: v.Secret, Advice: v.Advice}
	s.suggest(&e)
	if f.Secret && e.Text != "" {
		e.Value, e.Text = secret.New(e.Text), ""
	}
	e.Chosen = len(f.Choices) > 0 || switched(i, f)
	if len(f.Choices) > 0 {
		e.Advice = joined(e.Advice, "The form offers: "+strings.Join(f.Choices, ", ")+".")
	}
	if f.Rule != "" && !mimecasts(f.From) {
		e.Advice = joined(e.Advice, "Spelling: "+strings.TrimSuffix(f.Rule, ".")+".")
	}
	if e.Advice == "" {
		e.Advice = fallback(f, e.HasValue())
	}
	return e
}

// suggest gives the fields that the person decides about a value that fits most.
func (s Source) suggest(e *Entry) {
	switch e.From {
	case catalog.FromBaseURL:
		e.Text = strings.TrimSuffix(e.Text, "/")
	case catalog.FromAccountName:
		if e.Text == "" {
			e.Text = s.Profile
		}
	case catalog.FromDescription:
		if e.Text == "" {
			e.Text = s.description()
		}
	case catalog.FromProxy, catalog.FromProxyUser, catalog.FromProxyPassword:
		if !e.HasValue() {
			e.Advice = "Leave it empty, unless the product itself needs a proxy."
		}
	case catalog.FromRegion:
		if e.Spelling == catalog.SpellRegion && e.Words[s.Region] == "" {
			e.Text = "" // the form's default is somebody else's region
			e.Advice = joined(e.Advice, "None of the form's regions is this account's, as far as is known.")
		}
	}
}

func (s Source) description() string {
	words := []string{"Mimecast"}
	if s.Credential != nil {
		words = append(words, "API "+string(s.Credential.API()))
	}
	if s.Profile != "" {
		words = append(words, "(mimecred profile "+s.Profile+")")
	}
	return strings.Join(words, " ")
}

// switched tells whether a field is a switch.
func switched(i catalog.Integration, f catalog.Field) bool {
	switch {
	case f.From == catalog.FromVerifySSL, f.Spelling == catalog.SpellSwitch, f.Spelling == catalog.SpellInverted:
		return true
	case f.From != catalog.FromOption:
		return false
	}
	for _, feature := range i.Features {
		if feature.Field == f.Key && feature.Choice == "" {
			return true
		}
	}
	return false
}

// mimecasts tells whether a value comes from Mimecast, so that it is spelt right already.
func mimecasts(from string) bool {
	switch from {
	case catalog.FromBaseURL, catalog.FromRegion, catalog.FromClientID, catalog.FromClientSecret, catalog.FromApplicationID,
		catalog.FromApplicationKey, catalog.FromAccessKey, catalog.FromSecretKey:
		return true
	}
	return false
}

// joined puts sentences together, without those that are empty.
func joined(sentences ...string) string {
	var said []string
	for _, one := range sentences {
		if one != "" {
			said = append(said, one)
		}
	}
	return strings.Join(said, " ")
}
