package client

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client/secret"
)

// fault is something that goes wrong on the way to Mimecast and back, whatever the call.
type fault struct {
	name string
	// endpoint and options lead to it, server counts what arrived there.
	endpoint Endpoint
	options  []Option
	server   *wire
	// budget is when a call must have ended, without what a busy machine adds.
	budget time.Duration
	expect expectation
}

// expectation is what a fault may be told as. The rules for each call follow from it, see fault.check.
type expectation struct {
	// kinds are all that it may be; none for whatever Mimecast itself may mean.
	kinds []Kind
	// mimecast tells that the answer is Mimecast's own, which judges a sign-in.
	mimecast bool
	// succeeds tells that the answer may pass for a success of some calls.
	succeeds bool
}

func malformed() expectation { return expectation{kinds: []Kind{BadResponse}} }
func slow() expectation      { return expectation{kinds: []Kind{Timeout}} }
func cut() expectation       { return expectation{kinds: []Kind{Network}} }

// cutShort is an end in the middle of a line, which net/http takes for the whole line.
func cutShort() expectation { return expectation{kinds: []Kind{Network, BadResponse}} }

func spoken() expectation { return expectation{mimecast: true} }

// between is an answer of something between here and Mimecast, which judges nothing.
func between() expectation {
	return expectation{kinds: []Kind{ProxyFailed, BadResponse, Server, RateLimited, Timeout}}
}

const oneTimeCode = "246813"

// tested is one call of the table.
type tested struct {
	name, path string
	run        func(context.Context, *Client) error
}

func (op tested) signsIn() bool { return op.path == loginPath }

// calls are what each fault is met with.
func calls() []tested {
	read := Request{Path: "/api/area/get", Body: []byte(`{"data":[]}`), ReadOnly: true}
	known := pair()
	known.ClientID = knownID
	coded := signIn()
	coded.Code = secret.New(oneTimeCode)
	return []tested{
		{"token", tokenPath, func(ctx context.Context, c *Client) error { _, err := c.Token(ctx, pair()); return err }},
		{"account", accountPath, func(ctx context.Context, c *Client) error { _, err := c.Account(ctx, vectorKeys()); return err }},
		{"probe", read.Path, func(ctx context.Context, c *Client) error { _, err := c.Call(ctx, known, read); return err }},
		{"sign-in", loginPath, func(ctx context.Context, c *Client) error { _, err := c.SignIn(ctx, signIn()); return err }},
		{"code", loginPath, func(ctx context.Context, c *Client) error { _, err := c.SignIn(ctx, coded); return err }},
		{"discover", discoverPath, func(ctx context.Context, c *Client) error {
			_, err := c.Discover(ctx, "app", "a@example.com")
			return err
		}},
		{"log-out", logoutPath, func(ctx context.Context, c *Client) error {
			return c.SignOut(ctx, vectorKeys(), vectorKeys().AccessKey)
		}},
		{"confirm", accountPath, func(ctx context.Context, c *Client) error { _, err := c.Account(ctx, known); return err }},
	}
}

// knownID is the client ID to which a server gives a token whatever is wrong with it otherwise.
const knownID = "known-client-of-the-table"

// tokenFirst answers the token request of knownID as Mimecast does, and everything else as answer does.
func tokenFirst(answer func(net.Conn, *http.Request) bool) func(net.Conn, *http.Request) bool {
	return func(conn net.Conn, r *http.Request) bool {
		if r.URL.Path == tokenPath {
			body, _ := io.ReadAll(r.Body)
			if strings.Contains(string(body), knownID) {
				return saying(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(tokenBody), tokenBody))(conn, r)
			}
			r.Body = io.NopCloser(strings.NewReader(string(body)))
		}
		return answer(conn, r)
	}
}

// secretsOfTheTable must show nowhere.
func secretsOfTheTable() []string {
	keys := vectorKeys()
	return []string{
		servicePassword, oneTimeCode, pair().ClientSecret.Reveal(), keys.ApplicationKey.Reveal(), keys.AccessKey.Reveal(), keys.SecretKey.Reveal(),
		"RPjLow4SKlsPLycjML3dqvIxzi7B", base64.StdEncoding.EncodeToString([]byte("svc@example.com:" + servicePassword)), oddSecret,
	}
}

// runTable meets every fault with every call and gives how many cells there were.
func runTable(t *testing.T, faults []fault) int64 {
	t.Helper()
	names := map[string]bool{}
	var met atomic.Int64
	var cells atOnce
	for _, f := range faults {
		if names[f.name] {
			t.Errorf("there are two faults %q", f.name)
		}
		names[f.name] = true
		for _, op := range calls() {
			if f.endpoint.BaseURL == farHost && op.path == tokenPath {
				op.run = nil
			}
			if op.run == nil || f.endpoint.BaseURL == farHost && op.name != "account" && !op.signsIn() && op.name != "log-out" && op.name != "discover" {
				continue // farHost is of API 1.0
			}
			c := newClient(t, f.endpoint, append(f.options, WithUserAgent(op.name))...)
			cells.add(func() { f.check(t, op, c); met.Add(1) })
		}
	}
	cells.run()
	return met.Load()
}

// farHost is a host behind a proxy.
const farHost = "https://us-api.mimecast.com"

func (f fault) check(t *testing.T, op tested, c *Client) {
	start := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	err := op.run(ctx, c)
	fail := func(format string, values ...any) {
		t.Errorf("%s, %s: %s (%v)", f.name, op.name, fmt.Sprintf(format, values...), err)
	}
	if took := time.Since(start); took > f.budget+5*time.Second {
		fail("it took %v", took)
	}
	sent, most := f.server.by(op.name, op.path), maxTries
	if op.signsIn() {
		most = 1
	}
	if sent > most {
		fail("%d requests", sent)
	}
	if err == nil {
		if !f.expect.succeeds {
			fail("it passed")
		}
		return
	}
	var e *Error
	if !errors.As(err, &e) {
		fail("it is no *Error")
		return
	}
	if f.expect.kinds != nil && !slices.Contains(f.expect.kinds, e.Kind) || e.Kind == "" || f.expect.mimecast && slices.Contains([]Kind{Network, DNS, TLS, Canceled}, e.Kind) {
		fail("it is called %s", e.Kind)
	}
	if op.signsIn() {
		f.checkNote(fail, sent, err, e)
	}
	f.checkTexts(fail, err, e)
}

// checkNote: once a sign-in was sent, only Mimecast's own answer, or a limit of its rate, says that there are no keys.
func (f fault) checkNote(fail func(string, ...any), sent int, err error, e *Error) {
	noted := MayHaveCreatedKeys(err)
	switch {
	case sent == 0 && e.where == neverSent && noted:
		fail("the note about created keys is kept although nothing was sent")
	case sent > 0 && !f.expect.mimecast && e.Kind != RateLimited && !noted:
		fail("the note about created keys is lost")
	case f.expect.mimecast && e.Kind.Refused() && noted:
		fail("the note about created keys is kept although Mimecast refused the sign-in")
	}
}

func (f fault) checkTexts(fail func(string, ...any), err error, e *Error) {
	texts := []string{err.Error(), e.Error(), e.Code, e.Message, e.Field, e.RequestID, e.Issuer}
	for _, api := range []API{API10, API20} {
		d := Diagnose(err, api)
		if d.Meaning == "" || d.Fix == "" {
			fail("it is not explained: %+v", d)
		}
		texts = append(texts, d.Meaning, d.Fix)
		if d.Kind == BadResponse && strings.Contains(d.Fix, "firewall has to") {
			fail("the advice is for a network without an answer: %s", d.Fix)
		}
	}
	checkText(fail, texts)
}

func checkText(fail func(string, ...any), texts []string) {
	for _, text := range texts {
		if strings.ContainsFunc(text, unprintable) {
			fail("%q cannot be printed", text)
		}
		for _, known := range secretsOfTheTable() {
			if strings.Contains(text, known) {
				fail("%q shows a secret", text)
			}
		}
	}
}

// checkRuns has every fault met by a whole run of checks, and sees that nothing in its rows may not be shown.
func checkRuns(t *testing.T, faults []fault) {
	t.Helper()
	var cells atOnce
	known := pair()
	known.ClientID = knownID
	for _, f := range faults {
		for name, credential := range map[string]Credential{"API 1.0": vectorKeys(), "API 2.0": known} {
			if f.endpoint.BaseURL == farHost && name == "API 2.0" {
				continue
			}
			c := newClient(t, f.endpoint, append(f.options, WithUserAgent("run"))...)
			cells.add(func() {
				results := run(t.Context(), c, credential, Plan{Probes: probes(1)})
				fail := func(format string, values ...any) {
					t.Errorf("%s, a run of %s: %s", f.name, name, fmt.Sprintf(format, values...))
				}
				if len(results) != 5 || !f.expect.succeeds && Judge(results).OK {
					fail("it gives %s", states(results))
				}
				for _, r := range results {
					checkText(fail, []string{r.Code, r.Message, r.RequestID, r.Detail, r.Meaning, r.Fix, r.Title, r.Permission})
					if r.Account != nil {
						checkText(fail, append(r.Account.Packages, r.Account.Name, r.Account.Code, r.Account.Region))
					}
				}
			})
		}
	}
	cells.run()
}
