package client

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client/secret"
)

func probes(n int) []Probe {
	list := make([]Probe, n)
	for i := range list {
		list[i] = Probe{
			ID: "area.call-" + string(rune('a'+i)), Title: "Call", Method: "POST", Path: "/api/area/call-" + string(rune('a'+i)),
			Body: []byte(`{"data":[]}`), Products: []string{"cloudgateway"}, Permission: "Gateway | Tracking | Read",
		}
	}
	return list
}

func run(ctx context.Context, c *Client, credential Credential, plan Plan) []Result {
	return slices.Collect(c.Check(ctx, credential, plan))
}

// states is a run on one line: id=state(kind).
func states(results []Result) string {
	var parts []string
	for _, r := range results {
		s := r.ID + "=" + string(r.State)
		if r.Kind != "" {
			s += "(" + string(r.Kind) + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

func find(t *testing.T, results []Result, id string) Result {
	t.Helper()
	for _, r := range results {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("no result %s in %s", id, states(results))
	return Result{}
}

func TestCheck20Passes(t *testing.T) {
	t.Parallel()
	f := serve(t, h2, mimecast20(fine))
	c := newClient(t, f.endpoint(t))
	plan := Plan{Probes: probes(3)}
	results := run(within(t), c, pair(), plan)
	if len(results) != 7 || !strings.HasPrefix(states(results), "reach=passed clock=passed credentials=passed account=passed ") {
		t.Fatal(states(results))
	}
	for _, r := range results {
		if r.State != Passed || r.Title == "" || r.Kind != "" || r.Fix != "" || r.Meaning != "" {
			t.Errorf("%+v", r)
		}
		if r.ID != CheckClock && (r.Method == "" || r.Path == "" || r.HTTPStatus != 200 || r.Duration <= 0) {
			t.Errorf("%+v", r)
		}
	}
	account := find(t, results, CheckAccount)
	if account.Detail != "Example Corp · CUSA00A000 · us" || account.Account == nil || !account.Account.CloudGateway ||
		account.Account.CloudIntegrated || len(account.Account.Packages) != 2 {
		t.Errorf("%+v %+v", account, account.Account)
	}
	if reach := find(t, results, CheckReach); !strings.Contains(reach.Detail, "TLS 1.3 · HTTP/2") {
		t.Errorf("%+v", reach)
	}
	if f.count("") != 6 || f.count(tokenPath) != 1 || f.opened() != 1 {
		t.Errorf("%d requests, %d connections", f.count(""), f.opened())
	}
	// A second check asks for a new token: it tests the pair, not the kept token.
	if again := run(within(t), c, pair(), plan); len(again) != 7 || f.count(tokenPath) != 2 {
		t.Errorf("%s, %d tokens", states(again), f.count(tokenPath))
	}
}

func TestCheck10Passes(t *testing.T) {
	t.Parallel()
	f := serve(t, h2, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == accountPath {
			write(w, 200, accountBody)
			return
		}
		write(w, 200, okBody)
	})
	results := run(within(t), newClient(t, f.endpoint(t)), vectorKeys(), Plan{Probes: probes(3)})
	if len(results) != 7 || !strings.HasPrefix(states(results), "reach=passed clock=passed credentials=passed account=passed ") {
		t.Fatal(states(results))
	}
	// The server may see them in any order: all share one connection as soon as it is up.
	if f.count("") != 4 || f.count(accountPath) != 1 || f.opened() != 1 {
		t.Errorf("%d requests, %d connections", f.count(""), f.opened())
	}
}

func TestCheckOutcomes20(t *testing.T) {
	t.Parallel()
	three := Plan{Probes: probes(1)}
	skipped := " clock=skipped credentials=skipped account=skipped area.call-a=skipped"
	after := " account=skipped area.call-a=skipped"
	tests := []struct {
		name   string
		plan   Plan
		answer func(w http.ResponseWriter, r *http.Request) bool // tells whether it answered
		want   string
	}{
		{"refused", three, on(tokenPath, 401, refusedBody), "reach=passed clock=passed credentials=failed(invalid_credentials)" + after},
		{"token service down", three, on(tokenPath, 500, `{}`), "reach=passed clock=passed credentials=failed(server)" + after},
		{"HTML instead of a token", three, on(tokenPath, 200, `<html>`), "reach=failed(bad_response)" + skipped},
		{"account refused with an accepted pair", three, on(accountPath, 401, `{"fail":[{"code":"token_verification_failed","message":"no"}]}`), "reach=passed clock=passed credentials=passed account=failed(server) area.call-a=passed"},
		{"probe refused with an accepted pair", three, on("/api/area/call-a", 401, `{"fail":[{"code":"unauthorized"}]}`), "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(unknown)"},
		{"probe refused by something in between", three, on("/api/area/call-a", 401, ``), "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(proxy)"},
		{"load balancer's page", three, on(tokenPath, 503, `<html>`), "reach=passed clock=passed credentials=failed(server) account=skipped area.call-a=skipped"},
		{"more than is read instead of a token", three, on(tokenPath, 200, strings.Repeat("x", maxBody+1)), "reach=passed clock=passed credentials=failed(bad_response) account=skipped area.call-a=skipped"},
		{"an API 1.0 host answers the token call", three, on(tokenPath, 401, badSignature), "reach=passed clock=passed credentials=failed(wrong_api) account=skipped area.call-a=skipped"},
		{"redirect", three, on(tokenPath, 302, ``), "reach=failed(bad_response)" + skipped},
		{"account without permission", three, on(accountPath, 403, noPermission), "reach=passed clock=passed credentials=passed account=failed(missing_permission) area.call-a=passed"},
		{"account without product", three, on(accountPath, 403, noProduct), "reach=passed clock=passed credentials=passed account=failed(missing_product) area.call-a=passed"},
		{"account optional", Plan{AccountOptional: true, Probes: probes(1)}, on(accountPath, 403, noProduct), "reach=passed clock=passed credentials=passed account=skipped(missing_product) area.call-a=passed"},
		{"account optional, without permission", Plan{AccountOptional: true, Probes: probes(1)}, on(accountPath, 403, noPermission), "reach=passed clock=passed credentials=passed account=skipped(missing_permission) area.call-a=passed"},
		{"account optional, of another shape", Plan{AccountOptional: true, Probes: probes(1)}, on(accountPath, 200, okBody), "reach=passed clock=passed credentials=passed account=warning(bad_response) area.call-a=passed"},
		{"account without data", three, on(accountPath, 200, okBody), "reach=passed clock=passed credentials=passed account=failed(bad_response) area.call-a=passed"},
		{"whoami without permission", three, on(whoamiPath, 403, noProduct), "reach=passed clock=passed credentials=passed account=passed area.call-a=passed"},
		{"whoami of another shape", three, on(whoamiPath, 200, `[]`), "reach=passed clock=passed credentials=passed account=passed area.call-a=passed"},
		{"probe without product", three, on("/api/area/call-a", 403, noProduct), "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(missing_product)"},
		{"probe without permission", three, on("/api/area/call-a", 403, noPermission), "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(missing_permission)"},
		{"probe with 200 and fail", three, on("/api/area/call-a", 200, `{"fail":[{"errors":[{"code":"err_validation_null"}]}]}`), "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(validation)"},
		{"probe on 404", three, on("/api/area/call-a", 404, `{"fail":[{"code":"endpoint_evaluation_failed_1"}]}`), "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(unknown)"},
		{"probe on somebody else's 404", three, on("/api/area/call-a", 404, ``), "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(bad_response)"},
		{"optional probe", Plan{Probes: optional(probes(1))}, on("/api/area/call-a", 403, noPermission), "reach=passed clock=passed credentials=passed account=passed area.call-a=warning(missing_permission)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
				if !tt.answer(w, r) {
					mimecast20(fine)(w, r)
				}
			})
			results := run(within(t), newClient(t, f.endpoint(t)), pair(), tt.plan)
			if got := states(results); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			for _, r := range results {
				if (r.State == Failed || r.State == Warning) && (r.Meaning == "" || r.Fix == "") {
					t.Errorf("%+v is not explained", r)
				}
				if r.State == Skipped && r.Detail == "" {
					t.Errorf("%+v is skipped without a reason", r)
				}
			}
		})
	}
}

// on answers one path.
func on(path string, status int, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path {
			return false
		}
		w.Header().Set("X-Request-Id", "req-3")
		write(w, status, body)
		return true
	}
}

func optional(list []Probe) []Probe {
	for i := range list {
		list[i].Optional = true
	}
	return list
}

func TestCheckOutcomes10(t *testing.T) {
	t.Parallel()
	after := " account=skipped area.call-a=skipped"
	tests := []struct {
		name   string
		answer func(w http.ResponseWriter, r *http.Request) bool
		all    bool // every path is answered so
		want   string
	}{
		{"refused", on("", 401, badSignature), true, "reach=passed clock=passed credentials=failed(invalid_credentials)" + after},
		{"expired", on("", 418, `{"meta":{"status":418},"data":[],"fail":[{"errors":[{"code":"err_xdk_binding_expired","message":"AccessKey Has Expired"}]}]}`), true, "reach=passed clock=passed credentials=failed(expired_keys)" + after},
		{"unknown application", on("", 200, developerKey), true, "reach=passed clock=passed credentials=failed(unknown_application)" + after},
		{"skewed", on("", 401, `{"fail":[{"errors":[{"code":"x","message":"Date Header Too Skewed"}]}]}`), true, "reach=passed clock=failed(clock_skew) credentials=skipped" + after},
		{"all down", on("", 501, `{}`), true, "reach=passed clock=passed credentials=failed(server)" + after},
		{"get-account down", on(accountPath, 501, `{}`), false, "reach=passed clock=passed credentials=passed account=failed(server) area.call-a=passed"},
		{"get-account limited", on(accountPath, 429, ``), false, "reach=passed clock=passed credentials=passed account=failed(rate_limited) area.call-a=passed"},
		{"get-account without permission", on(accountPath, 403, noPermission), false, "reach=passed clock=passed credentials=passed account=failed(missing_permission) area.call-a=passed"},
		{"API 2.0 answers", on(accountPath, 401, refusedBody), false, "reach=passed clock=passed credentials=failed(wrong_api)" + after},
		{"get-account forbidden", on(accountPath, 403, `{"meta":{"status":403},"fail":[{"errors":[{"code":"err_xdk_forbidden","message":"no"}]}]}`), false, "reach=passed clock=passed credentials=passed account=failed(missing_permission) area.call-a=passed"},
		{"nothing but 404", on("", 404, ``), true, "reach=passed clock=passed credentials=failed(bad_response)" + after},
		{"nothing but 405", on("", 405, ``), true, "reach=passed clock=passed credentials=failed(bad_response)" + after},
		{"nothing but an empty 400", on("", 400, ``), true, "reach=passed clock=passed credentials=failed(bad_response)" + after},
		{"nothing but an empty 403", on("", 403, ``), true, "reach=failed(proxy) clock=skipped credentials=skipped" + after},
		{"a gateway's 403", on("", 403, `{"message":"Forbidden"}`), true, "reach=failed(proxy) clock=skipped credentials=skipped" + after},
		{"nothing but an empty 200", on("", 200, ``), true, "reach=passed clock=passed credentials=failed(bad_response)" + after},
		{"another service's 404", on("", 404, `{"error":{"code":"not_found","message":"no such route"}}`), true, "reach=passed clock=passed credentials=failed(bad_response)" + after},
		{"another service's 200", on("", 200, `{"status":"UP"}`), true, "reach=passed clock=passed credentials=failed(bad_response)" + after},
		{"more than is read", on("", 200, strings.Repeat("x", maxBody+1)), true, "reach=passed clock=passed credentials=failed(bad_response)" + after},
		{"one call refused with accepted keys", on("/api/area/call-a", 401, badSignature), false, "reach=passed clock=passed credentials=passed account=passed area.call-a=failed(unknown)"},
		{"get-account refused by something in between", on(accountPath, 403, `{"message":"Forbidden"}`), false, "reach=passed clock=passed credentials=passed account=failed(proxy) area.call-a=passed"},
		{"get-account does not exist", on(accountPath, 404, `{"meta":{"status":404},"data":[],"fail":[]}`), false, "reach=passed clock=passed credentials=passed account=failed(unknown) area.call-a=passed"},
		{"get-account with a value refused", on(accountPath, 200, `{"meta":{"status":200},"fail":[{"errors":[{"code":"err_validation_null","message":"null"}]}]}`), false, "reach=passed clock=passed credentials=passed account=failed(validation) area.call-a=passed"},
		{"only values refused", on("", 400, `{"meta":{"status":400},"fail":[{"errors":[{"code":"err_validation_null","message":"null"}]}]}`), true, "reach=passed clock=passed credentials=passed account=failed(validation) area.call-a=failed(validation)"},
		{"get-account meta.status 403", on(accountPath, 200, `{"meta":{"status":403},"data":[],"fail":[]}`), false, "reach=passed clock=passed credentials=passed account=failed(missing_permission) area.call-a=passed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
				if tt.all {
					r.URL.Path = ""
				}
				switch {
				case tt.answer(w, r):
				case r.URL.Path == accountPath:
					write(w, 200, accountBody)
				default:
					write(w, 200, okBody)
				}
			})
			results := run(within(t), newClient(t, f.endpoint(t)), vectorKeys(), Plan{Probes: probes(1)})
			if got := states(results); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAProbeThatWasNotSentProvesNothing(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) { write(w, 501, `{}`) })
	plan := Plan{Probes: []Probe{{ID: "p.users", Method: "POST", Path: "/api/p", Body: []byte(`{"d":"{{domain}}"}`)}}}
	results := run(within(t), newClient(t, f.endpoint(t)), vectorKeys(), plan)
	if got := states(results); got != "reach=passed clock=passed credentials=failed(server) account=skipped p.users=skipped" {
		t.Error(got)
	}
}

func TestCheckFillsWhatMimecastSaid(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		if !on("/api/area/call-a", 403, noPermission)(w, r) {
			mimecast20(fine)(w, r)
		}
	})
	r := find(t, run(within(t), newClient(t, f.endpoint(t)), pair(), Plan{Probes: probes(1)}), "area.call-a")
	if r.HTTPStatus != 403 || r.Code != "app_forbidden" || r.Message != "Forbidden to perform the requested operation" || r.RequestID != "req-3" ||
		r.Method != "POST" || r.Path != "/api/area/call-a" || r.Duration <= 0 || r.Permission != "Gateway | Tracking | Read" || len(r.Products) != 1 ||
		r.Meaning != "The application's role lacks a permission." || !strings.Contains(r.Fix, "tick Gateway | Tracking | Read") || !strings.Contains(r.Fix, "Account > Roles") {
		t.Errorf("%+v", r)
	}
}

// TestCheckWithoutTheAccount has nothing to mend where the product does not need what is refused, and tells the tenant all
// the same when whoami does.
func TestCheckWithoutTheAccount(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		if !on(accountPath, 403, noPermission)(w, r) {
			mimecast20(fine)(w, r)
		}
	})
	results := run(within(t), newClient(t, f.endpoint(t)), pair(), Plan{AccountOptional: true, Probes: probes(1)})
	r := find(t, results, CheckAccount)
	if r.Detail != "not needed: the product does not read the account" || r.Meaning != "" || r.Fix != "" || r.HTTPStatus != 403 || r.Message == "" {
		t.Errorf("%+v", r)
	}
	if v := Judge(results); !v.AllRight || v.Account == nil || v.Account.Code != "CUSA00A000" {
		t.Errorf("%+v", v)
	}
}

func TestCheckWithoutReach(t *testing.T) {
	t.Parallel()
	rest := " clock=skipped credentials=skipped account=skipped area.call-a=skipped"
	for _, credential := range []Credential{pair(), vectorKeys()} {
		c := newClient(t, Endpoint{BaseURL: "http://127.0.0.1:1"})
		results := run(within(t), c, credential, Plan{Probes: probes(1)})
		if got := states(results); got != "reach=failed(network)"+rest {
			t.Error(got)
		}
	}
	f := serve(t, h2, fine)
	results := run(within(t), newClient(t, Endpoint{BaseURL: f.URL}), vectorKeys(), Plan{Probes: probes(1)})
	if got := states(results); got != "reach=failed(tls)"+rest || !strings.Contains(results[0].Meaning, "Acme Co") {
		t.Errorf("%s: %+v", got, results[0])
	}
}

func TestCheckBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, fine)
	c := newClient(t, f.endpoint(t))
	broken := vectorKeys()
	broken.SecretKey = secret.New("no base64 at all")
	for name, tt := range map[string]struct {
		client     *Client
		credential Credential
		want       string
	}{
		"no base64":   {c, broken, "reach=skipped clock=skipped credentials=failed(invalid_credentials) account=skipped"},
		"no values":   {c, OAuth{}, "reach=skipped clock=skipped credentials=failed(validation) account=skipped"},
		"nothing":     {c, nil, "reach=skipped clock=skipped credentials=failed(validation) account=skipped"},
		"wrong host":  {newClient(t, Endpoint{BaseURL: "https://us-api.mimecast.com"}), pair(), "reach=failed(wrong_api) clock=skipped credentials=skipped account=skipped"},
		"wrong host2": {newClient(t, Endpoint{BaseURL: "https://api.services.mimecast.com"}), vectorKeys(), "reach=failed(wrong_api) clock=skipped credentials=skipped account=skipped"},
	} {
		if got := states(run(within(t), tt.client, tt.credential, Plan{})); got != tt.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if f.count("") != 0 {
		t.Error("a request was made")
	}
}

func TestCheckClock(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		off    time.Duration
		state  State
		detail string
	}{
		{0, Passed, "within 1 second of Mimecast"},
		{-90 * time.Second, Passed, "within 90 seconds of Mimecast"},
		{10 * time.Minute, Warning, "10 minutes ahead of Mimecast"},
		{-3 * time.Hour, Warning, "3 hours behind Mimecast"},
	} {
		f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", date.Format(http.TimeFormat))
			mimecast20(fine)(w, r)
		})
		c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return date.Add(tt.off + 500*time.Millisecond) }))
		r := find(t, run(within(t), c, pair(), Plan{}), CheckClock)
		if r.State != tt.state || r.Detail != tt.detail {
			t.Errorf("%v: %+v", tt.off, r)
		}
	}
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil
		mimecast20(fine)(w, r)
	})
	if r := find(t, run(within(t), newClient(t, f.endpoint(t)), pair(), Plan{}), CheckClock); r.State != Skipped {
		t.Errorf("%+v", r)
	}
}

func TestCheckTooNew(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for age, want := range map[time.Duration]Kind{18 * time.Minute: DisabledOrTooNew, 31 * time.Minute: UnknownApplication} {
		f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) { write(w, 200, developerKey) })
		c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return now }))
		r := find(t, run(within(t), c, vectorKeys(), Plan{ApplicationCreatedAt: now.Add(-age)}), CheckCredentials)
		if r.Kind != want || (want == DisabledOrTooNew) != strings.Contains(r.Fix, "another 12 minutes") {
			t.Errorf("%v: %+v", age, r)
		}
	}
}

func TestCheckHints(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) { write(w, 401, refusedBody) })
	c := newClient(t, f.endpoint(t))
	const uuid = "8578fcfc-a305-4d9a-99cb-f4d5ecefe297"
	certain := find(t, run(within(t), c, OAuth{ClientID: uuid, ClientSecret: secret.New(uuid)}, Plan{}), CheckCredentials)
	if certain.Kind != WrongAPI || !strings.Contains(certain.Fix, "API 1.0") {
		t.Errorf("%+v", certain)
	}
	hint := find(t, run(within(t), c, OAuth{ClientID: uuid, ClientSecret: secret.New(clientSecret)}, Plan{}), CheckCredentials)
	if hint.Kind != InvalidCredentials || !strings.Contains(hint.Fix, "About the client ID: it looks like an API 1.0 application ID") {
		t.Errorf("%+v", hint)
	}
}
