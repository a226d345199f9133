package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/form"
	"mimecred/cmd/export"
	"mimecred/credstore"
)

// values.go turns a saved profile into values with names: those of its integration's form, and those of the variables that
// export and exec give it. Beside get.go it is the one place of this command where a secret becomes text.

// current loads a profile that has a current credential.
func (a *app) current(ctx context.Context, name string) (credstore.Record, error) {
	vault, err := a.openVault()
	if err != nil {
		return credstore.Record{}, err
	}
	record, err := vault.Load(a.waiting(ctx), name)
	if err != nil {
		return record, err
	}
	if record.Current == nil {
		entry, _ := a.entry(name) // which Load has just put right
		return record, noCurrent(entry)
	}
	return record, nil
}

// integrationOf finds the integration of a profile, or "no particular product".
func integrationOf(e credstore.Entry) (catalog.Integration, error) { return integrationFor(e, "") }

// integrationFor is integrationOf, or the integration asked for in its place; it must be of the same API.
func integrationFor(e credstore.Entry, asked string) (catalog.Integration, error) {
	if asked != "" {
		i, known := catalog.Lookup(asked)
		switch {
		case !known:
			return i, usage(fmt.Errorf("there is no integration %q", asked), integrationsMeant(asked)...)
		case i.API != e.API:
			return i, usagef("the integration %q accepts API %s, and %s is of API %s", asked, i.API, e.Name, e.API)
		}
		return i, nil
	}
	id := e.Integration
	if id == "" {
		id = catalog.GenericID(e.API)
	}
	i, known := catalog.Lookup(id)
	if !known {
		return i, usage(fmt.Errorf("%s is for the integration %q, which this version does not know", e.Name, id),
			"it was saved by another version of mimecred")
	}
	return i, nil
}

// filled is the form of an integration with what the profile has for it.
func filled(i catalog.Integration, r credstore.Record, e credstore.Entry) []form.Entry {
	p := r.ProfileOf(r.Current)
	s := form.Source{
		Profile: p.Name, Region: p.Region, Endpoint: p.Endpoint, Credential: r.Current.Credential,
		InternalDomain: p.InternalDomain, ServiceUser: p.ServiceUser, Features: p.Features,
	}
	if e.Account != nil {
		s.AccountName = e.Account.Name
	}
	return form.Fill(i, s)
}

// valueName is the name of a value by where a field has it from; "" for what the profile does not have.
func valueName(from string) string {
	switch from {
	case catalog.FromBaseURL, catalog.FromRegion, catalog.FromClientID, catalog.FromClientSecret, catalog.FromAccessKey,
		catalog.FromSecretKey, catalog.FromInternalDomain:
		return from
	case catalog.FromApplicationID:
		return "application_id"
	case catalog.FromApplicationKey:
		return "application_key"
	case catalog.FromProxy:
		return "proxy_url"
	case catalog.FromProxyUser:
		return "proxy_username"
	case catalog.FromProxyPassword:
		return "proxy_password"
	case catalog.FromServiceUser:
		return "service_user"
	default:
		return ""
	}
}

// variableOf is the environment variable that the integration itself reads a field from; "" when it names none.
func variableOf(f catalog.Field) string { return f.Env }

// valueSet is what the profile has: first what the integration's form asks for, in its order and spelling, then the base
// URL and the credential as far as the form left them out. What the person decides in the product is no part of it.
func valueSet(i catalog.Integration, r credstore.Record, e credstore.Entry) export.Set {
	set := export.Set{Profile: r.Profile.Name, Integration: i.ID}
	add := func(entries []form.Entry, variable func(catalog.Field) string) {
		for _, entry := range entries {
			v := export.Value{Name: valueName(entry.From), Label: entry.Label, Text: entry.Text, Secret: entry.Value}
			if v.Env = variable(entry.Field); v.Name == "" || !entry.HasValue() || isSwitch(entry.Field) || hasValue(set, v) {
				continue
			}
			set.Values = append(set.Values, v)
		}
	}
	add(filled(i, r, e), variableOf)
	if generic, ok := catalog.Lookup(catalog.GenericID(i.API)); ok {
		add(filled(generic, r, e), func(catalog.Field) string { return "" })
	}
	return set
}

// isSwitch tells that a form only asks whether there is a value: "on" is no value.
func isSwitch(f catalog.Field) bool {
	return f.Spelling == catalog.SpellSwitch || f.Spelling == catalog.SpellInverted
}

// hasValue tells whether a set has the value, or one with the same variable, already.
func hasValue(set export.Set, v export.Value) bool {
	return slices.ContainsFunc(set.Values, func(other export.Value) bool {
		return other.Name == v.Name || v.Env != "" && other.Env == v.Env
	})
}

// formSet is the form as a person fills it in, with suggestions; open lists the fields that are left to the person.
func formSet(i catalog.Integration, r credstore.Record, e credstore.Entry) (set export.Set, open []string) {
	set = export.Set{Profile: r.Profile.Name, Integration: i.ID}
	names := map[string]bool{}
	for _, entry := range filled(i, r, e) {
		if !entry.Copyable() {
			open = append(open, entry.Label)
			continue
		}
		name := snakeCase(entry.Key)
		for names[name] {
			name += "_2"
		}
		names[name] = true
		set.Values = append(set.Values, export.Value{Name: name, Label: entry.Label, Text: entry.Text, Secret: entry.Value})
	}
	return set, open
}

// snakeCase makes a value's name of a form's key, such as client_id of clientId.
func snakeCase(key string) string {
	var b strings.Builder
	lower := false // the character before was lower-case
	for _, r := range key {
		switch {
		case 'A' <= r && r <= 'Z':
			if lower {
				b.WriteByte('_')
			}
			b.WriteRune(r + 'a' - 'A')
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
		lower = 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	name := b.String()
	if name == "" || name[0] < 'a' || name[0] > 'z' {
		return "field_" + name
	}
	return name
}

// entryText is what a field of the form has, opened when it is a secret.
func entryText(e form.Entry) string {
	if e.Value.IsZero() {
		return e.Text
	}
	return e.Value.Reveal()
}

// tokenText is an access token that was asked for.
func tokenText(t client.Token) string { return t.Value.Reveal() }
