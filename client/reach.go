package client

import (
	"context"
	"net/http"
	"time"
)

// Reached is what a call without a credential shows of the way to Mimecast.
type Reached struct {
	// Detail is such as "TLS 1.3 · HTTP/2".
	Detail string
	// Issuer issued the certificate that was accepted: another one than a public authority reads what passes. "" without TLS.
	Issuer string
	Took   time.Duration
	// Dated tells whether the reply had a Date, and Skew is this machine's clock minus Mimecast's, to the second.
	Dated bool
	Skew  time.Duration
}

// ClockWrong tells whether the clocks differ so much that it is worth a warning.
func (r Reached) ClockWrong() bool { return r.Skew.Abs() > noticeableSkew }

// Clock says how this machine's clock compares with Mimecast's.
func (r Reached) Clock() string {
	if r.ClockWrong() {
		return skewWords(r.Skew) + " Mimecast"
	}
	return "within " + roughly(max(r.Skew.Abs(), time.Second)) + " of Mimecast"
}

// Reach asks the host for its first page, with no credential. Any reply will do, whatever its status: the certificate shows whose it is.
// Errors are an *Error.
func (c *Client) Reach(ctx context.Context) (Reached, error) {
	ctx, cancel := c.budget(ctx)
	defer cancel()
	target := *c.base
	target.Path = "/"
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return Reached{}, &Error{Kind: Validation, Op: "GET /", Err: err}
	}
	reply, err := c.exchange(req, nil)
	if reply == nil {
		return Reached{}, err
	}
	c.trace(req, reply, nil, reply.timing, nil)
	reached := Reached{Detail: reply.timing.detail(), Dated: !reply.Date.IsZero(), Skew: reply.Skew}
	_, reached.Took = reply.timing.times()
	reply.timing.mu.Lock()
	defer reply.timing.mu.Unlock()
	reached.Issuer = reply.timing.issuer
	return reached, nil
}
