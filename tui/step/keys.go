package step

import (
	"time"

	"mimecred/credstore/lifecycle"
)

// KeysValid says until when keys are valid that Mimecast has just created.
func KeysValid(until, now time.Time) string {
	fact, warning := lifecycle.Expiry(until, now)
	if fact == "" {
		return "They do not expire, as far as Mimecast says."
	}
	fact = "They are valid for " + lifecycle.Within(until.Sub(now)) + ". The access key " + fact + "."
	if warning != "" {
		fact += " " + warning
	}
	return fact
}
