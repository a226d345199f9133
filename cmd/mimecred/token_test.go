package main

import (
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client/simulator"
)

func TestTokenIsTheTokenAlone(t *testing.T) {
	t.Parallel()
	s := withReady(t, startedSimulator(t), "oauth-ok")
	if err := runToken(t.Context(), s.app, "oauth-ok"); err != nil {
		t.Fatal(err)
	}
	if token := s.out.String(); len(token) < 20 || strings.TrimSpace(token) != token {
		t.Errorf("printed %d characters, with white space around: %v", len(token), strings.TrimSpace(token) != token)
	}
	s.out.Reset()
	s.flags.output = "json"
	if err := runToken(t.Context(), s.app, "oauth-ok"); err != nil {
		t.Fatal(err)
	}
	var got tokenJSON
	if err := json.Unmarshal(s.out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	left := got.ExpiresAt.Sub(s.now())
	if got.Schema != 1 || got.Profile != "oauth-ok" || got.TokenType != "Bearer" || len(got.AccessToken) < 20 ||
		left < 20*time.Minute || left > time.Hour {
		t.Errorf("the token of %q is a %q of %d characters for %v", got.Profile, got.TokenType, len(got.AccessToken), left)
	}
	if s.errs.Len() > 0 {
		t.Errorf("standard error: %s", s.errs)
	}
}

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	s := withReady(t, running, "legacy-ok")
	wantExit(t, runToken(t.Context(), s.app, "legacy-ok"), exitUsage, "API 1.0", "every call is signed", "mimecred api legacy-ok")
	wantExit(t, runToken(t.Context(), s.app, "nobody"), exitUsage, "no profile")
	if n := len(running.Server.Requests()); n != 0 {
		t.Errorf("%d calls were made", n)
	}
	from := readyNamed(t, running, "oauth-ok").From
	from["client_secret"] = "made-up-and-wrong"
	s = withProfile(t, from)
	wantExit(t, runToken(t.Context(), s.app, "oauth-ok"), exitRefused, "HTTP 401")
	if s.out.Len() > 0 || len(running.Server.Requests()) != 1 {
		t.Errorf("%q was printed, after %d calls", s.out, len(running.Server.Requests()))
	}
	for scenario, exit := range map[string]int{"captive-portal": exitUnjudged, "oauth-error": exitRefused, "fail-in-token-200": exitRefused} {
		s := withReady(t, startedSimulator(t, simulator.WithScenario(scenario)), "oauth-ok")
		wantExit(t, runToken(t.Context(), s.app, "oauth-ok"), exit)
	}
}

// TestTokenOfAnotherType: only a Bearer token is printed, and an odd life of one is the usual one.
func TestTokenOfAnotherType(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var reply atomic.Pointer[answer]
	url := d.answering(func(path string) answer {
		if r := reply.Load(); r != nil && path == "/oauth/token" {
			return *r
		}
		return answer{}
	})
	d.setUp("oauth-ok", map[string]any{"base_url": url})
	for _, kind := range []string{"MAC", "DPoP", "N_A"} {
		reply.Store(&answer{200, `{"access_token":"made-up-token","token_type":"` + kind + `","expires_in":1799}`})
		for _, args := range [][]string{{"token", "acme"}, {"token", "acme", "-o", "json"}, {"api", "acme", "GET", "/identity/whoami"}, {"check", "acme"}} {
			if got := d.ends(exitUnjudged, "", args...); strings.Contains(got.out, "made-up-token") || !strings.Contains(got.out+got.err, "of the type") {
				t.Errorf("%v with %s says\n%s%s", args, kind, got.out, got.err)
			}
		}
	}
	for _, life := range []string{`-5`, `"soon"`, `{}`, `null`} {
		reply.Store(&answer{200, `{"access_token":"made-up-token","token_type":"Bearer","expires_in":` + life + `}`})
		var told tokenJSON
		err := json.Unmarshal([]byte(d.ends(exitDone, "", "token", "acme", "-o", "json").out), &told)
		if left := time.Until(told.ExpiresAt); err != nil || told.TokenType != "Bearer" || left < 29*time.Minute || left > 30*time.Minute {
			t.Errorf("expires_in %s is printed as %+v, %v", life, told, err)
		}
	}
}
