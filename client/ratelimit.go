package client

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longestNamed is the longest wait that is believed. A longer one is no wait but a point in time, or nonsense.
const longestNamed = 7 * 24 * time.Hour

// retryAfter is how long Mimecast asks to wait, to be shown in full; 0 when it names no time. X-RateLimit-Reset is in
// milliseconds (integrations.mimecast.com, "Rate limiting"); Retry-After, which was never seen, would be in seconds or a date.
// A wait that has ended already is 1 s.
func retryAfter(header http.Header) time.Duration {
	wait, ok := positive(header.Get("X-RateLimit-Reset"), time.Millisecond)
	if !ok {
		wait, ok = positive(header.Get("Retry-After"), time.Second)
	}
	if !ok {
		wait, ok = until(header.Get("Retry-After"), header.Get("Date"))
	}
	if !ok || wait > longestNamed {
		return 0
	}
	return max(wait, time.Second)
}

// until is how long it is from one HTTP date to another.
func until(then, now string) (time.Duration, bool) {
	end, err := http.ParseTime(then)
	if err != nil {
		return 0, false
	}
	begin, err := http.ParseTime(now)
	if err != nil {
		return 0, false
	}
	return end.Sub(begin), true
}

// positive reads a number of units; a negative one is 0.
func positive(text string, unit time.Duration) (time.Duration, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || n != n {
		return 0, false
	}
	if n <= 0 {
		return 0, true
	}
	if n > float64(longestNamed/unit) {
		return longestNamed + 1, true
	}
	return time.Duration(n * float64(unit)), true
}
