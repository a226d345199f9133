package simulator

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// what a data call of each generation gets in a scenario; 0 where the scenario leaves it alone.
func TestDataCallScenarios(t *testing.T) {
	for name, want := range map[string]struct {
		status20, status10 int
		words              string
	}{
		"none":                 {200, 200, `"fail":[]`},
		"token-expired-always": {401, 0, "token_expired"},
		"html-502":             {502, 502, "<html>"},
		"captive-portal":       {200, 200, "<!DOCTYPE html>"},
		"server-500":           {500, 500, "internal_server_error_1"},
		"gateway-timeout-504":  {504, 504, "GatewayTimeout"},
		"empty-400":            {400, 400, ""},
		"truncated-json":       {200, 200, `"accountCo`},
		"wrong-content-type":   {200, 200, "OK"},
		"rfc7807":              {403, 403, `"detail":`},
		"error-object":         {403, 403, `{"error":{"code":`},
		"meta-status-403":      {200, 200, `{"meta":{"status":403},"data":[],"fail":[]}`},
		"endpoint-404":         {404, 404, "endpoint_evaluation_failed_1"},
		"unknown-403":          {403, 403, "not allowed"},
		"incorrect-region":     {200, 200, "err_audit_log_incorrect_region"},
		"rate-limited":         {429, 429, "fail"},
		"rate-limited-long":    {429, 429, "fail"},
		"not-licensed":         {200, 200, `"packages":["Mimecast Platform [1033]"`},
		"clock-ahead":          {200, 200, ""},
		"clock-behind":         {200, 200, ""},
		"skewed-refused":       {200, 401, ""},
		"host-of-api-1.0":      {404, 200, ""},
		"host-of-api-2.0":      {200, 401, ""},
		"application-disabled": {0, 200, ""},
		"application-too-new":  {0, 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			token := l.bearerOf(l.seeded.all)
			if err := l.SetScenario(name); err != nil {
				t.Fatal(err)
			}
			if want.status20 != 0 {
				l.call20(token, "POST", accountPath, `{"data":[]}`).want(t, want.status20, want.words)
			}
			if want.status10 != 0 {
				got := l.call10(l.seeded.legacy, l.seeded.keys, accountPath, `{"data":[]}`)
				got.want(t, want.status10)
				if strings.Contains(got.body, "app_forbidden") {
					t.Errorf("words of API 2.0 on API 1.0: %s", got.body)
				}
			}
		})
	}
}

func TestTokenScenarios(t *testing.T) {
	for name, want := range map[string]struct {
		status int
		words  string
	}{
		"nested-401":           {401, `{"fail":[{"errors":[{"code":"invalid_client_identifier"`},
		"oauth-error":          {401, `{"error":"invalid_client"`},
		"fail-in-token-200":    {200, `{"fail":[{"code":`},
		"application-disabled": {401, "InvalidClientIdentifier"},
		"application-too-new":  {401, "InvalidClientIdentifier"},
		"server-500":           {200, "access_token"},
		"html-502":             {502, "<html>"},
		"host-of-api-1.0":      {404, "<html>"},
	} {
		l := newLab(t, WithScenario(name))
		l.mintToken(l.seeded.all.ClientID, l.seeded.all.ClientSecret).want(t, want.status, want.words)
	}
}

func TestOnce(t *testing.T) {
	for name, want := range map[string]struct {
		legacy bool
		status int
		words  string
	}{
		"token-verification-failed-once": {false, 401, "token_verification_failed"},
		"developer-key-once":             {true, 200, "err_developer_key"},
		"server-500-once":                {false, 500, "internal_server_error_1"},
		"rate-limited-once":              {true, 429, ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t, WithScenario(name))
			call := func() reply {
				if want.legacy {
					return l.call10(l.seeded.legacy, l.seeded.keys, accountPath, "")
				}
				return l.call20(l.bearerOf(l.seeded.all), "POST", accountPath, "")
			}
			call().want(t, want.status, want.words)
			call().want(t, 200, "accountCode")
			if err := l.SetScenario(name); err != nil {
				t.Fatal(err)
			}
			call().want(t, want.status, want.words)
		})
	}
}

func TestTokenExpiredOnce(t *testing.T) {
	l := newLab(t, WithScenario("token-expired"))
	old := l.bearerOf(l.seeded.all)
	for range 2 {
		l.call20(old, "POST", accountPath, "").want(t, 401, "token_expired")
	}
	l.call20(l.bearerOf(l.seeded.all), "POST", accountPath, "").want(t, 200)
}

func TestRateLimitHeaders(t *testing.T) {
	l := newLab(t)
	for name, reset := range map[string]string{"rate-limited": "1200", "rate-limited-long": "3600000"} {
		token := l.bearerOf(l.seeded.all)
		if err := l.SetScenario(name); err != nil {
			t.Fatal(err)
		}
		if got := l.call20(token, "POST", accountPath, "").header.Get("X-RateLimit-Reset"); got != reset {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestClockScenarios(t *testing.T) {
	for name, skew := range map[string]time.Duration{
		"clock-ahead": 10 * time.Minute, "clock-behind": -10 * time.Minute, "skewed-refused": 20 * time.Minute,
	} {
		l := newLab(t, WithScenario(name))
		got := l.call10(l.seeded.legacy, l.seeded.keys, accountPath, "")
		if date := l.at.Add(skew).Format(http.TimeFormat); got.header.Get("Date") != date {
			t.Errorf("%s: %s", name, got.header.Get("Date"))
		}
		if refused := strings.Contains(got.body, "Date Header Too Skewed"); refused != (name == "skewed-refused") {
			t.Errorf("%s: %s", name, got.body)
		}
	}
}

func TestSignInScenarios(t *testing.T) {
	for name, want := range map[string]struct {
		status int
		words  string
	}{
		"login-not-supported":                     {401, "Authentication type not supported"},
		"second-factor-unknown-code":              {401, "err_login_0f27"},
		"second-factor-200-fail":                  {200, "Two-step"},
		"second-factor-two-step-without-exchange": {200, "two_step"},
		"application-disabled":                    {200, "err_developer_key"},
	} {
		l := newLab(t, WithScenario(name))
		l.signIn("Basic-Cloud", userWithCode, password, "{}").want(t, want.status, want.words)
	}
	l := newLab(t, WithScenario("discover-no-region"))
	got := l.send("POST", "/api/login/discover-authentication", `{"data":[{"emailAddress":"svc@example.com"}]}`,
		map[string]string{"x-mc-app-id": l.seeded.legacy.ApplicationID})
	if got.status != 200 || strings.Contains(got.body, "region") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestRedirectLeadsToAnotherHost(t *testing.T) {
	l := newLab(t, WithScenario("redirect-other-host"))
	got := l.send("POST", "/oauth/token", "", nil)
	got.want(t, 302)
	from, errFrom := url.Parse(l.url)
	to, errTo := url.Parse(got.header.Get("Location"))
	if errFrom != nil || errTo != nil || to.Hostname() == from.Hostname() || to.Port() != from.Port() || to.Path != "/redirected/oauth/token" {
		t.Errorf("%s → %s", l.url, got.header.Get("Location"))
	}
	r := httptest.NewRequestWithContext(t.Context(), "GET", "https://localhost/x", nil)
	w := httptest.NewRecorder()
	l.ServeHTTP(w, r)
	if w.Header().Get("Location") != "https://127.0.0.1/redirected/x" {
		t.Error(w.Header().Get("Location"))
	}
}

func TestConnectionScenarios(t *testing.T) {
	l := newLab(t, WithSlow(time.Millisecond), WithLatency(time.Millisecond))
	set := func(name string) {
		t.Helper()
		if err := l.SetScenario(name); err != nil {
			t.Fatal(err)
		}
	}
	set("slow")
	l.mintToken(l.seeded.all.ClientID, l.seeded.all.ClientSecret).want(t, 200)
	set("drop-connection")
	if _, err := l.http.Get(l.url); err == nil {
		t.Error("a reply came over a dropped connection")
	}
	set("hang")
	l.stop() // what hangs ends when the server closes
	if _, err := l.http.Get(l.url); err == nil {
		t.Error("a reply came from a server that hangs")
	}
}

func TestBodyTooBig(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	if err := l.SetScenario("body-too-big"); err != nil {
		t.Fatal(err)
	}
	got := l.call20(token, "POST", accountPath, "")
	if len(got.body) <= 10<<20 || !json.Valid([]byte(got.body)) {
		t.Errorf("%d bytes", len(got.body))
	}
}

func TestScenarioNames(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Scenarios() {
		if seen[s.Name] || s.Name == "" || s.About == "" || strings.Contains(s.About, "\n") {
			t.Errorf("%+v", s)
		}
		seen[s.Name] = true
	}
	if Scenarios()[0].Name != "none" || len(seen) < 30 {
		t.Errorf("%d scenarios", len(seen))
	}
	err := New().SetScenario("nonsense")
	if err == nil || !strings.Contains(err.Error(), "html-502") {
		t.Error(err)
	}
	if New(WithScenario("nonsense")).scenario.name != "none" {
		t.Error("an unknown scenario changed something")
	}
}

func TestRequestTooLong(t *testing.T) {
	l := newLab(t)
	l.send("POST", "/oauth/token", strings.Repeat("x", maxRequest+1), nil).want(t, 413)
	r := httptest.NewRequestWithContext(t.Context(), "POST", "/oauth/token", brokenReader{})
	defer func() {
		if got := recover(); got != http.ErrAbortHandler { //nolint:errorlint // a panic's value
			t.Errorf("a request that broke off ended with %v", got)
		}
	}()
	l.ServeHTTP(httptest.NewRecorder(), r)
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.Join(io.ErrUnexpectedEOF) }
