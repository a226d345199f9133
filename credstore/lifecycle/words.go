package lifecycle

import (
	"bytes"
	"fmt"
	"strings"

	"mimecred/client"
)

// SuggestedName is the name of a first profile.
const SuggestedName = "mimecast"

// Sentence makes an error a sentence: it begins with a capital and ends with one full stop. Nothing for no error.
func Sentence(err error) string {
	if err == nil || err.Error() == "" {
		return ""
	}
	text := err.Error()
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}

// Clause makes a sentence the middle of another one: without its capital and its full stop.
func Clause(sentence string) string {
	if sentence == "" || strings.HasPrefix(sentence, "Mimecast") {
		return strings.TrimSuffix(sentence, ".")
	}
	return strings.ToLower(sentence[:1]) + strings.TrimSuffix(sentence[1:], ".")
}

// Verbatim is what Mimecast said, as it said it: status, code and message, what there is of them.
func Verbatim(status int, code, message string) string {
	var words []string
	if status != 0 {
		words = append(words, fmt.Sprintf("HTTP %d", status))
	}
	for _, w := range []string{code, message} {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}

// AccountWords are an account's name, code and region, what is known of them.
func AccountWords(a *client.Account, separator string) string {
	var words []string
	for _, w := range []string{a.Name, a.Code, a.Region} {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, separator)
}

// IsDomain tells whether text looks like a domain.
func IsDomain(text string) bool {
	address, err := client.ParseAddress("someone@" + text)
	return err == nil && address == "someone@"+text && !strings.ContainsAny(text, "/:@")
}

// WantsDomain tells whether a check of the plan needs an internal domain.
func WantsDomain(plan client.Plan) bool {
	for _, p := range plan.Probes {
		if strings.Contains(p.Path, "{{domain}}") || bytes.Contains(p.Body, []byte("{{domain}}")) {
			return true
		}
	}
	return false
}
