package screen

import (
	"time"

	"mimecred/tui/work"
)

// KeysValid says until when keys are valid that Mimecast has just created.
func KeysValid(until, now time.Time) string {
	fact, warning := work.Expiry(until, now)
	if fact == "" {
		return "They do not expire, as far as Mimecast says."
	}
	fact = "They are valid for " + work.Within(until.Sub(now)) + ". The access key " + fact + "."
	if warning != "" {
		fact += " " + warning
	}
	return fact
}
