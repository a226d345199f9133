package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// settling is a Mimecast that refuses a new application for a number of runs, and a clock that only pauses move.
type settling struct {
	*app
	out, errs *bytes.Buffer
	refusals  atomic.Int64 // how often it still refuses
	tokens    atomic.Int64
	paused    []time.Duration
	clock     time.Time
}

// newSettling refuses data calls, or the token when how says so.
func newSettling(t *testing.T, n int64, status int, body, at string) *settling {
	t.Helper()
	s := &settling{out: &bytes.Buffer{}, errs: &bytes.Buffer{}, clock: time.Now()}
	s.refusals.Store(n)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		token := r.URL.Path == "/oauth/token"
		if token {
			s.tokens.Add(1)
		}
		switch refuse := s.refusals.Load() > 0; {
		case refuse && (at == "token") == token:
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		case token:
			_, _ = w.Write([]byte(`{"access_token":"MadeUpToken-0123456789ABCDEF","token_type":"Bearer","expires_in":1799}`))
		default:
			_, _ = w.Write([]byte(`{"meta":{"status":200},"data":[{"region":"us","accountCode":"CUSA00A000","accountName":"Example Corp"}],"fail":[],"account-codes":{"cg":"CUSA00A000"}}`))
		}
	}))
	t.Cleanup(server.Close)
	from, err := json.Marshal(map[string]any{
		"profile": "fresh", "api": "2.0", "base_url": server.URL,
		"client_id": strings.Repeat("a", 48), "client_secret": strings.Repeat("b", 64),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.app = newApp(streams{in: bytes.NewReader(from), out: s.out, err: s.errs}, func(string) string { return "" })
	s.flags.store = storeMemory
	s.now = func() time.Time { return s.clock }
	s.pause = func(_ context.Context, d time.Duration) error {
		s.paused = append(s.paused, d)
		s.clock = s.clock.Add(d)
		s.refusals.Add(-1)
		return nil
	}
	t.Cleanup(s.close)
	return s
}

const (
	noProductYet  = `{"fail":[{"code":"app_forbidden","message":"Resource or method requested does not exist in any product assigned to the application"}]}`
	notKnownYet   = `{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`
	noPermissions = `{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`
)

func TestWaitForANewApplication(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		refusals int64
		status   int
		body, at string
		wait     time.Duration
		code     int
		pauses   int
	}{
		"passes at once":                 {0, 0, "", "", 30 * time.Minute, exitDone, 0},
		"products come later":            {3, 403, noProductYet, "data", 30 * time.Minute, exitDone, 3},
		"the pair is known later":        {2, 401, notKnownYet, "token", 30 * time.Minute, exitDone, 2},
		"products for a token later":     {2, 403, noProductYet, "token", 30 * time.Minute, exitDone, 2},
		"no products for a token":        {1 << 30, 403, noProductYet, "token", 0, exitCheckFailed, 0},
		"never":                          {1 << 30, 403, noProductYet, "data", 10 * time.Minute, exitCheckFailed, 8},
		"not asked for":                  {3, 403, noProductYet, "data", 0, exitCheckFailed, 0},
		"a role does not come by itself": {3, 403, noPermissions, "data", 30 * time.Minute, exitCheckFailed, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, command := range []string{"check", "setup"} {
				s := newSettling(t, tt.refusals, tt.status, tt.body, tt.at)
				var err error
				if command == "check" {
					err = runCheck(t.Context(), s.app, checkOptions{from: "-", concurrency: 1, wait: tt.wait})
				} else {
					err = runSetup(t.Context(), s.app, setupOptions{from: "-", wait: tt.wait})
				}
				wantExit(t, err, tt.code)
				if len(s.paused) != tt.pauses {
					t.Errorf("%s: paused %v", command, s.paused)
				}
				var sum time.Duration
				for i, d := range s.paused {
					sum += d
					if d > lifecycle.MostPause || i > 0 && i < len(s.paused)-1 && d < s.paused[i-1] {
						t.Errorf("%s: the pauses do not grow to a bound: %v", command, s.paused)
					}
				}
				if sum > tt.wait {
					t.Errorf("%s: waited %v", command, sum)
				}
				if said := strings.Count(s.errs.String(), "fresh: Mimecast refuses this like a new application"); said != tt.pauses {
					t.Errorf("%s: told %d times: %s", command, said, s.errs)
				}
				if n := strings.Count(s.out.String(), "Reach Mimecast"); n != 1 {
					t.Errorf("%s: %d runs were printed", command, n)
				}
			}
		})
	}
}

func TestWaitEndsWithTheInterrupt(t *testing.T) {
	t.Parallel()
	s := newSettling(t, 1<<30, 403, noProductYet, "data")
	ctx, interrupt := context.WithCancel(t.Context())
	s.pause = func(ctx context.Context, d time.Duration) error { interrupt(); return sleep(ctx, d) }
	wantExit(t, runCheck(ctx, s.app, checkOptions{from: "-", concurrency: 1, wait: time.Hour}), exitInterrupted)
	wantExit(t, runSetup(t.Context(), s.app, setupOptions{wait: time.Minute}), exitUsage)
	wantExit(t, runCheck(t.Context(), s.app, checkOptions{from: "-", concurrency: 1, wait: -1}), exitUsage)
}

func TestFresh(t *testing.T) {
	t.Parallel()
	at := func(state client.State, kind client.Kind) client.Result {
		return client.Result{ID: "x.y", State: state, Kind: kind}
	}
	passed := client.Result{ID: client.CheckCredentials, State: client.Passed}
	for name, tt := range map[string]struct {
		api  client.API
		list []client.Result
		want bool
	}{
		"nothing":                {client.API20, nil, false},
		"product":                {client.API20, []client.Result{passed, at(client.Failed, client.MissingProduct)}, true},
		"optional product":       {client.API20, []client.Result{passed, at(client.Warning, client.MissingProduct)}, true},
		"product and permission": {client.API20, []client.Result{at(client.Failed, client.MissingProduct), at(client.Failed, client.MissingPermission)}, false},
		"called off":             {client.API20, []client.Result{at(client.Failed, client.MissingProduct), at(client.Skipped, client.Canceled)}, false},
		"network":                {client.API20, []client.Result{at(client.Failed, client.Network)}, false},
		"1.0 application":        {client.API10, []client.Result{at(client.Failed, client.UnknownApplication)}, true},
		"1.0 too new":            {client.API10, []client.Result{at(client.Failed, client.DisabledOrTooNew)}, true},
		"1.0 keys":               {client.API10, []client.Result{at(client.Failed, client.InvalidCredentials)}, false},
	} {
		if got := client.Fresh(tt.list, tt.api); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
