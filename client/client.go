package client

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"time"

	"mimecred/client/secret"
)

// Client makes calls to one Endpoint. It is safe for concurrent use; Close it when it is no longer needed.
type Client struct {
	base      *url.URL
	now       func() time.Time
	log       *slog.Logger
	timeouts  Timeouts
	userAgent string

	wrap   func(http.RoundTripper) http.RoundTripper
	http   *http.Client
	warm   gate
	tokens tokenCache
	// always are secrets of the endpoint itself, hidden in whatever any call says.
	always []secret.Value
	getenv func(string) string
}

// New makes a client. It opens no connection. It fails when the endpoint is not valid or its CA file cannot be read; the
// error is a sentence that may be shown.
func New(e Endpoint, opts ...Option) (*Client, error) {
	base, err := e.base()
	if err != nil {
		return nil, err
	}
	if err := e.Proxy.Validate(); err != nil {
		return nil, err
	}
	c := &Client{
		base:      base,
		now:       time.Now,
		log:       slog.New(slog.DiscardHandler),
		timeouts:  Timeouts{}.orDefault(),
		userAgent: "mimecred",
		getenv:    os.Getenv,
	}
	for _, opt := range opts {
		opt(c)
	}
	through := routeOf(base, e.Proxy, c.getenv)
	c.always = through.secrets()
	transport, err := newTransport(e, c.timeouts, through)
	if err != nil {
		return nil, err
	}
	c.http = &http.Client{
		Transport: c.wrapped(transport),
		// A redirect could carry a credential to another host. None of Mimecast's calls needs one.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

func (c *Client) wrapped(t http.RoundTripper) http.RoundTripper {
	if c.wrap == nil {
		return t
	}
	return c.wrap(t)
}

// Close drops the idle connections. Calls that run are not interrupted.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// host is the base URL's host, for words.
func (c *Client) host() string { return c.base.Host }

// budget bounds one call as a whole.
func (c *Client) budget(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, c.timeouts.Call)
}

// rightAPI refuses a credential of one generation on a host of the other before anything is sent.
func (c *Client) rightAPI(api API) *Error {
	if got := apiOfHost(c.base.Hostname()); got != "" && got != api {
		return &Error{Kind: WrongAPI, Err: fmt.Errorf("%s is a host of API %s and the credentials are of API %s", c.host(), got, api)}
	}
	return nil
}
