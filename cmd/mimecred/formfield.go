package main

import (
	"fmt"
	"slices"
	"strings"

	"mimecred/client/catalog/form"
	"mimecred/credstore"
)

// checkField refuses a field that the profile does not have, before anybody is asked to unlock anything.
func checkField(e credstore.Entry, field string) error {
	if slices.Contains(slices.Concat(credentialFields(e.API), profileFields()), field) {
		return nil // every profile has it: the catalogue, which takes longer than all the rest, is not read for that
	}
	fields := knownFields(e)
	switch {
	case slices.Contains(fields, field):
		return nil
	case slices.Contains(allFields(), field):
		return usage(fmt.Errorf("%s has no field %q: it is of API %s", e.Name, field, e.API),
			"its fields are: "+strings.Join(fields, ", "))
	default:
		return usage(fmt.Errorf("there is no field %q", field), oneOf(field, "the fields are: ", fields)...)
	}
}

// formField is what a field of the integration's form is filled in with.
func formField(r credstore.Record, e credstore.Entry, key string) (string, error) {
	i, err := integrationOf(e)
	if err != nil {
		return "", err
	}
	entries := filled(i, r, e)
	at := slices.IndexFunc(entries, func(entry form.Entry) bool { return entry.Key == key })
	if at < 0 {
		return "", usage(fmt.Errorf("there is no field %q", key))
	}
	if entries[at].Copyable() {
		return entryText(entries[at]), nil
	}
	hint := strings.TrimSpace(entries[at].Advice)
	if hint == "" {
		return "", usage(fmt.Errorf("%s has nothing for the field %q", e.Name, key))
	}
	return "", usage(fmt.Errorf("%s has nothing for the field %q", e.Name, key), hint)
}
