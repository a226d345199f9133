package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"mimecred/client/catalog"
	"mimecred/client/catalog/form"
	"mimecred/credstore"
)

// getField is a field that get can be asked for.
type getField struct {
	Name   string `json:"name"`
	Secret bool   `json:"secret"`
	// Label is what the integration's form calls it; empty for a value that the form does not ask for.
	Label string `json:"label,omitempty"`
}

// getFieldsJSON is the JSON of get without a field.
type getFieldsJSON struct {
	Schema  int        `json:"schema"`
	Profile string     `json:"profile"`
	Fields  []getField `json:"fields"`
}

// runGetFields lists the fields of a profile, and asks no store for their values.
func runGetFields(ctx context.Context, a *app, name string) error {
	format, err := a.format("get NAME")
	if err != nil {
		return err
	}
	entry, err := a.find(ctx, name)
	if err != nil {
		return err
	}
	fields := fieldsOf(entry)
	switch {
	case format == "json":
		return a.printJSON(getFieldsJSON{Schema: 1, Profile: entry.Name, Fields: fields})
	case a.flags.quiet:
		return a.print(strings.Join(knownFields(entry), "\n") + "\n")
	}
	if err := a.print(fieldsTable(fields)); err != nil {
		return err
	}
	a.note("hint: mimecred get %s FIELD prints one of them", entry.Name)
	return nil
}

func fieldsTable(fields []getField) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	form := slices.ContainsFunc(fields, func(f getField) bool { return f.Label != "" })
	line := func(name, secret, label string) {
		if fmt.Fprint(w, name, "\t", secret); form {
			fmt.Fprint(w, "\t", label)
		}
		fmt.Fprintln(w)
	}
	line("FIELD", "SECRET", "IN THE FORM")
	for _, f := range fields {
		secret := "no"
		if f.Secret {
			secret = "yes"
		}
		line(f.Name, secret, oneLine(f.Label))
	}
	_ = w.Flush() // into memory
	var text strings.Builder
	for row := range strings.Lines(b.String()) {
		text.WriteString(strings.TrimRight(row, " \n") + "\n")
	}
	return text.String()
}

// fieldsOf are what get can be asked for: the values of a profile, then the fields of its integration's form that have another
// name. Where a key of the form has the name of a value, it is the value that is meant.
func fieldsOf(e credstore.Entry) []getField {
	var fields []getField
	names := map[string]bool{}
	add := func(f getField) {
		if !names[f.Name] {
			names[f.Name] = true
			fields = append(fields, f)
		}
	}
	var entries []form.Entry
	labels := map[string]string{}
	if i, err := integrationOf(e); err == nil {
		entries = form.Fill(i, form.Source{})
	}
	for _, entry := range entries {
		if name := entry.Name(); labels[name] == "" && !isSwitch(entry.Field) {
			labels[name] = entry.Label
		}
	}
	for _, name := range append(credentialFields(e.API), profileFields()...) {
		add(getField{Name: name, Secret: isSecret(name), Label: labels[name]})
	}
	for _, entry := range entries {
		secret := entry.Secret || isSecret(entry.Name()) || entry.From == catalog.FromServicePassword
		add(getField{Name: entry.Key, Label: entry.Label, Secret: secret})
	}
	return fields
}

// isSecret tells whether a value of a profile is a secret.
func isSecret(name string) bool {
	switch name {
	case "client_secret", "application_key", "access_key", "secret_key", "proxy.password":
		return true
	default:
		return false
	}
}

// knownFields are the names of fieldsOf.
func knownFields(e credstore.Entry) []string {
	var names []string
	for _, f := range fieldsOf(e) {
		names = append(names, f.Name)
	}
	return names
}
