package client

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"mimecred/client/secret"
)

// Token is an access token of API 2.0.
type Token struct {
	Value secret.Value
	// Type is "Bearer".
	Type string
	// ExpiresAt is when the reply says that the token ends: 30 minutes after it was given, as a rule.
	ExpiresAt time.Time
}

const (
	tokenPath = "/oauth/token"
	// renewBefore is how long before its expiry a token is no longer used.
	renewBefore = 60 * time.Second
	// usualLife is assumed when a reply does not tell (1799 s in every public sample).
	usualLife = 1799 * time.Second
	// longestLife bounds what a reply may claim.
	longestLife = 24 * time.Hour
)

// Token gives an access token: the one that is kept while it is valid for another minute, or a new one. Concurrent callers
// share one request. The error is an *Error.
func (c *Client) Token(ctx context.Context, pair OAuth) (Token, error) {
	ctx, cancel := c.budget(ctx)
	defer cancel()
	minted, failure := c.token(ctx, pair)
	if failure != nil {
		return Token{}, failure
	}
	return minted.token, nil
}

// minted is a token with the call that gave it.
type minted struct {
	token Token
	reply *Reply
}

// tokenCache keeps one token for each pair, and one flight while it is being minted.
type tokenCache struct {
	mu      sync.Mutex
	entries map[[sha256.Size]byte]*tokenEntry
}

type tokenEntry struct {
	minted minted
	flight *flight
}

type flight struct {
	done    chan struct{}
	minted  minted
	failure *Error
}

// entry finds the place for a pair. The key is a hash so that no second copy of the secret lies about.
func (t *tokenCache) entry(pair OAuth) *tokenEntry {
	key := sha256.Sum256([]byte(pair.ClientID + "\x00" + pair.ClientSecret.Reveal()))
	if t.entries == nil {
		t.entries = make(map[[sha256.Size]byte]*tokenEntry)
	}
	e := t.entries[key]
	if e == nil {
		e = &tokenEntry{}
		t.entries[key] = e
	}
	return e
}

// forget drops a token that was refused, unless a newer one has replaced it already.
func (t *tokenCache) forget(pair OAuth, refused secret.Value) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.entry(pair); e.minted.token.Value.Equal(refused) {
		e.minted = minted{}
	}
}

// token gives the kept token or mints one. Whoever comes while a request is under way waits for its outcome, be it good or
// bad: a wrong secret is sent once, not once for each waiting call.
func (c *Client) token(ctx context.Context, pair OAuth) (minted, *Error) {
	for {
		c.tokens.mu.Lock()
		e := c.tokens.entry(pair)
		if t := e.minted.token; !t.Value.IsZero() && c.now().Before(t.ExpiresAt.Add(-renewBefore)) {
			defer c.tokens.mu.Unlock()
			return e.minted, nil
		}
		if e.flight == nil {
			f := &flight{done: make(chan struct{})}
			e.flight = f
			c.tokens.mu.Unlock()
			c.fly(ctx, pair, e, f)
			return f.minted, f.failure
		}
		f := e.flight
		c.tokens.mu.Unlock()
		select {
		case <-f.done:
		case <-ctx.Done():
			return minted{}, &Error{Kind: asError(ctx.Err()).Kind, Op: "POST " + tokenPath, host: c.host(), Err: context.Cause(ctx)}
		}
		// A flight that its own caller called off, or whose time ran out, says nothing about the pair.
		if f.failure == nil || f.failure.Kind != Canceled && f.failure.Kind != Timeout || ctx.Err() != nil {
			return f.minted, f.failure
		}
	}
}

// fly mints and tells those who wait.
func (c *Client) fly(ctx context.Context, pair OAuth, e *tokenEntry, f *flight) {
	f.minted, f.failure = c.mint(ctx, pair)
	c.tokens.mu.Lock()
	if f.failure == nil {
		e.minted = f.minted
	}
	e.flight = nil
	c.tokens.mu.Unlock()
	close(f.done)
}

// fresh mints a token whatever is kept: a check must test the pair, not yesterday's token.
func (c *Client) fresh(ctx context.Context, pair OAuth) (minted, *Error) {
	c.tokens.mu.Lock()
	c.tokens.entry(pair).minted = minted{}
	c.tokens.mu.Unlock()
	return c.token(ctx, pair)
}

// mint asks for a token, one request a try. 401 is never repeated.
func (c *Client) mint(ctx context.Context, pair OAuth) (minted, *Error) {
	const op = "POST " + tokenPath
	if failure := c.rightAPI(API20); failure != nil {
		failure.Op = op
		return minted{}, failure
	}
	if pair.ClientID == "" || pair.ClientSecret.IsZero() {
		return minted{}, &Error{Kind: Validation, Op: op, Err: errors.New("the client ID or the client secret is missing")}
	}
	config := clientcredentials.Config{
		ClientID:     pair.ClientID,
		ClientSecret: pair.ClientSecret.Reveal(),
		TokenURL:     c.base.String() + tokenPath,
		// Detecting the style would send a refused secret twice.
		AuthStyle: oauth2.AuthStyleInParams,
	}
	return repeat(ctx, passingToken, func(ctx context.Context) (minted, *Error) {
		wire := &tokenWire{client: c, known: pair.Secrets(), id: pair.ClientID}
		token, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, &http.Client{
			Transport:     wire,
			CheckRedirect: c.http.CheckRedirect,
		}))
		failure := wire.judge(op, token, err)
		failure.hide(c.redactor(wire.known))
		wire.trace(failure)
		if failure != nil {
			return minted{reply: wire.reply}, failure
		}
		return minted{reply: wire.reply, token: Token{
			Value:     secret.New(token.AccessToken),
			Type:      "Bearer",
			ExpiresAt: c.now().Add(lifeOf(wire.reply)),
		}}, nil
	})
}

// lifeOf reads expires_in, a number of seconds or a number in quotes. Whatever else is there, or nothing, or no time at all,
// is the usual life: it says nothing about the token. Nothing is longer than longestLife.
func lifeOf(reply *Reply) time.Duration {
	document, _ := decodeJSON(trimBody(reply.Body))
	object, _ := document.(map[string]any)
	value, _ := decodeJSON([]byte(words(object["expires_in"]))) // the number in quotes, too
	number, ok := value.(json.Number)
	if !ok {
		return usualLife
	}
	seconds, err := number.Float64()
	if err != nil && !errors.Is(err, strconv.ErrRange) || seconds <= 0 {
		return usualLife
	}
	return time.Duration(min(seconds, longestLife.Seconds()) * float64(time.Second))
}

// withoutLife is a reply without expires_in: x/oauth2 refuses a token whose life it cannot read.
func withoutLife(body []byte) []byte {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		return body
	}
	maps.DeleteFunc(object, func(name string, _ json.RawMessage) bool { return strings.EqualFold(name, "expires_in") })
	rest, err := json.Marshal(object)
	if err != nil {
		return body
	}
	return rest
}

// tokenWire carries x/oauth2's one request through our own exchange, and keeps the reply: x/oauth2 gives neither the
// headers of a success nor the envelopes of Mimecast.
type tokenWire struct {
	client  *Client
	known   []secret.Value
	id      string // the client ID
	sent    *http.Request
	reply   *Reply
	failure *Error // of the exchange itself
}

// trace logs what came of the request, unless the exchange did.
func (w *tokenWire) trace(failure *Error) {
	if w.failure == nil && w.reply != nil {
		w.client.trace(w.sent, w.reply, failure, w.reply.timing, append(slices.Clip(w.known), secret.New(w.id)))
	}
}

// RoundTrip implements http.RoundTripper.
func (w *tokenWire) RoundTrip(req *http.Request) (*http.Response, error) {
	w.sent = req.Clone(req.Context())
	reply, err := w.client.exchange(w.sent, w.known)
	w.reply = reply
	if err != nil {
		w.failure = asError(err)
		return nil, w.failure
	}
	header, body := reply.Header.Clone(), trimBody(reply.Body)
	if _, isJSON := decodeJSON(body); isJSON {
		// x/oauth2 reads text/plain as a query string.
		header.Set("Content-Type", "application/json")
		body = withoutLife(body)
	}
	return &http.Response{
		StatusCode: reply.HTTPStatus,
		Status:     http.StatusText(reply.HTTPStatus),
		Header:     header,
		Body:       io.NopCloser(bytes.NewReader(body)),
		Request:    req,
	}, nil
}

// judge decides by our own envelope first. err's text is never used: it can hold the reply's body.
func (w *tokenWire) judge(op string, token *oauth2.Token, err error) *Error {
	if w.failure != nil {
		w.failure.Op = op
		return w.failure
	}
	if w.reply == nil {
		return &Error{Kind: Unknown, Op: op, Err: errors.New("the token request could not be made")}
	}
	if failure := w.reply.judge(op, w.known); failure != nil {
		return tokenMeaning(failure)
	}
	if err != nil || !headerSafe(token.AccessToken) {
		return w.reply.lacking(op, "the reply holds no access token that can be used")
	}
	if !strings.EqualFold(token.Type(), "Bearer") {
		failure := w.reply.lacking(op, "")
		failure.host, failure.mimecast, failure.Err = w.reply.host, false, tokenTypeError(w.reply.words(token.TokenType))
		return failure
	}
	return nil
}

// tokenTypeError is a token of a type that Mimecast does not give.
type tokenTypeError string

// Error gives one line.
func (e tokenTypeError) Error() string {
	return "the token is of the type " + string(e) + ", and not Bearer"
}

// tokenMeaning corrects the kind of a failure with what is known of the token request only: the token service knows
// applications, and no role or domain is judged there. An application without any product is, as one that was just made.
func tokenMeaning(e *Error) *Error {
	switch {
	case onlyOf(e) == API10:
		e.Kind = WrongAPI
	case !e.mimecast:
	case e.HTTPStatus == http.StatusNotFound:
		// No Mimecast of API 2.0 lacks this path.
		e.Kind, e.Err = BadResponse, errors.New("there is no token service at this address")
	case e.byAddress:
	case e.Kind == Unknown && e.HTTPStatus < 300, e.Kind == MissingPermission,
		e.Kind == Validation && kindOfWords(e.Code, "") != Validation:
		e.Kind = InvalidCredentials
	}
	return e
}

// callWithToken makes a call of API 2.0. A 401 may mean that the token ran out or was revoked: it is minted anew once, and
// the call repeated once.
func (c *Client) callWithToken(ctx context.Context, pair OAuth, r Request, target *url.URL) (*Reply, *Error) {
	reply, used, failure := c.bearer(ctx, pair, r, target)
	if failure != nil && failure.HTTPStatus == http.StatusUnauthorized && !used.IsZero() {
		c.tokens.forget(pair, used)
		reply, _, failure = c.bearer(ctx, pair, r, target)
	}
	return reply, failure
}

// bearerMeaning corrects the kind of a call's failure: the pair gave the token, so that it is right.
func bearerMeaning(e *Error) {
	if onlyOf(e) == API10 {
		e.Kind = WrongAPI
		return
	}
	e.oneCallOnly()
}

// bearer makes the call with the current token and tells which it was; zero when none could be had.
func (c *Client) bearer(ctx context.Context, pair OAuth, r Request, target *url.URL) (*Reply, secret.Value, *Error) {
	current, failure := c.token(ctx, pair)
	if failure != nil {
		return nil, secret.Value{}, failure
	}
	value := current.token.Value
	known := append(pair.Secrets(), value)
	reply, failure := repeat(ctx, r.again, func(ctx context.Context) (*Reply, *Error) {
		req, failure := newRequest(ctx, r, target)
		if failure != nil {
			return nil, failure
		}
		req.Header.Set("Authorization", "Bearer "+value.Reveal())
		return c.send(req, r.op(), known, bearerMeaning)
	})
	return reply, value, failure
}
