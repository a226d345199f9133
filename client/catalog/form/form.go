// Package form fills in the form of the product that uses a credential: its fields in its order, each with the value that
// belongs there, spelt as the product wants it, or with what to choose.
package form

import (
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
}

// Entry is one filled field. It prints without its value when that is a secret.
type Entry struct {
	catalog.Field
	// Text is the value to type or paste when it is no secret; "" when the person decides.
	Text string
	// Value is the value when it is a secret; Text is then empty. A field that the catalogue marks as secret never has Text.
	Value secret.Value
	// Advice is what to put there, or why nothing, in one or two sentences; "" when the value says it all.
	Advice string
}

// HasValue tells whether there is something to copy.
func (e Entry) HasValue() bool { return e.Text != "" || !e.Value.IsZero() }

// Name is what "mimecred get" and the keys of "setup --from" call the value; "" for what a profile does not hold.
func (e Entry) Name() string {
	switch e.From {
	case "base_url", "region", "internal_domain", "client_id", "client_secret", "access_key", "secret_key":
		return e.From
	case "app_id":
		return "application_id"
	case "app_key":
		return "application_key"
	case "proxy":
		return "proxy.url"
	case "proxy_user":
		return "proxy.username"
	case "proxy_password":
		return "proxy.password"
	}
	return ""
}

// Fill gives the fields of an integration in the order of its form.
func Fill(i catalog.Integration, s Source) []Entry {
	entries := make([]Entry, 0, len(i.Fields))
	for _, f := range i.Fields {
		e := s.fill(f)
		if f.Secret && e.Text != "" {
			e.Value, e.Text = secret.New(e.Text), ""
		}
		entries = append(entries, e)
	}
	return entries
}

// fill finds the value and the advice of one field.
func (s Source) fill(f catalog.Field) Entry {
	e := Entry{Field: f}
	if s.credential(&e) || s.connection(&e) {
		return e
	}
	s.decide(&e)
	return e
}

// credential fills what Mimecast issued.
func (s Source) credential(e *Entry) bool {
	oauth, is20 := s.Credential.(client.OAuth)
	legacy, is10 := s.Credential.(client.Legacy)
	known := true
	switch e.From {
	case "client_id":
		e.Text, known = oauth.ClientID, is20
	case "client_secret":
		e.Value, known = oauth.ClientSecret, is20
	case "app_id":
		e.Text, known = legacy.ApplicationID, is10
	case "app_key":
		e.Value, known = legacy.ApplicationKey, is10
	case "access_key":
		e.Value, known = legacy.AccessKey, is10
	case "secret_key":
		e.Value, known = legacy.SecretKey, is10
	default:
		return false
	}
	if !known {
		e.Advice = "Leave it empty: this profile is of the other API."
	}
	return true
}

// connection fills where Mimecast is, how to get there, and who asks.
func (s Source) connection(e *Entry) bool {
	proxy := s.Endpoint.Proxy
	switch e.From {
	case "base_url":
		e.Text = address(s.Endpoint.BaseURL, e.Field)
	case "region":
		e.Text = region(s.Region, e.Choices)
		if e.Text == "" {
			e.Advice = "The region of your account, " + orWord(s.Region, "as the console's address shows it") + "."
		}
	case "internal_domain":
		e.Text = s.InternalDomain
		if e.Text == "" {
			e.Advice = "One of your own mail domains. The console lists them: Directories > Internal Directories."
		}
		e.Advice = joined(e.Advice, rule(e.Rule))
	case "proxy":
		e.Text, e.Advice = proxy.URL, "The proxy that the product's own network needs; this computer goes through this one."
		if proxy.URL == "" {
			e.Advice = "Leave it empty, unless the product's own network needs a proxy: this profile connects without one."
		}
	case "proxy_user":
		e.Text = proxy.Username
		e.Advice = unlessProxy(proxy.Username == "")
	case "proxy_password":
		e.Value = proxy.Password
		e.Advice = unlessProxy(proxy.Password.IsZero())
	case "service_user_email":
		e.Text = s.ServiceUser
		if e.Text == "" {
			e.Advice = "The address of the service user that the keys belong to."
		}
	case "service_user_password":
		e.Advice = "The password of the service user. mimecred does not keep it."
	default:
		return false
	}
	return true
}

func unlessProxy(empty bool) string {
	if empty {
		return "Leave it empty, unless the proxy asks for it."
	}
	return ""
}
