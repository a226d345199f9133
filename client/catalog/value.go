package catalog

import (
	"regexp"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/secret"
)

// Facts are what is known of a set-up, to fill in a form with. All of them may be missing.
type Facts struct {
	Credential client.Credential
	// BaseURL and RegionCode are as in client.Place.
	BaseURL, RegionCode string
	// Domain is an internal domain, or several with commas.
	Domain string
	Proxy  client.Proxy
	// ServiceUser is the e-mail address of the service user, ServicePassword its password (never stored by this program).
	ServiceUser     string
	ServicePassword secret.Value
	// Profile is the name of the profile, AccountName that of the Mimecast account.
	Profile, AccountName string
	// ContactEmail is the technical contact.
	ContactEmail string
	// Features are the ids of the features that were chosen for the integration; nil means its defaults.
	Features []string
}

// Value is what to put into one field.
type Value struct {
	// Text is the value when it is no secret, spelt as the form wants it.
	Text string
	// Secret is the value when it is one.
	Secret secret.Value
	// Parts are the single values of a field that has several; Text and Secret are empty then.
	Parts []Part
	// Advice is what to put there, or what to know, in one sentence; it may be empty.
	Advice string
}

// Part is one of several values that go into the same field.
type Part struct {
	From   string
	Text   string
	Secret secret.Value
}

// Known tells whether there is something to copy.
func (v Value) Known() bool {
	return v.Text != "" || !v.Secret.IsZero() || slices.ContainsFunc(v.Parts, func(p Part) bool {
		return p.Text != "" || !p.Secret.IsZero()
	})
}

// FieldValue gives what to put into a field of an integration's form. Secrets are handed through unopened and unchanged.
func FieldValue(i Integration, f Field, facts Facts) Value {
	v := Value{Advice: f.advice()}
	from := f.Parts()
	if len(from) > 1 {
		for _, one := range from {
			text, hidden := facts.source(one)
			v.Parts = append(v.Parts, Part{one, text, hidden})
		}
		return v
	}
	if choices, mapped := i.choices(f, facts.Features); mapped {
		v.Text = choices
		return v
	}
	text, hidden := facts.source(f.From)
	if !hidden.IsZero() {
		v.Secret = hidden
		return v
	}
	v.Text = f.spell(text, facts)
	// A region that the form has no word for is not the form's default region.
	if v.Text == "" && !f.Secret && (f.From != FromRegion || facts.RegionCode == "") {
		v.Text = f.Default
	}
	return v
}

// choices are what the chosen features switch on in a field. mapped tells whether the field is switched by features.
func (i Integration) choices(f Field, features []string) (text string, mapped bool) {
	if features == nil {
		features = i.DefaultFeatures()
	}
	var on []string
	switched := false
	for _, feature := range i.Features {
		if feature.Field != f.Key {
			continue
		}
		mapped = true
		if !slices.Contains(features, feature.ID) {
			continue
		}
		switched = true
		if feature.Choice != "" {
			on = append(on, feature.Choice)
		}
	}
	switch {
	case !mapped:
		return "", false
	case len(f.Choices) > 0:
		return strings.Join(on, ", "), true
	case switched:
		return "on", true
	default:
		return "off", true
	}
}

// source gives what the facts know of a source.
func (facts Facts) source(from string) (string, secret.Value) {
	var none secret.Value
	switch from {
	case FromBaseURL:
		return facts.BaseURL, none
	case FromRegion:
		return facts.RegionCode, none
	case FromInternalDomain:
		return facts.Domain, none
	case FromProxy:
		return facts.Proxy.URL, none
	case FromProxyUser:
		return facts.Proxy.Username, none
	case FromProxyPassword:
		return "", facts.Proxy.Password
	case FromServiceUser:
		return facts.ServiceUser, none
	case FromServicePassword:
		return "", facts.ServicePassword
	case FromAccountName:
		return facts.AccountName, none
	case FromLabel:
		return facts.Profile, none
	case FromContactEmail:
		return facts.ContactEmail, none
	case FromVerifySSL:
		return "on", none
	default:
		return facts.ofCredential(from)
	}
}

func (facts Facts) ofCredential(from string) (string, secret.Value) {
	var none secret.Value
	switch c := facts.Credential.(type) {
	case client.OAuth:
		switch from {
		case FromClientID:
			return c.ClientID, none
		case FromClientSecret:
			return "", c.ClientSecret
		}
	case client.Legacy:
		switch from {
		case FromApplicationID:
			return c.ApplicationID, none
		case FromApplicationKey:
			return "", c.ApplicationKey
		case FromAccessKey:
			return "", c.AccessKey
		case FromSecretKey:
			return "", c.SecretKey
		}
	}
	return "", none
}

// spell writes a value as the form wants it.
func (f Field) spell(text string, facts Facts) string {
	switch f.Spelling {
	case SpellWithScheme:
		return withScheme(text)
	case SpellWithoutScheme:
		return withoutScheme(text)
	case SpellNoTrailingSlash:
		return strings.TrimRight(text, "/")
	case SpellEndpoint:
		if text == "" {
			return ""
		}
		return withScheme(text) + f.Suffix
	case SpellRegion:
		return f.Words[facts.RegionCode]
	case SpellCommas:
		items := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
		return strings.Join(items, ",")
	case SpellRegexp:
		if text == "" {
			return ""
		}
		return "^" + regexp.QuoteMeta(text) + "$"
	case SpellSwitch:
		if text == "" {
			return "off"
		}
		return "on"
	case SpellInverted:
		if text == "on" {
			return "off"
		}
		return "on"
	case SpellTrimmed:
		return strings.TrimSpace(text)
	default:
		return text
	}
}

// withScheme is https://host; what has a scheme already keeps it, so that a simulator's http://127.0.0.1 works.
func withScheme(text string) string {
	text = strings.TrimRight(text, "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "https://" + text
}

func withoutScheme(text string) string {
	if _, rest, ok := strings.Cut(text, "://"); ok {
		text = rest
	}
	return strings.TrimRight(text, "/")
}
