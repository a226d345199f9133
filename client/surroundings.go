package client

import "strings"

// surroundings names what was copied together with a value and is before, behind or around it; "" when nothing does. No
// part of the value is ever in the words.
func surroundings(text string) string {
	for _, scheme := range []string{"Bearer", "Basic"} {
		if len(text) >= len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			if rest := text[len(scheme):]; strings.TrimLeft(rest, " :\t") != rest || isKnownShape(rest) {
				return `"` + scheme + `" before the value`
			}
		}
	}
	if at := nameOf().FindStringIndex(text); at != nil && at[0] == 0 {
		rest := strings.TrimLeft(text[at[1]:], " \"'*`")
		switch {
		case strings.HasPrefix(rest, "="):
			return "the name before the value, up to the equals sign"
		case strings.HasPrefix(rest, ":"):
			return "the name before the value, up to the colon"
		case isKnownShape(rest):
			return "the name before the value"
		}
	}
	for _, pair := range []struct{ open, end, words string }{
		{"~", "~", "the ~ around the value"},
		{"*", "*", "the * around the value"},
		{"`", "`", "the backticks around the value"},
		{"<", ">", "the < and > around the value"},
		{"(", ")", "the brackets around the value"},
		{"[", "]", "the brackets around the value"},
		{"{", "}", "the brackets around the value"},
	} {
		// Where only one of the two was copied, the other has to go as well.
		if inner := strings.Trim(text, pair.open+pair.end); inner != text && strings.ContainsFunc(inner, isLetterOrDigit) {
			return pair.words
		}
	}
	for end, words := range map[string]string{",": "the comma behind the value", ";": "the semicolon behind the value"} {
		if strings.HasSuffix(text, end) {
			return words
		}
	}
	return ""
}

// isKnownShape tells whether a text is exactly as long as a value of Mimecast's, and made of the same characters.
func isKnownShape(s string) bool {
	return isUUID(s) || isAccessKey(s) || isSecretKey(s) || (len(s) == 48 || len(s) == 64) && isAlphanumeric(s)
}
