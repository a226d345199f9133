package client

import (
	"errors"

	"mimecred/client/secret"
)

// errNothingLeft is the error of a value that is white space and quotes alone.
var errNothingLeft = errors.New("nothing is left of that once white space and quotes are removed")

// errPasswordLines is the error of a password that is no single line.
var errPasswordLines = errors.New("a password is one line; that was not, and was dropped")

// CleanValue gives the one value that a text holds for a field, without the name that was pasted with it and without white space
// and quotes around it, and tells what was removed. What it gives, it gives for that again. Its errors are those of ValueAlone, and
// one for a text that holds nothing.
func CleanValue(field, text string) (string, secret.Removed, error) {
	value, removed, err := cleanOnce(field, text)
	for before := text; err == nil && value != before; { // a name may be read in it only once nothing is between its letters
		before = value
		value, _, err = cleanOnce(field, before)
	}
	if err != nil {
		return "", removed, err
	}
	return value, removed, nil
}

func cleanOnce(field, text string) (string, secret.Removed, error) {
	alone, err := ValueAlone(field, text)
	if err != nil {
		return "", secret.Removed{}, err
	}
	value, removed := secret.Clean(alone)
	if value == "" && text != "" {
		return "", removed, errNothingLeft
	}
	return value, removed, nil
}

// CleanSecret is CleanValue for a value that is never shown.
func CleanSecret(field string, v secret.Value) (secret.Value, secret.Removed, error) {
	text, removed, err := CleanValue(field, v.Reveal())
	return secret.New(text), removed, err
}

// CleanPassword gives a password as it is sent: every character of its line counts.
func CleanPassword(v secret.Value) (secret.Value, secret.Removed, error) {
	text, removed := secret.CleanLine(v.Reveal())
	for _, r := range text {
		if r == '\n' || r == '\r' {
			return secret.Value{}, removed, errPasswordLines
		}
	}
	return secret.New(text), removed, nil
}

// CodeOf is ParseCode for a code that was typed as a secret.
func CodeOf(v secret.Value) (secret.Value, error) { return ParseCode(v.Reveal()) }
