package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mimecred/client/simulator"
)

// ask runs api with what the flags would say.
func (s stored) ask(t testing.TB, o apiOptions) error {
	t.Helper()
	if o.maxPages == 0 {
		o.maxPages = 1000
	}
	if o.wait == nil {
		o.wait = func(context.Context, time.Duration) error { return errors.New("nothing is to be waited for") }
	}
	s.out.Reset()
	return runAPI(t.Context(), s.app, o)
}

func TestAPIPrintsTheBodyAsItComes(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	for name, c := range map[string]struct{ profile, method, path, data, want string }{
		"2.0 GET":              {"oauth-ok", "get", "/identity/whoami", "", `"cg":"CUSA00A000"`},
		"2.0 without a slash":  {"oauth-ok", "GET", "identity/whoami", "", `"cg":"CUSA00A000"`},
		"2.0 whole URL":        {"oauth-ok", "GET", running.URL + "/identity/whoami", "", `"cg":"CUSA00A000"`},
		"2.0 POST, no body":    {"oauth-ok", "POST", "/api/account/get-account", "", `"accountName":"Example Corp"`},
		"2.0 POST with a body": {"oauth-ok", "POST", "/api/user/get-internal-users", `{"data":[{"domain":"example.org"}]}`, "postmaster@example.org"},
		"1.0 signed":           {"legacy-ok", "POST", "/api/account/get-account", "", `"accountName":"Example Corp"`},
		"1.0 with a body":      {"legacy-ok", "POST", "/api/user/get-internal-users", `{"data":[{"domain":"example.org"}]}`, "postmaster@example.org"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := withReady(t, running, c.profile)
			err := s.ask(t, apiOptions{name: c.profile, method: c.method, path: c.path, data: c.data, given: c.data != ""})
			if err != nil {
				t.Fatal(err)
			}
			if got := s.out.String(); !strings.Contains(got, c.want) || !json.Valid([]byte(got)) || strings.HasSuffix(got, "\n") {
				t.Errorf("printed %q", got)
			}
			if s.errs.Len() > 0 {
				t.Errorf("standard error: %s", s.errs)
			}
		})
	}
}

// TestAPISendsTheBodyByteForByte: from the command line, a file and standard input, with a byte order mark taken off.
func TestAPISendsTheBodyByteForByte(t *testing.T) {
	t.Parallel()
	const body = "{ \"data\" : [ 1.50, \"<\u2028&>\" ] }\n"
	file := filepath.Join(t.TempDir(), "body.json")
	if err := os.WriteFile(file, []byte("\ufeff"+body), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, data := range []string{body, "@" + file, "@-"} {
		var got []byte
		var contentType string
		s := scripted20(t, func(w http.ResponseWriter, r *http.Request) {
			got, _ = io.ReadAll(r.Body)
			contentType = r.Header.Get("Content-Type")
			_, _ = w.Write([]byte(`{"fail":[]}`))
		})
		s.std.in = strings.NewReader(body)
		if err := s.ask(t, apiOptions{name: "acme", method: "PUT", path: "/x", data: data, given: true}); err != nil {
			t.Fatal(err)
		}
		if string(got) != body || contentType != "application/json" {
			t.Errorf("-d %.10s: sent %q as %q", data, got, contentType)
		}
	}
}

func TestAPIFailures(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	for name, c := range map[string]struct {
		profile, path string
		exit          int
		says          []string
		body          string
	}{
		"product":    {"oauth-missing-product", "/api/account/get-account", exitCheckFailed, []string{"HTTP 403", "Account Management"}, "app_forbidden"},
		"permission": {"oauth-missing-permission", "/api/account/get-account", exitCheckFailed, []string{"HTTP 403", "Account | Dashboard | Read"}, "app_forbidden"},
		"expired":    {"legacy-expired", "/api/account/get-account", exitRefused, []string{"HTTP 418", "expired"}, "fail"},
		"unknown":    {"legacy-ok", "/api/no/such-thing", exitCheckFailed, []string{"HTTP 404"}, "fail"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := withReady(t, running, c.profile)
			err := s.ask(t, apiOptions{name: c.profile, method: "POST", path: c.path})
			wantExit(t, err, c.exit, c.says...)
			if !strings.Contains(s.out.String(), c.body) {
				t.Errorf("the body of the refusal is not printed: %q", s.out)
			}
		})
	}
	for scenario, exit := range map[string]int{
		"html-502": exitUnjudged, "redirect-other-host": exitUnjudged, "drop-connection": exitUnjudged, "truncated-json": exitUnjudged,
		"body-too-big": exitUnjudged, "oauth-error": exitRefused, "meta-status-403": exitCheckFailed, "empty-400": exitUnjudged,
	} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			s := withReady(t, startedSimulator(t, simulator.WithScenario(scenario)), "oauth-ok")
			wantExit(t, s.ask(t, apiOptions{name: "oauth-ok", method: "POST", path: "/api/account/get-account"}), exit)
		})
	}
}

// TestAPIRefusesBeforeTheStoreIsAsked: what cannot be meant is said without any call.
func TestAPIRefusesBeforeTheStoreIsAsked(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t)
	s := withReady(t, running, "oauth-ok")
	for name, c := range map[string]struct {
		o    apiOptions
		says string
	}{
		"method":           {apiOptions{method: "FETCH", path: "/x"}, "the methods are: GET"},
		"method injection": {apiOptions{method: "GET /\r\n", path: "/x"}, "there is no method"},
		"body of a GET":    {apiOptions{method: "GET", path: "/x", data: "{}", given: true}, "GET has no body"},
		"empty body":       {apiOptions{method: "POST", path: "/x", given: true}, "is empty"},
		"not JSON":         {apiOptions{method: "POST", path: "/x", data: "{\n\n'", given: true}, "no valid JSON (line 3)"},
		"no file":          {apiOptions{method: "POST", path: "/x", data: "@no/such/file", given: true}, "open the file of -d"},
		"empty input":      {apiOptions{method: "POST", path: "/x", data: "@-", given: true}, "standard input is empty"},
		"other host":       {apiOptions{method: "GET", path: "https://example.org/x"}, "not on the profile's host"},
		"pages of a write": {apiOptions{method: "POST", path: "/api/user/create-user", allPages: true}, "changes something"},
		"pages of DELETE":  {apiOptions{method: "DELETE", path: "/x", allPages: true}, "changes something"},
		"pages with -i":    {apiOptions{method: "GET", path: "/x", allPages: true, include: true}, "give one of them"},
		"no pages":         {apiOptions{method: "GET", path: "/x", allPages: true, maxPages: -1}, "at least 1"},
	} {
		t.Run(name, func(t *testing.T) {
			c.o.name = "oauth-ok"
			wantExit(t, s.ask(t, c.o), exitUsage, c.says)
		})
	}
	wantExit(t, s.ask(t, apiOptions{name: "nobody", method: "GET", path: "/x"}), exitUsage, "no profile")
	s.flags.output = "table"
	wantExit(t, s.ask(t, apiOptions{name: "oauth-ok", method: "GET", path: "/x"}), exitUsage, "cannot print")
	if n := len(running.Server.Requests()); n != 0 {
		t.Errorf("%d calls were made", n)
	}
}

func TestPathOn(t *testing.T) {
	t.Parallel()
	const base = "https://api.services.mimecast.com"
	for given, want := range map[string]string{
		"/a/b":                                "/a/b",
		"a/b":                                 "/a/b",
		"/a?x=1&y=https://z/":                 "/a?x=1&y=https://z/",
		"/a?type=internal protect":            "/a?type=internal%20protect",
		"/a#b":                                "/a",
		base + "/a?b=c":                       "/a?b=c",
		"HTTPS://API.services.mimecast.com/a": "/a",
	} {
		got, err := pathOn(given, base)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v; want %q", given, got, err, want)
		}
	}
	for _, given := range []string{
		"", "/", "https://example.org/a", "http://api.services.mimecast.com/a", "//example.org/a", base + ":8443/a",
		"https://api.services.mimecast.com@example.org/a", "https://me@api.services.mimecast.com/a", "/a\x00b", "/a\nb",
		base + ".example.org/a", "https:///a", base,
	} {
		if got, err := pathOn(given, base); err == nil {
			t.Errorf("%q is taken for the path %q", given, got)
		} else {
			wantExit(t, err, exitUsage)
		}
	}
}

// TestAPIWaitsForTheRate: it says how long, waits that long, and goes on; and it gives up in the end.
func TestAPIWaitsForTheRate(t *testing.T) {
	t.Parallel()
	running := startedSimulator(t, simulator.WithScenario("rate-limited-long"))
	s := withReady(t, running, "oauth-ok")
	var waited []time.Duration
	o := apiOptions{name: "oauth-ok", method: "POST", path: "/api/account/get-account"}
	o.wait = func(_ context.Context, d time.Duration) error {
		if waited = append(waited, d); len(waited) == 2 {
			return running.Server.SetScenario("none")
		}
		return nil
	}
	if err := s.ask(t, o); err != nil {
		t.Fatal(err)
	}
	if len(waited) != 2 || waited[0] != 5*time.Minute || !strings.Contains(s.errs.String(), "waiting 5m0s") {
		t.Errorf("waited %v and said %q", waited, s.errs)
	}
	if !strings.Contains(s.out.String(), "Example Corp") {
		t.Errorf("printed %q", s.out)
	}

	if err := running.Server.SetScenario("rate-limited-long"); err != nil {
		t.Fatal(err)
	}
	waits := 0
	o.wait = func(context.Context, time.Duration) error { waits++; return nil }
	wantExit(t, s.ask(t, o), exitUnjudged, "limit")
	if waits != mostWaits {
		t.Errorf("waited %d times", waits)
	}
	o.wait = func(context.Context, time.Duration) error { return context.Canceled }
	ctx, cancel := context.WithCancel(t.Context())
	o.wait = func(ctx context.Context, d time.Duration) error { cancel(); return sleep(ctx, d) }
	wantExit(t, runAPI(ctx, s.app, o), exitInterrupted)
}

func TestAPIShowsTheHead(t *testing.T) {
	t.Parallel()
	s := scripted20(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["X-Two"] = []string{"a", "b"}
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write([]byte(`{"made":1}`))
	})
	if err := s.ask(t, apiOptions{name: "acme", method: "POST", path: "/x", include: true}); err != nil {
		t.Fatal(err)
	}
	head, body, _ := strings.Cut(s.out.String(), "\n\n")
	if body != `{"made":1}` || !strings.HasPrefix(head, "HTTP 201 Created\nContent-Length: 10\n") || !strings.Contains(head, "\nX-Two: a\nX-Two: b") {
		t.Errorf("printed %q", s.out)
	}
}

func TestHarmless(t *testing.T) {
	t.Parallel()
	if got := harmless("a\x1b[31m\u009b2J\u202eb\tc\r\nü"); got != "a[31m2Jb\tc\nü" {
		t.Errorf("a terminal gets %q", got)
	}
	if got := harmless(`{"a":"\u001b"}`); got != `{"a":"\u001b"}` {
		t.Errorf("JSON was changed to %q", got)
	}
	var body bytes.Buffer
	a := newApp(streams{out: &body, err: io.Discard}, func(string) string { return "" })
	if err := a.print("\x1b"); err != nil || body.String() != "\x1b" {
		t.Errorf("a pipe gets %q, %v", body.String(), err)
	}
}
