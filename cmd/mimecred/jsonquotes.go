package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"mimecred/client/secret"
)

// quotedText is a key or a value that further quotes surround within those of JSON, as word processors leave them: "„value“".
type quotedText struct {
	key   string // its key, or itself when it is one
	isKey bool
	pair  string
	place string
}

// Error says what is wrong and where.
func (q quotedText) Error() string {
	what := fmt.Sprintf("the value of %q", q.key)
	if q.isKey {
		what = fmt.Sprintf("the key %q", q.key)
	}
	return fmt.Sprintf("%s is in the quotes %s%s; leave them out", what, q.pair, q.place)
}

// removed says that the quotes are no part of the value.
func (q quotedText) removed() string {
	return fmt.Sprintf("the quotes %s around the value of %q were removed", q.pair, q.key)
}

// cleaned tells whether the reader of the key removes the quotes, as it does in a paste.
func (q quotedText) cleaned() bool {
	return !q.isKey && slices.Contains([]string{"client_id", "client_secret", "application_id", "application_key", "access_key", "secret_key"}, q.key)
}

// quotedTexts finds them in valid JSON. In a password every character counts, so that its quotes stay.
func quotedTexts(data []byte) []quotedText {
	var found []quotedText
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var objects []bool // of what is open: whether it is an object
	isKey, key := false, ""
	for {
		from := int(dec.InputOffset())
		token, err := dec.Token()
		if err != nil {
			return found
		}
		inObject := len(objects) > 0 && objects[len(objects)-1]
		switch t := token.(type) {
		case json.Delim:
			if t == '{' || t == '[' {
				objects = append(objects, t == '{')
				isKey = t == '{'
				continue
			}
			objects = objects[:len(objects)-1]
			isKey = len(objects) > 0 && objects[len(objects)-1]
			continue
		case string:
			inner, quoted := secret.Unquote(t)
			if inObject && isKey {
				key = inner
			}
			if quoted && inner != "" && (isKey || key != "password") {
				found = append(found, quotedText{key: key, isKey: isKey, pair: pairOf(t), place: placeOf(data, from)})
			}
		}
		isKey = inObject && !isKey
	}
}

// pairOf is the first and the last character of a text in quotes.
func pairOf(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	return string(first) + "…" + string(last)
}

// placeOf is the line and the column of the text that begins behind from.
func placeOf(data []byte, from int) string {
	at := from + bytes.IndexByte(data[from:], '"') + 1
	line, column := lineColumn(data, at)
	return fmt.Sprintf(" (line %d, column %d)", line, column)
}

// refuseQuotes is an error for the first key or value whose quotes nobody removes.
func refuseQuotes(data []byte) error {
	for _, q := range quotedTexts(data) {
		if !q.cleaned() {
			return q
		}
	}
	return nil
}

// withQuotes adds to an error what was removed from the values of data: it may be why the file is not what was meant.
func withQuotes(data []byte, err error) error {
	if err == nil {
		return nil
	}
	var hints []string
	for _, q := range quotedTexts(data) {
		hints = append(hints, q.removed())
	}
	if len(hints) == 0 {
		return err
	}
	if f := (*failure)(nil); errors.As(err, &f) {
		hints = append(slices.Clone(f.hints), hints...)
	}
	return usage(err, hints...)
}
