package client

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"mimecred/client/secret"
)

// Reply is one answer, whatever its status.
type Reply struct {
	HTTPStatus int
	Body       []byte
	Header     http.Header
	// RequestID is the x-request-id header, for support tickets.
	RequestID string
	// Date is the reply's Date header; zero when there was none.
	Date time.Time
	// Skew is this machine's clock minus Mimecast's, to the second; 0 when there was no Date.
	Skew time.Duration

	timing *timing
	// host is the base URL's host, with its port.
	host string
	// hidden are the secrets of the call and of the endpoint: they may come back in any of the reply's words.
	hidden []secret.Value
}

// exchange sends one request and reads its whole reply. Its error is always an *Error: no reply came, or none that is read to
// its end; where the reply is larger than what is read, the Reply comes as well, without its body. Such an error is in the
// trace already. It ends as soon as the request's context does. What a whole reply means is not judged here, see envelope;
// whoever judges it calls trace.
func (c *Client) exchange(req *http.Request, known []secret.Value) (*Reply, error) {
	op := req.Method + " " + req.URL.Path
	known = append(slices.Clip(known), secret.New(req.Header.Get(appIDHeader))) // two values that changed places: it is the key
	t := newTiming(req.Context(), c.now)
	report, err := c.warm.enter(req.Context())
	if err != nil {
		t.begin()
		return nil, c.noReply(req.Context(), op, err, t)
	}
	defer report(false)
	// Waiting for another call's connection is no part of this call's phases.
	t.start = time.Now()

	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept-Encoding", "gzip")
	if req.Header.Get("Accept") == "" {
		req.Header.Set("Accept", "application/json")
	}
	before := c.now()
	ctx, stop := context.WithCancelCause(req.Context())
	defer stop(nil)
	res, err := await(ctx, func() (*http.Response, error) { //nolint:bodyclose // readBody closes it
		return c.http.Do(req.WithContext(t.attach(ctx, stop, report)))
	}, discard)
	if err != nil {
		t.finish(0)
		if errors.Is(context.Cause(ctx), errNotAccepted) {
			err = errNotAccepted // HTTP/2 gives context.Canceled
		}
		failure := c.noReply(req.Context(), op, err, t)
		failure.hide(c.redactor(known))
		c.trace(req, nil, failure, t, known)
		return nil, failure
	}
	after := c.now()
	body, err := readBody(ctx, res)
	t.finish(res.ProtoMajor)
	reply := newReply(res, body, t)
	reply.host, reply.hidden = c.host(), append(slices.Clip(known), c.always...)
	reply.RequestID = reply.words(reply.RequestID)
	reply.measure(t.sent(before), after)
	if err == nil {
		return reply, nil
	}
	failure := c.noReply(req.Context(), op, err, t)
	failure.HTTPStatus, failure.RequestID, failure.Skew = res.StatusCode, reply.RequestID, reply.Skew
	failure.hide(c.redactor(known))
	c.trace(req, reply, failure, t, known)
	if !errors.Is(err, errTooLarge) {
		return nil, failure
	}
	reply.Body = nil
	return reply, failure
}

// finish stops the watch; the version of HTTP is 0 when no reply came.
func (t *timing) finish(protoMajor int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.took = time.Since(t.start)
	switch protoMajor {
	case 1:
		t.protocol = "HTTP/1.1"
	case 2:
		t.protocol = "HTTP/2"
	}
}

func newReply(res *http.Response, body []byte, t *timing) *Reply {
	reply := &Reply{
		HTTPStatus: res.StatusCode,
		Body:       body,
		Header:     res.Header,
		RequestID:  plainText(res.Header.Get("X-Request-Id")),
		timing:     t,
	}
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		reply.Date = date
	}
	return reply
}

// measure compares clocks. The Date header is cut to whole seconds and was written somewhere between before, when the request
// was on the wire, and after, so the middle of both is compared and the result is rounded to a second. Connecting is no part
// of it: a slow name server would pass for a wrong clock.
func (r *Reply) measure(before, after time.Time) {
	if r.Date.IsZero() {
		return
	}
	middle := before.Add(after.Sub(before) / 2)
	r.Skew = middle.Sub(r.Date.Add(500 * time.Millisecond)).Round(time.Second)
}

// judge turns a reply into an *Error, or nil when it is a success. Everything but the body's words comes from the reply.
func (r *Reply) judge(op string, known []secret.Value) *Error {
	failure := envelope(op, r.HTTPStatus, r.Header, r.Body)
	if failure == nil {
		return nil
	}
	failure.RequestID, failure.Skew, failure.host = r.RequestID, r.Skew, r.host
	failure.dated = !r.Date.IsZero()
	failure.hide(newRedactor(append(slices.Clip(known), r.hidden...)))
	return failure
}

// words makes text of the reply safe to show: no control characters, no secret of the call, and no more than fits on a screen.
func (r *Reply) words(text string) string {
	if text == "" {
		return ""
	}
	return shorten(newRedactor(r.hidden).text(plainText(text)))
}

// isFunction tells whether a reply has the form in which a function of Mimecast's tells a success.
func (r *Reply) isFunction() bool {
	document, _ := decodeJSON(trimBody(r.Body))
	object, _ := document.(map[string]any)
	status, ok := functionForm(object)
	return ok && status >= 200 && status <= 299 && r.HTTPStatus >= 200 && r.HTTPStatus <= 299
}

// lacking is the failure of a reply that has Mimecast's form and not what the call is for.
func (r *Reply) lacking(op, why string) *Error {
	return &Error{
		Kind: BadResponse, Op: op, HTTPStatus: r.HTTPStatus, RequestID: r.RequestID, Skew: r.Skew,
		mimecast: true, Err: errors.New(why),
	}
}

// plainText makes text from the network safe to print on one line: no control characters, which could steer a terminal,
// and no white space but single blanks.
func plainText(s string) string {
	var b strings.Builder
	for _, field := range strings.Fields(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		for _, r := range field {
			if !unprintable(r) {
				b.WriteRune(r)
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// shorten cuts text to what fits on a screen. It comes after redaction: half a secret would not be recognised.
func shorten(s string) string {
	const limit = 300
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit]) + "…"
}

// asError makes an *Error of any error of this package.
func asError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	if errors.Is(err, context.Canceled) {
		return &Error{Kind: Canceled, Err: err}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &Error{Kind: Timeout, Err: err}
	}
	return &Error{Kind: Unknown, Err: err}
}
