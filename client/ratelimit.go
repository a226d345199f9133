package client

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter is how long Mimecast asks to wait. X-RateLimit-Reset is in milliseconds (integrations.mimecast.com, "Rate
// limiting"); Retry-After, which was never seen, would be in seconds. Between 1 s and 5 min; 60 s when neither tells.
func retryAfter(header http.Header) time.Duration {
	const (
		least     = time.Second
		most      = 5 * time.Minute
		otherwise = time.Minute
	)
	wait, ok := positive(header.Get("X-RateLimit-Reset"), time.Millisecond, most)
	if !ok {
		wait, ok = positive(header.Get("Retry-After"), time.Second, most)
	}
	if !ok {
		return otherwise
	}
	return max(wait, least)
}

// positive reads a number of units, at most limit; a negative one is 0.
func positive(text string, unit, limit time.Duration) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || n != n {
		return 0, false
	}
	if n <= 0 {
		return 0, true
	}
	if n > float64(limit/unit) {
		return limit, true
	}
	return time.Duration(n * float64(unit)), true
}
