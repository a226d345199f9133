package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"mimecred/client/secret"
)

func TestTokenRequest(t *testing.T) {
	t.Parallel()
	var form atomic.Value
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form.Store(string(body))
		write(w, 200, tokenBody)
	})
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return at }), WithUserAgent("mimecred/test"))
	odd := OAuth{ClientID: "the id", ClientSecret: secret.New(oddSecret)}
	token, err := c.Token(within(t), odd)
	if err != nil {
		t.Fatal(err)
	}
	if token.Value.Reveal() != "RPjLow4SKlsPLycjML3dqvIxzi7B" || token.Type != "Bearer" || !token.ExpiresAt.Equal(at.Add(1799*time.Second)) {
		t.Errorf("got %+v", token)
	}
	got, err := url.ParseQuery(form.Load().(string))
	if err != nil || got.Get("client_id") != "the id" || got.Get("client_secret") != oddSecret ||
		got.Get("grant_type") != "client_credentials" || len(got) != 3 {
		t.Errorf("the form is %v, %v", got, err)
	}
	r := f.requests[0]
	if r.Method != http.MethodPost || r.URL.Path != "/oauth/token" || r.URL.RawQuery != "" || r.Header.Get("Authorization") != "" ||
		r.Header.Get("Accept") != "application/json" || r.Header.Get("User-Agent") != "mimecred/test" ||
		!strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		t.Errorf("the request is %s %s %v", r.Method, r.URL, r.Header)
	}
}

func TestTokenFailures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		status   int
		kind     Kind
		body     string
		mime     string
		code     string
		requests int
	}{
		{"flat 401", 401, InvalidCredentials, refusedBody, "", "InvalidClientIdentifier", 1},
		{"nested 401", 401, InvalidCredentials, `{"fail":[{"errors":[{"code":"invalid_client_identifier","message":"Client credentials are invalid"}]}]}`, "", "invalid_client_identifier", 1},
		{"OAuth 400", 400, InvalidCredentials, `{"error":"invalid_client","error_description":"no"}`, "", "invalid_client", 1},
		{"OAuth error in a 200", 200, InvalidCredentials, `{"error":"unauthorized_client","error_description":"no"}`, "", "unauthorized_client", 1},
		{"an error that any gateway may give", 200, BadResponse, `{"error":"access_denied","error_description":"no"}`, "", "access_denied", 1},
		{"fail in a 200", 200, InvalidCredentials, `{"access_token":"x","fail":[{"code":"odd","message":"no"}]}`, "", "odd", 1},
		{"200 without a token", 200, BadResponse, `{"token_type":"Bearer"}`, "", "", 1},
		{"a MAC token", 200, BadResponse, `{"access_token":"abc","token_type":"MAC","expires_in":1799}`, "", "", 1},
		{"a token of another type", 200, BadResponse, `{"access_token":"abc","token_type":"DPoP"}`, "", "", 1},
		{"a refresh token", 200, BadResponse, `{"access_token":"abc","token_type":"N_A"}`, "", "", 1},
		{"a type that is no text", 200, BadResponse, `{"access_token":"abc","token_type":7}`, "", "", 1},
		{"no product yet", 403, MissingProduct, noProduct, "", "app_forbidden", 1},
		{"no product yet, nested", 403, MissingProduct, `{"fail":[{"errors":[{"code":"app_forbidden","message":"It does not exist in any product"}]}]}`, "", "app_forbidden", 1},
		{"no such call", 404, BadResponse, noProduct, "", "app_forbidden", 1},
		{"200 with nothing", 200, BadResponse, ``, "", "", 1},
		{"truncated 200", 200, BadResponse, `{"access_token":"RPj`, "", "", 1},
		{"HTML", 200, BadResponse, `<html></html>`, "text/html", "", 1},
		{"404 is no token service", 404, BadResponse, `{"fail":[{"code":"x"}]}`, "", "x", 1},
		{"500 is not repeated", 500, Server, `{}`, "", "", 1},
		{"503 is repeated", 503, Server, `{}`, "", "", 3},
		{"API 1.0 answers", 401, WrongAPI, badSignature, "", "err_xdk_invalid_signature", 1},
		{"rate limit with a long wait", 429, RateLimited, ``, "", "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
				if tt.mime != "" {
					w.Header().Set("Content-Type", tt.mime)
				}
				w.Header().Set("X-Request-Id", "req-1")
				write(w, tt.status, tt.body)
			})
			_, err := newClient(t, f.endpoint(t)).Token(within(t), pair())
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Kind != tt.kind || e.Code != tt.code || e.HTTPStatus != tt.status || e.RequestID != "req-1" || e.Op != "POST /oauth/token" {
				t.Errorf("got %+v", e)
			}
			if n := f.count(""); n != tt.requests {
				t.Errorf("%d requests, want %d", n, tt.requests)
			}
		})
	}
}

func TestTokenAcceptsOddSuccesses(t *testing.T) {
	t.Parallel()
	for name, reply := range map[string][2]string{
		"text/plain":          {"text/plain", tokenBody},
		"byte order mark":     {"application/json", "\ufeff" + tokenBody},
		"lower-case type":     {"application/json", `{"access_token":"abc","token_type":"bearer","expires_in":"1799"}`},
		"a null type":         {"application/json", `{"access_token":"abc","token_type":null,"Expires_In":{}}`},
		"an upper-case type":  {"application/json", `{"access_token":"abc","token_type":"BEARER","expires_in":"no"}`},
		"without a life time": {"application/json", `{"access_token":"abc"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", reply[0])
				write(w, 200, reply[1])
			})
			at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
			token, err := newClient(t, f.endpoint(t), WithClock(func() time.Time { return at })).Token(within(t), pair())
			if err != nil || token.Value.IsZero() || !token.ExpiresAt.Equal(at.Add(1799*time.Second)) {
				t.Errorf("got %+v, %v", token, err)
			}
		})
	}
}

func TestTokenLivesAsLongAsTheReplySays(t *testing.T) {
	t.Parallel()
	for expires, want := range map[string]time.Duration{
		`300`: 300 * time.Second, `"300"`: 300 * time.Second, `1799`: 1799 * time.Second, `30`: 30 * time.Second,
		`0`: usualLife, `-5`: usualLife, `null`: usualLife, `999999999`: 24 * time.Hour, `1e3`: 1000 * time.Second, `0.5`: 500 * time.Millisecond,
		`1e999`: 24 * time.Hour, `99999999999999999999`: 24 * time.Hour, `-1e999`: usualLife, `"-5"`: usualLife, `"soon"`: usualLife, `""`: usualLife,
		`"NaN"`: usualLife, `"Infinity"`: usualLife, `true`: usualLife, `{"seconds":5}`: usualLife, `[300]`: usualLife,
	} {
		f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
			write(w, 200, `{"access_token":"abcdef","token_type":"Bearer","expires_in":`+expires+`}`)
		})
		at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
		now := at
		c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return now }))
		token, err := c.Token(within(t), pair())
		if err != nil || !token.ExpiresAt.Equal(at.Add(want)) {
			t.Errorf("expires_in %s gives %v, %v", expires, token.ExpiresAt.Sub(at), err)
			continue
		}
		for _, step := range []struct {
			after  time.Duration
			tokens int
		}{{want - renewBefore - time.Second, 1}, {want - renewBefore, 2}} {
			if step.after < 0 {
				continue
			}
			now = at.Add(step.after)
			if _, err := c.Token(within(t), pair()); err != nil || f.count(tokenPath) != step.tokens {
				t.Errorf("expires_in %s, after %v: %d tokens, %v", expires, step.after, f.count(tokenPath), err)
			}
		}
	}
}

func TestTokenIsKeptAndRenewed(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, mimecast20(fine))
	var offset atomic.Int64
	start := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return start.Add(time.Duration(offset.Load())) }))
	want := func(after time.Duration, minted int) {
		t.Helper()
		offset.Store(int64(after))
		if _, err := c.Token(within(t), pair()); err != nil {
			t.Fatal(err)
		}
		if n := f.count(tokenPath); n != minted {
			t.Errorf("after %v %d tokens were minted, want %d", after, n, minted)
		}
	}
	want(0, 1)
	want(1738*time.Second, 1)
	want(1739*time.Second, 2) // 60 s before its expiry
	other := pair()
	other.ClientID = "another"
	if _, err := c.Token(within(t), other); err != nil || f.count(tokenPath) != 3 {
		t.Errorf("another pair got %v with %d requests", err, f.count(tokenPath))
	}
}

func TestConcurrentCallsShareOneMint(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]int{"accepted": 200, "refused": 401} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var minted, called atomic.Int64
				c := inMemory(t, func(r *http.Request) (int, string) {
					if r.URL.Path != tokenPath {
						called.Add(1)
						return 200, okBody
					}
					minted.Add(1)
					<-time.After(time.Second) // everybody else stands in line meanwhile
					if status == 401 {
						return 401, refusedBody
					}
					return 200, tokenBody
				})
				var group sync.WaitGroup
				for range 16 {
					group.Go(func() {
						_, err := c.Call(t.Context(), pair(), Request{Method: "GET", Path: "/x"})
						if (status == 401) != (err != nil) {
							t.Errorf("got %v", err)
						}
					})
				}
				group.Wait()
				if minted.Load() != 1 || (status == 200) != (called.Load() == 16) {
					t.Errorf("%d token requests, %d calls", minted.Load(), called.Load())
				}
			})
		})
	}
}

func TestMintIsTakenOverWhenItsCallerLeaves(t *testing.T) {
	t.Parallel()
	entered, release := make(chan struct{}, 4), make(chan struct{})
	var first atomic.Bool
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		if first.CompareAndSwap(false, true) {
			entered <- struct{}{}
			select {
			case <-release:
			case <-r.Context().Done():
			}
			return
		}
		write(w, 200, tokenBody)
	})
	defer close(release)
	c := newClient(t, f.endpoint(t))
	ctx, cancel := context.WithCancel(within(t))
	leader, follower := make(chan error, 1), make(chan error, 1)
	go func() { _, err := c.Token(ctx, pair()); leader <- err }()
	<-entered
	go func() { _, err := c.Token(within(t), pair()); follower <- err }()
	cancel()
	if e := asError(<-leader); e.Kind != Canceled {
		t.Errorf("the leader got %v", e)
	}
	if err := <-follower; err != nil {
		t.Errorf("the follower got %v", err)
	}
}

func TestRefusedTokenIsMintedAnewOnce(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"token_expired", "token_verification_failed", "invalid_access_token", "InvalidClientIdentifier"} {
		for name, always := range map[string]bool{"once": false, "always": true} {
			t.Run(code+" "+name, func(t *testing.T) {
				t.Parallel()
				var calls atomic.Int64
				f := serve(t, plain, mimecast20(func(w http.ResponseWriter, _ *http.Request) {
					if calls.Add(1) == 1 || always {
						write(w, 401, `{"fail":[{"code":"`+code+`"}]}`)
						return
					}
					write(w, 200, okBody)
				}))
				reply, err := newClient(t, f.endpoint(t)).Call(within(t), pair(), Request{Path: "/api/x", Body: []byte(`{}`)})
				if f.count(tokenPath) != 2 || calls.Load() != 2 {
					t.Errorf("%d tokens, %d calls", f.count(tokenPath), calls.Load())
				}
				if always {
					want := Unknown
					if code == "token_verification_failed" || code == "token_expired" {
						want = Server // it passes by itself
					}
					if e := asError(err); e.Kind != want || e.Code != code || reply == nil || reply.HTTPStatus != 401 {
						t.Errorf("got %v, %v", reply, err)
					}
					return
				}
				if err != nil || reply.HTTPStatus != 200 {
					t.Errorf("got %v, %v", reply, err)
				}
			})
		}
	}
}

func TestTokenWithoutValues(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, fine)
	c := newClient(t, f.endpoint(t))
	for _, p := range []OAuth{{}, {ClientID: "x"}, {ClientSecret: secret.New("x")}} {
		if _, err := c.Token(within(t), p); asError(err).Kind != Validation {
			t.Errorf("got %v", err)
		}
	}
	if f.count("") != 0 {
		t.Error("a request was made")
	}
}

func TestWrongHostIsRefusedBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	c := newClient(t, Endpoint{BaseURL: "https://us-api.mimecast.com"})
	if _, err := c.Token(within(t), pair()); asError(err).Kind != WrongAPI {
		t.Errorf("Token gives %v", err)
	}
	if _, err := c.Call(within(t), pair(), whoamiRequest()); asError(err).Kind != WrongAPI {
		t.Errorf("Call gives %v", err)
	}
	c = newClient(t, Endpoint{BaseURL: "https://api.services.mimecast.com"})
	if _, err := c.Call(within(t), vectorKeys(), accountRequest()); asError(err).Kind != WrongAPI {
		t.Errorf("Call gives %v", err)
	}
	if _, err := c.SignIn(within(t), SignIn{}); asError(err).Kind != WrongAPI {
		t.Errorf("SignIn gives %v", err)
	}
}
