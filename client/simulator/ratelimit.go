package simulator

import (
	"net/http"
	"strconv"
	"time"
)

// quota is how many calls fit into a window.
type quota struct {
	calls int
	per   time.Duration
}

// API 1.0: 800 calls in 5 s for each access key, one counter for all functions; unknown access keys share a bucket of
// 5000 (recorded). A window starts with its first call and failed calls count (recorded).
func legacyQuota() quota  { return quota{800, 5 * time.Second} }
func unknownQuota() quota { return quota{5000, 5 * time.Second} }

// API 2.0: a quota for each function and application (documented); its size is published nowhere, this one is assumed.
func oauthQuota() quota { return quota{600, time.Minute} }

// window is one bucket.
type window struct {
	ends time.Time
	used int
}

// rate is the state of a bucket after a call.
type rate struct {
	limit, remaining int
	reset            time.Duration
	exceeded         bool
}

// take counts one call in a bucket.
func (s *Server) take(bucket string, q quota, now time.Time) rate {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.windows[bucket]
	if w == nil || !now.Before(w.ends) {
		w = &window{ends: now.Add(q.per)}
		s.windows[bucket] = w
	}
	w.used++
	return rate{q.calls, max(0, q.calls-w.used), w.ends.Sub(now), w.used > q.calls}
}

// header writes the three headers; the reset is in milliseconds (documented).
func (r rate) header(h http.Header) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(r.limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(r.remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(r.reset.Milliseconds(), 10))
}

// limited refuses a call for its number. The bodies are assumed: the usual envelope of each generation.
func (c *call) limited(r rate) {
	r.header(c.w.Header())
	if generation(c.r) == "1.0" {
		c.json(http.StatusTooManyRequests, `{"meta":{"status":429},"data":[],"fail":[]}`)
		return
	}
	c.flat(http.StatusTooManyRequests, "rate_limit_exceeded", "API rate limit exceeded")
}
