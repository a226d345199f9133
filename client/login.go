package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"mimecred/client/secret"
)

const (
	discoverPath = "/api/login/discover-authentication"
	loginPath    = "/api/login/login"
)

// Discover asks in which region a service user lives. It is made on a client for DiscoveryURL, or for any region's host.
// It carries no secret. The error is an *Error, of Kind Validation when Mimecast knows no such address.
func (c *Client) Discover(ctx context.Context, applicationID, email string) (Discovery, error) {
	ctx, cancel := c.budget(ctx)
	defer cancel()
	const op = "POST " + discoverPath
	email, failure := c.loginInput(op, applicationID, email)
	if failure != nil {
		return Discovery{}, failure
	}
	body, err := json.Marshal(map[string]any{"data": []any{map[string]string{"emailAddress": email}}})
	if err != nil {
		return Discovery{}, fmt.Errorf("writing the request: %w", err)
	}
	reply, failure := repeat(ctx, passing, func(ctx context.Context) (*Reply, *Error) {
		req, failure := c.loginRequest(ctx, discoverPath, applicationID, body)
		if failure != nil {
			return nil, failure
		}
		return c.send(req, op, nil, unsignedMeaning)
	})
	if failure != nil {
		// Some accounts are answered with a redirect to their region's host (an old Mimecast support page).
		if place, ok := redirectedRegion(reply); ok {
			return Discovery{BaseURL: place.BaseURL}, nil
		}
		return Discovery{}, failure
	}
	return c.readDiscovery(reply, op)
}

func (c *Client) readDiscovery(reply *Reply, op string) (Discovery, error) {
	var answer struct {
		Data []struct {
			Authenticate any `json:"authenticate"`
			Region       struct {
				API string `json:"api"`
			} `json:"region"`
		} `json:"data"`
	}
	failure := reply.lacking(op, "the reply does not have the shape that Mimecast documents")
	if err := json.Unmarshal(trimBody(reply.Body), &answer); err != nil {
		return Discovery{}, failure
	}
	if len(answer.Data) == 0 || answer.Data[0].Region.API == "" {
		if !reply.confirms() {
			return Discovery{}, failure // nothing is said of the address
		}
		failure.Kind, failure.Field = Validation, "emailAddress"
		failure.Err = errors.New("no region is named for this address")
		return Discovery{}, failure
	}
	base, err := c.trustedBase(answer.Data[0].Region.API)
	if err != nil {
		failure.Kind, failure.Err = BadResponse, err
		return Discovery{}, failure
	}
	discovery := Discovery{BaseURL: base}
	if list, ok := answer.Data[0].Authenticate.([]any); ok {
		for _, one := range list {
			if word := reply.words(words(one)); word != "" {
				discovery.Types = append(discovery.Types, word)
			}
		}
	}
	return discovery, nil
}

// trustedBase accepts a discovered host only when a password may be sent to it: one of the regions' hosts, at the port of
// https, or this machine when this machine was asked.
func (c *Client) trustedBase(text string) (string, error) {
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := (Endpoint{BaseURL: text}).base()
	if err != nil {
		return "", errors.New("the region's address in the reply is not a base URL")
	}
	host := strings.ToLower(u.Hostname())
	local := isLoopback(host) && isLoopback(c.base.Hostname())
	if _, is := regionByHost(host); !local && (!is || u.Scheme != "https" || u.Port() != "") {
		return "", fmt.Errorf("the region's host in the reply, %s, is not one of Mimecast's", address{given: u.Host}.written())
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

func redirectedRegion(reply *Reply) (Place, bool) {
	if reply == nil || reply.HTTPStatus < 300 || reply.HTTPStatus > 399 {
		return Place{}, false
	}
	target, err := url.Parse(reply.Header.Get("Location"))
	if err != nil || target.Scheme != "https" {
		return Place{}, false
	}
	region, ok := regionByHost(strings.ToLower(target.Host))
	return region.Place(), ok
}

// loginInput checks what is needed before anything is sent, and gives the address as it is sent.
func (c *Client) loginInput(op, applicationID, email string) (string, *Error) {
	if failure := c.rightAPI(API10); failure != nil {
		failure.Op = op
		return "", failure
	}
	if applicationID == "" || !headerSafe(applicationID) {
		return "", &Error{Kind: Validation, Op: op, Field: "application_id", Err: errors.New("the application ID is missing or holds characters that no ID has")}
	}
	address, err := ParseAddress(email)
	if err != nil {
		return "", &Error{Kind: Validation, Op: op, Field: "email", Err: err}
	}
	return address, nil
}

// loginRequest makes an unsigned request.
func (c *Client) loginRequest(ctx context.Context, path, applicationID string, body []byte) (*http.Request, *Error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base.String()+path, bytes.NewReader(body))
	if err != nil {
		return nil, &Error{Kind: Validation, Op: "POST " + path, Err: errors.New("the address is not valid")}
	}
	stamp(req.Header, applicationID, c.now())
	return req, nil
}

// SignIn creates access keys with a service user's password, or renews the expired key in s.Expired, which keeps both keys
// and extends their validity. It makes exactly one request, whatever happens: failed sign-ins can lock the account.
//
// The error is a *SecondFactorError when a one-time code is wanted or was refused, and an *Error otherwise, whose Message is
// Mimecast's own words for the screen. Keys count only when HTTP status, meta.status and fail[] all say so and both keys came.
func (c *Client) SignIn(ctx context.Context, s SignIn) (Keys, error) {
	ctx, cancel := c.budget(ctx)
	defer cancel()
	const op = "POST " + loginPath
	s, failure := c.signInInput(op, s)
	if failure != nil {
		return Keys{}, failure
	}
	pair := s.Email + ":" + s.Password.Reveal()
	known := []secret.Value{s.Password, s.Code, s.Expired, secret.New(pair)}
	item := map[string]string{"userName": s.Email}
	if !s.Expired.IsZero() {
		item["accessKey"] = s.Expired.Reveal()
	}
	addCode(item, s.Code)
	body, err := json.Marshal(map[string]any{"data": []any{item}})
	if err != nil {
		return Keys{}, fmt.Errorf("writing the request: %w", err)
	}
	req, failure := c.loginRequest(ctx, loginPath, s.ApplicationID, body)
	if failure != nil {
		return Keys{}, failure
	}
	// Without a way to read the body again, net/http cannot repeat the request by itself either.
	req.GetBody = nil
	scheme := "Basic-Cloud "
	if s.Type == SignInDomain {
		scheme = "Basic-AD "
	}
	req.Header.Set("Authorization", scheme+base64.StdEncoding.EncodeToString([]byte(pair)))
	reply, failure := c.send(req, op, known, signInMeaning)
	if failure != nil && reply == nil {
		return Keys{}, failure
	}
	return readKeys(s, reply, failure)
}

// signInInput checks what a sign-in needs before anything is sent, and gives it as it is sent.
func (c *Client) signInInput(op string, s SignIn) (SignIn, *Error) {
	email, failure := c.loginInput(op, s.ApplicationID, s.Email)
	if failure != nil {
		return s, failure
	}
	s.Email = email
	if s.Password.IsZero() {
		return s, &Error{Kind: Validation, Op: op, Field: "password", Err: errors.New("the password is missing")}
	}
	if s.Code.IsZero() {
		return s, nil
	}
	code, err := ParseCode(s.Code.Reveal())
	if err != nil {
		return s, &Error{Kind: Validation, Op: op, Field: "code", Err: err}
	}
	s.Code = code
	return s, nil
}

// login is the part of a sign-in's reply that is used.
type login struct {
	AccessKey   string      `json:"accessKey"`
	SecretKey   string      `json:"secretKey"`
	Duration    json.Number `json:"duration"` // milliseconds
	BindingType string      `json:"bindingType"`
}

// readKeys decides what a sign-in came to.
func readKeys(s SignIn, reply *Reply, failure *Error) (Keys, error) {
	got, readable := firstLogin(reply.Body)
	if failure == nil && got.AccessKey != "" && got.SecretKey != "" {
		keys := Keys{
			AccessKey:   secret.New(got.AccessKey),
			SecretKey:   secret.New(got.SecretKey),
			BindingType: reply.words(got.BindingType),
		}
		if ms, err := got.Duration.Int64(); err == nil && ms > 0 && ms < int64(1<<62/time.Millisecond) {
			keys.Duration = time.Duration(ms) * time.Millisecond
		}
		return keys, nil
	}
	if failure == nil {
		why := "the sign-in was answered without keys"
		if !readable {
			why = "the reply does not have the shape that Mimecast documents"
		}
		failure = reply.lacking("POST "+loginPath, why)
	}
	if wantsCode(failure, got) {
		second := &SecondFactorError{Wrong: !s.Code.IsZero(), Message: failure.Message, Reply: failure}
		return Keys{}, second
	}
	signInMeaning(failure)
	return Keys{}, failure
}

// firstLogin reads data[0]; readable is false when the reply has another shape.
func firstLogin(body []byte) (got login, readable bool) {
	var answer struct {
		Data []json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(trimBody(body), &answer); err != nil {
		return login{}, false
	}
	if len(answer.Data) == 0 {
		return login{}, true
	}
	if err := json.Unmarshal(answer.Data[0], &got); err != nil {
		return login{}, false
	}
	return got, true
}

// signInMeaning corrects the kind of a failed sign-in: whatever Mimecast does not explain is a refusal.
func signInMeaning(e *Error) {
	unsignedMeaning(e)
	if e.HTTPStatus < http.StatusOK {
		return // nothing was answered
	}
	if e.Kind == Unknown || e.Kind == MissingPermission || e.Kind == Validation && e.HTTPStatus < 300 {
		e.Kind = InvalidCredentials
	}
}
