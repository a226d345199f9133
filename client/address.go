package client

import (
	"errors"
	"net/mail"
	"strings"

	"mimecred/client/secret"
)

// errAddress says what an e-mail address must be.
var errAddress = errors.New("an e-mail address looks like svc@example.com, with nothing before or after it")

// ParseAddress gives the e-mail address that text is, without the white space and invisible characters around it. It must
// be an address alone, without a name or quotes, at a domain with a dot; whether there is such a user is for Mimecast to
// say. Every address that is sent goes through it.
func ParseAddress(text string) (string, error) {
	text = secret.Trim(text)
	_, domain, _ := strings.Cut(text, "@")
	if !strings.Contains(domain, ".") || strings.ContainsAny(text, " \t\r\n\"[]") {
		return "", errAddress
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text {
		return "", errAddress
	}
	return text, nil
}
