package credstore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"mimecred/client"
)

// What the codec insists on. No error here repeats any of an item's text: it may be a secret.

func damaged(op string, err error) error { return &Error{Kind: Damaged, Op: op, Err: err} }

// plainJSON says what is wrong with JSON without repeating any of it: it may have secrets in it.
func plainJSON(err error) error {
	var syntax *json.SyntaxError
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("it is not JSON from byte %d on", syntax.Offset)
	case errors.As(err, &wrong):
		return fmt.Errorf("the value of %q has the wrong type", wrong.Field)
	case strings.Contains(err.Error(), "unknown field"):
		return errors.New("it has a field that this mimecred does not know")
	default:
		return errors.New("it is not complete JSON")
	}
}

// exactFields refuses what encoding/json lets through: names of fields in other letters, and a field that is there twice.
// The item is one that has been decoded, so it has objects, texts and numbers only.
func exactFields(item []byte) error {
	d := json.NewDecoder(bytes.NewReader(item))
	if _, err := d.Token(); err != nil {
		return plainJSON(err)
	}
	return exactObject(d)
}

// exactObject checks the object whose brace has been read.
func exactObject(d *json.Decoder) error {
	seen := map[string]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return plainJSON(err)
		}
		field, _ := name.(string)
		switch {
		case strings.Trim(field, "abcdefghijklmnopqrstuvwxyz_") != "":
			return errors.New("it has a field that this mimecred does not know")
		case seen[field]:
			return errors.New("it has a field twice")
		}
		seen[field] = true
		value, err := d.Token()
		if err != nil {
			return plainJSON(err)
		}
		if value == json.Delim('{') {
			if err := exactObject(d); err != nil {
				return err
			}
		}
	}
	if _, err := d.Token(); err != nil {
		return plainJSON(err)
	}
	return nil
}

// check tells what is missing or too much. It names fields and never shows values.
func (w wireRecord) check() error {
	if err := ValidName(w.Profile.Name); err != nil {
		return errors.New("its name is not a profile's")
	}
	if w.Current == nil && w.Pending == nil {
		return errors.New("it has no version of a credential")
	}
	for _, v := range []struct {
		what string
		*wireVersion
	}{{"current", w.Current}, {"pending", w.Pending}, {"previous", w.Previous}} {
		if v.wireVersion == nil {
			continue
		}
		if err := v.check(w.Profile); err != nil {
			return fmt.Errorf("its %s version %w", v.what, err)
		}
	}
	return nil
}

func (v wireVersion) check(base wireProfile) error {
	known := base.differing()
	api := base.API
	for field, value := range v.Differs {
		if known[field] == nil {
			return errors.New("has a field that this mimecred does not know")
		}
		if field == "api" {
			api = value
		}
	}
	oauth := []string{v.ClientID, v.ClientSecret}
	legacy := []string{v.ApplicationID, v.ApplicationKey, v.AccessKey, v.SecretKey}
	var want, not []string
	switch client.API(api) {
	case client.API20:
		want, not = oauth, legacy
	case client.API10:
		want, not = legacy, oauth
	default:
		return errors.New("is of an unknown API")
	}
	switch {
	case v.ID == "":
		return errors.New("has no id")
	case strings.Join(not, "") != "", v.Expires != 0 && client.API(api) == client.API20:
		return errors.New("has values of the other API")
	}
	for _, value := range want {
		if value == "" {
			return fmt.Errorf("lacks a value that API %s needs", api)
		}
	}
	return nil
}

// validUTF8 tells whether JSON can keep every text of w unchanged.
func (w wireRecord) validUTF8() bool {
	texts := []string{w.Profile.Name}
	for _, text := range w.Profile.differing() {
		texts = append(texts, *text)
	}
	for _, v := range []*wireVersion{w.Current, w.Pending, w.Previous} {
		if v == nil {
			continue
		}
		texts = append(texts, v.ID, v.ClientID, v.ClientSecret, v.ApplicationID, v.ApplicationKey, v.AccessKey,
			v.SecretKey, v.Source)
		for _, text := range v.Differs {
			texts = append(texts, text)
		}
	}
	for _, text := range texts {
		if !utf8.ValidString(text) {
			return false
		}
	}
	return true
}
