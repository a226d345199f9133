package lifecycle

import (
	"fmt"
	"time"
)

// ExpiresSoon is from when on keys that stop are warned of.
const ExpiresSoon = 30 * 24 * time.Hour

// Expiry says until when keys are valid, and warns of those that stop within ExpiresSoon, with what makes keys that do not;
// "" for keys that do not expire, as far as Mimecast said. The setting is that of Mimecast KB 34000328220691.
func Expiry(at, now time.Time) (fact, warning string) {
	if at.IsZero() {
		return "", ""
	}
	fact = at.Local().Format("2 January 2006, 15:04")
	left := at.Sub(now)
	switch {
	case left <= 0:
		fact = "expired on " + fact
	case left < ExpiresSoon:
		fact = "expires in " + Within(left) + ", on " + fact
	default:
		return "expires on " + fact, ""
	}
	return fact, "Mimecast lets the keys expire. In the service user's profile, set Authentication TTL to Never Expires: " +
		"Services > Applications > Authentication Profiles > the profile. Then create new keys."
}

// Within is a length of time in the largest unit that says enough.
func Within(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", d/(24*time.Hour))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	default:
		return "a minute"
	}
}
