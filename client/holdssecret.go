package client

import (
	"strings"
	"unicode"

	"mimecred/client/secret"
)

// HoldsSecret tells whether a text has, anywhere in it, what is shaped like a secret of Mimecast's, or a value behind the
// name of one. A field for names, IDs and addresses uses it to show nothing of such a text. Characters that cannot be seen hide
// none.
func HoldsSecret(text string) bool {
	if len(text) > maxPaste {
		text = text[:maxPaste]
	}
	text = strings.Map(visible, text)
	for token := range strings.FieldsFuncSeq(text, besides) {
		token = strings.TrimRight(token, ".")
		if len(token) == 64 && isAlphanumeric(token) || isSecretKey(token) || isAccessKey(token) {
			return true
		}
		if _, value, ok := strings.Cut(token, "="); ok && (len(value) == 64 && isAlphanumeric(value) || isSecretKey(value) || isAccessKey(value)) {
			return true
		}
	}
	for _, at := range nameOf().FindAllStringIndex(text, -1) {
		if field := fieldCalled(text[at[0]:at[1]]); field != FieldClientID && field != FieldApplicationID && gluedKey().MatchString(text[at[1]:]) {
			return true // a field for IDs removes the white space
		}
	}
	for _, p := range pairs(text) {
		if p.value != "" && p.field != FieldClientID && p.field != FieldApplicationID {
			return true
		}
	}
	return false
}

// visible drops what cannot be seen and is no white space.
func visible(r rune) rune {
	if secret.IsInvisible(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

// HasLengthOfSecret tells whether a text is one value that differs from a client ID by its length alone.
func HasLengthOfSecret(text string) bool { return len(text) == 64 && isAlphanumeric(text) }
