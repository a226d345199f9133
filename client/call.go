package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mimecred/client/secret"
)

// Request is one call to Mimecast.
type Request struct {
	// Method is POST for every call of API 1.0; "" means POST.
	Method string
	// Path begins with a slash and may carry a query, such as /user/cloud-gateway/v1/users?pageSize=1.
	Path string
	// Query is added to what Path carries.
	Query url.Values
	// Body is JSON; nil for none.
	Body []byte
	// ReadOnly says that the call changes nothing at Mimecast, so that it may be repeated when the connection breaks or the
	// server fails for a moment. A GET always may.
	ReadOnly bool
}

func (r Request) method() string {
	if r.Method == "" {
		return http.MethodPost
	}
	return strings.ToUpper(r.Method)
}

func (r Request) op() string {
	path, _, _ := strings.Cut(r.Path, "?")
	return r.method() + " " + path
}

func (r Request) repeatable() bool { return r.ReadOnly || r.method() == http.MethodGet }

// Call makes one call with the credential: a bearer token (API 2.0, minted and renewed as needed) or a signature (API 1.0).
// An answer that is no success gives both the Reply and an *Error; without an answer the Reply is nil.
func (c *Client) Call(ctx context.Context, credential Credential, r Request) (*Reply, error) {
	reply, failure := c.call(ctx, credential, r)
	if failure != nil {
		return reply, failure
	}
	return reply, nil
}

// call is Call with the error's own type, for use inside the package.
func (c *Client) call(ctx context.Context, credential Credential, r Request) (*Reply, *Error) {
	ctx, cancel := c.budget(ctx)
	defer cancel()
	if credential == nil {
		return nil, &Error{Kind: Validation, Op: r.op(), Err: errors.New("no credential was given")}
	}
	if failure := c.rightAPI(credential.API()); failure != nil {
		failure.Op = r.op()
		return nil, failure
	}
	target, err := c.target(r)
	if err != nil {
		return nil, &Error{Kind: Validation, Op: r.op(), Err: err}
	}
	switch credential := credential.(type) {
	case OAuth:
		return c.callWithToken(ctx, credential, r, target)
	case Legacy:
		return c.callSigned(ctx, credential, r, target)
	default:
		return nil, &Error{Kind: Validation, Op: r.op(), Err: fmt.Errorf("no such credential: %T", credential)}
	}
}

// target is the URL of a call; it never leaves the base URL's host.
func (c *Client) target(r Request) (*url.URL, error) {
	if !strings.HasPrefix(r.Path, "/") {
		return nil, errors.New("the path must begin with a slash")
	}
	u, err := url.Parse(c.base.String() + r.Path)
	if err != nil {
		return nil, errors.New("the path is not valid")
	}
	if len(r.Query) > 0 {
		query := u.Query()
		for name, values := range r.Query {
			query[name] = append(query[name], values...)
		}
		u.RawQuery = query.Encode()
	}
	u.Fragment = ""
	return u, nil
}

// newRequest makes the HTTP request of one try.
func newRequest(ctx context.Context, r Request, target *url.URL) (*http.Request, *Error) {
	req, err := http.NewRequestWithContext(ctx, r.method(), target.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, &Error{Kind: Validation, Op: r.op(), Err: errors.New("the method is not valid")}
	}
	if r.Body == nil {
		req.Body, req.GetBody, req.ContentLength = http.NoBody, nil, 0
	} else {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// send makes one try, judges the reply, has meaning correct the judgement, and traces what came of it.
func (c *Client) send(req *http.Request, op string, known []secret.Value, meaning func(*Error)) (*Reply, *Error) {
	reply, err := c.exchange(req, known)
	if err != nil {
		failure := asError(err)
		failure.Op = op
		return reply, failure
	}
	failure := reply.judge(op, known)
	if failure != nil {
		meaning(failure)
	}
	c.trace(req, reply, failure, reply.timing, known)
	return reply, failure
}

// again is the rule by which a call may be repeated.
func (r Request) again(e *Error) bool { return r.repeatable() && passing(e) }

// callSigned makes a call of API 1.0. Every try has a fresh date, id and signature. err_developer_key is repeated once: it
// was seen as a passing false alarm for valid applications (JupiterOne's graph-mimecast).
func (c *Client) callSigned(ctx context.Context, keys Legacy, r Request, target *url.URL) (*Reply, *Error) {
	if failure := keys.usable(); failure != nil {
		failure.Op = r.op()
		return nil, failure
	}
	secondLook := true
	return repeat(ctx, func(e *Error) bool {
		if e.Kind == UnknownApplication && secondLook {
			secondLook = false
			return true
		}
		return r.again(e)
	}, func(ctx context.Context) (*Reply, *Error) {
		req, failure := newRequest(ctx, r, target)
		if failure != nil {
			return nil, failure
		}
		date, id := stamp(req.Header, keys.ApplicationID, c.now())
		signature, err := authorization(keys, date, id, target.RequestURI())
		if err != nil {
			return nil, &Error{Kind: InvalidCredentials, Op: r.op(), Err: err}
		}
		req.Header.Set("Authorization", signature)
		return c.send(req, r.op(), keys.Secrets(), signedMeaning)
	})
}

// tooSkewed is from where a refused signature is put down to the clock. The tolerance of Mimecast is not published.
const tooSkewed = 5 * time.Minute

// signedMeaning corrects the kind of a signed call's failure with what is known of API 1.0 only.
func signedMeaning(e *Error) {
	if e.Kind == InvalidCredentials && e.HTTPStatus == http.StatusUnauthorized && e.Skew.Abs() > tooSkewed {
		e.Kind = ClockSkew
		return
	}
	unsignedMeaning(e)
}

// unsignedMeaning is the same for the calls that carry no signature, which a wrong clock cannot spoil.
func unsignedMeaning(e *Error) {
	if e.ended = saysEnded(e); e.ended || onlyOf(e) == API20 {
		e.Kind = WrongAPI
	}
}
