package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"mimecred/client/localfile"
)

// object is one JSON object that is read key by key and knows which keys were asked for, so that a key that is missing,
// of the wrong type, given twice or not known is an error that names it. No value is ever part of an error.
type object struct {
	path   string
	fields map[string]json.RawMessage
	known  []string
	err    error // the first thing that was wrong
}

func readObject(path string, raw json.RawMessage) (*object, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("%s must be an object", orTop(path))
	}
	o := &object{path: path, fields: map[string]json.RawMessage{}}
	for dec.More() {
		t, err := dec.Token()
		key, isText := t.(string)
		if err != nil || !isText {
			return nil, fmt.Errorf("%s is no valid JSON object", orTop(path))
		}
		if _, twice := o.fields[key]; twice {
			return nil, fmt.Errorf("key %q is given twice", o.name(key))
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, fmt.Errorf("the value of %q is no valid JSON", o.name(key))
		}
		o.fields[key] = value
	}
	return o, nil
}

func orTop(path string) string {
	if path == "" {
		return "each set of credentials"
	}
	return fmt.Sprintf("%q", path)
}

func (o *object) name(key string) string {
	if o.path == "" {
		return key
	}
	return o.path + "." + key
}

func (o *object) fail(format string, args ...any) {
	if o.err == nil {
		o.err = fmt.Errorf(format, args...)
	}
}

func (o *object) has(key string) bool { return o.fields[key] != nil }

// raw gives the raw value and notes that the key is known.
func (o *object) raw(key string) (json.RawMessage, bool) {
	o.known = append(o.known, key)
	raw, ok := o.fields[key]
	return raw, ok
}

// peek gives a text without noting anything about it.
func (o *object) peek(key string) (text string) {
	_ = json.Unmarshal(o.fields[key], &text) // what is wrong with it is said where it is read
	return text
}

// optional gives a text, "" when the key is absent.
func (o *object) optional(key string) string {
	raw, ok := o.raw(key)
	if !ok {
		return ""
	}
	// A nil pointer tells null, which json.Unmarshal would let pass, from a text.
	var text *string
	if json.Unmarshal(raw, &text) != nil || text == nil {
		o.fail("key %q must be a text in quotes", o.name(key))
		return ""
	}
	if *text == "" {
		o.fail("key %q is empty", o.name(key))
	}
	return *text
}

// or gives a text, or other when the key is absent.
func (o *object) or(key, other string) string {
	if !o.has(key) {
		o.known = append(o.known, key)
		return other
	}
	return o.optional(key)
}

// flag gives true or false, other when the key is absent.
func (o *object) flag(key string, other bool) bool {
	raw, ok := o.raw(key)
	if !ok {
		return other
	}
	var is *bool
	if json.Unmarshal(raw, &is) != nil || is == nil {
		o.fail("key %q must be true or false", o.name(key))
		return other
	}
	return *is
}

// list gives an array of texts.
func (o *object) list(key string) []string {
	raw, _ := o.raw(key)
	var list []string
	if json.Unmarshal(raw, &list) != nil || list == nil {
		o.fail("key %q must be a list of texts in quotes", o.name(key))
	}
	return list
}

// adopt keeps the first error of an object below.
func (o *object) adopt(err error) {
	if o.err == nil {
		o.err = err
	}
}

// required gives a text that must be there.
func (o *object) required(key string) string {
	if !o.has(key) {
		o.fail("key %q is missing", o.name(key))
	}
	return o.optional(key)
}

// object gives the object below key, nil when it is absent or wrong.
func (o *object) object(key string) *object {
	raw, ok := o.raw(key)
	if !ok {
		return nil
	}
	below, err := readObject(o.name(key), raw)
	if err != nil {
		if o.err == nil {
			o.err = err
		}
		return nil
	}
	return below
}

// end tells what was wrong: keys that nobody asked for first, since a misspelt key explains a missing one.
func (o *object) end() error {
	var unknown []string
	for key := range o.fields {
		if !slices.Contains(o.known, key) {
			unknown = append(unknown, key)
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		slices.Sort(o.known)
		return usage(fmt.Errorf("unknown key %q", o.name(unknown[0])), oneOf(unknown[0], "known here: ", slices.Compact(o.known))...)
	}
	return o.err
}

// awaited gives what read gives, or the end of ctx when that comes first: a read of standard input cannot be broken off,
// and is left to end with the program.
func awaited[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := read()
		done <- result{value, err}
	}()
	select {
	case <-ctx.Done():
		var none T
		return none, interruption(ctx)
	case r := <-done:
		return r.value, r.err
	}
}

// readLimited reads up to most bytes.
func readLimited(r io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot be read: %w", err)
	case int64(len(data)) > most:
		return nil, tooLarge(most)
	}
	return data, nil
}

func tooLarge(most int64) error { return errors.New("is larger than " + localfile.Size(most)) }
