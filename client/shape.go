package client

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mimecred/client/secret"
)

// The fields that ShapeHints knows.
const (
	FieldClientID       = "client_id"
	FieldClientSecret   = "client_secret"
	FieldApplicationID  = "application_id"
	FieldApplicationKey = "application_key"
	FieldAccessKey      = "access_key"
	FieldSecretKey      = "secret_key"
)

// UsualLength is how many characters a key has, as far as samples show; 0 for a field whose length says nothing.
func UsualLength(field string) int {
	switch field {
	case FieldClientSecret:
		return 64
	case FieldApplicationKey:
		return 36
	case FieldAccessKey:
		return 150
	case FieldSecretKey:
		return 88
	default:
		return 0
	}
}

// ShapeHints tells, offline, what looks odd about a value: a UUID where none belongs, a length that belongs to the field
// beside it, characters that the value cannot have. Each hint is one sentence. Hints never block: the lengths come from
// public samples (rapid7's plugin help for API 2.0, recordings and vendors' samples for API 1.0), not from a promise of
// Mimecast's. others are the values of the other fields as far as they are known; it may be nil.
func ShapeHints(field string, v secret.Value, others map[string]secret.Value) []string {
	text := v.Reveal()
	if text == "" || !slices.Contains(shapedFields(), field) {
		return nil
	}
	hints := characters(field, text)
	hints = append(hints, shapeOf(field, text)...)
	for _, name := range shapedFields() {
		if other, ok := others[name]; ok && name != field && !other.IsZero() && other.Equal(v) {
			hints = append(hints, "This is the same value as the "+fieldName(name)+".")
		}
	}
	return hints
}

// Swapped tells whether two values were pasted into each other's field: the first field's, and that of its counterpart. The shapes
// are those of ShapeHints. Only a shape that cannot be meant for its field counts; the two UUIDs of API 1.0 tell nothing.
func Swapped(field string, value, counterpart secret.Value) bool {
	first, second := value.Reveal(), counterpart.Reveal()
	if first == "" || second == "" {
		return false
	}
	switch field {
	case FieldClientID:
		id := isAlphanumeric(second) && !LongerThanID(second)
		return id && (HasLengthOfSecret(first) || LongerThanID(first) && len(second) == 48)
	case FieldAccessKey:
		if isUUID(first) || isUUID(second) {
			return false
		}
		return isSecretKey(first) && !isSecretKey(second) || isAccessKey(second) && !isAccessKey(first)
	}
	return false
}

// Exchanged gives a client ID that was pasted as the secret, and a secret that was pasted as the client ID.
func Exchanged(id string, key secret.Value) (string, secret.Value) {
	return key.Reveal(), secret.New(id)
}

// LongerThanID tells whether a text is one value of letters and digits that is longer than any client ID seen so far: a client
// secret, or most of one.
func LongerThanID(text string) bool { return len(text) > 48+8 && isAlphanumeric(text) }

func shapedFields() []string {
	return []string{
		FieldClientID, FieldClientSecret, FieldApplicationID, FieldApplicationKey, FieldAccessKey, FieldSecretKey,
	}
}

func fieldName(field string) string {
	switch field {
	case FieldClientID:
		return "client ID"
	case FieldApplicationID:
		return "application ID"
	default:
		return strings.ReplaceAll(field, "_", " ")
	}
}

// characters finds what no key or ID has.
func characters(field, text string) []string {
	if around := surroundings(text); around != "" {
		return []string{"Remove " + around + ": it is not a part of the value."}
	}
	if strings.ContainsAny(text, " \t\r\n") {
		return []string{"It contains white space, which no Mimecast key or ID has."}
	}
	if strings.ContainsAny(text, "\"'`<>{}•●…*") {
		return []string{"It contains a quote, bracket or masking character: copy the value itself, not what surrounds or hides it."}
	}
	if (field == FieldClientID || field == FieldClientSecret) && strings.ContainsAny(text, "+/=") {
		return []string{"It contains +, / or =, which look like an API 1.0 access key or secret key."}
	}
	return nil
}

func shapeOf(field, text string) []string {
	switch field {
	case FieldClientID:
		return clientShape(text, 48, 64, "Client IDs seen so far have 48 letters and digits.", "client secret")
	case FieldClientSecret:
		return clientShape(text, 64, 48, "Client secrets seen so far have 64 letters and digits.", "client ID")
	case FieldApplicationID, FieldApplicationKey:
		return applicationShape(field, text)
	case FieldAccessKey:
		switch {
		case isUUID(text):
			return []string{"It looks like an application ID or key (a UUID); an access key has about 150 characters."}
		case isSecretKey(text):
			return []string{"It looks like a secret key: access key and secret key may be swapped."}
		case len(text) != 150:
			return []string{"Access keys seen so far have 150 characters. It may have been cut off when it was copied."}
		}
	case FieldSecretKey:
		return secretKeyShape(text)
	}
	return nil
}

// lengthOfSecret says after a refusal that a client secret does not have the usual length, however little is missing: all that
// were seen have 64 characters. "" when it has.
func lengthOfSecret(credential Credential) string {
	pair, ok := credential.(OAuth)
	if !ok {
		return ""
	}
	n := utf8.RuneCountInString(pair.ClientSecret.Reveal())
	if n == 64 {
		return ""
	}
	return fmt.Sprintf("The client secret has %d characters, and those seen so far have 64.", n)
}

func clientShape(text string, want, swapped int, usual, other string) []string {
	switch {
	case isUUID(text):
		return []string{"It looks like an API 1.0 application ID or key (a UUID)."}
	case isAccessKey(text) && len(text) != want:
		return []string{"It looks like an API 1.0 access key."}
	case len(text) == swapped && isAlphanumeric(text):
		return []string{"It has the length of a " + other + ": the two may be swapped."}
	case len(text) < want-8:
		return []string{usual + " This one is shorter and may have been cut off."}
	case len(text) > want+8:
		return []string{usual + " This one is longer: something else may have been pasted with it."}
	default:
		return nil
	}
}

func applicationShape(field, text string) []string {
	switch {
	case isUUID(text):
		return nil
	case isSecretKey(text):
		return []string{"It looks like a secret key."}
	case isAccessKey(text):
		return []string{"It looks like an access key."}
	case (len(text) == 48 || len(text) == 64) && isAlphanumeric(text):
		return []string{"It looks like a client ID or client secret of API 2.0."}
	default:
		return []string{"An " + fieldName(field) + " is a UUID, such as 8578fcfc-a305-4d9a-99cb-f4d5ecefe297."}
	}
}

func secretKeyShape(text string) []string {
	_, err := base64.StdEncoding.DecodeString(text)
	switch {
	case isUUID(text):
		return []string{"It looks like an application ID or key (a UUID); a secret key ends in ==."}
	case isAccessKey(text):
		return []string{"It looks like an access key: access key and secret key may be swapped."}
	case err != nil:
		return []string{"It is not base64, so it cannot work: it is cut off, has characters too many, or is another value."}
	case !isSecretKey(text):
		return []string{"Secret keys seen so far have 88 characters ending in ==."}
	default:
		return nil
	}
}

// isLegacyPair tells whether an OAuth pair is certainly made of API 1.0 values: application ID and key, or access and
// secret key. One odd value alone only makes a hint.
func isLegacyPair(pair OAuth) bool {
	value := pair.ClientSecret.Reveal()
	return isUUID(pair.ClientID) && isUUID(value) || isAccessKey(pair.ClientID) && isSecretKey(value)
}

// isUUID accepts 8-4-4-4-12 hexadecimal digits.
func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !isHexDigit(rune(c)) {
				return false
			}
		}
	}
	return true
}

// isAccessKey accepts 112 bytes in base64url without padding.
func isAccessKey(s string) bool {
	if len(s) != 150 {
		return false
	}
	_, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil
}

// isSecretKey accepts 64 bytes in base64.
func isSecretKey(s string) bool {
	if len(s) != 88 || !strings.HasSuffix(s, "==") {
		return false
	}
	_, err := base64.StdEncoding.DecodeString(s)
	return err == nil
}

func isAlphanumeric(s string) bool {
	for i := range len(s) {
		if !isLetterOrDigit(rune(s[i])) {
			return false
		}
	}
	return s != ""
}

func isLetterOrDigit(c rune) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isHexDigit(c rune) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
