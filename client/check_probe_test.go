package client

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestCheckPlaceholders(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 5, 0, 30, 0, 0, time.FixedZone("x", -3600))
	var bodies, uris atomic.Value
	f := serve(t, plain, mimecast20(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == "POST" {
			read, _ := io.ReadAll(r.Body)
			bodies.Store(string(read))
		} else {
			uris.Store(r.URL.RequestURI())
		}
		write(w, 200, okBody)
	}))
	plan := Plan{Domain: `ex"ample.com`, Probes: []Probe{
		{ID: "a.post", Method: "POST", Path: "/api/a", Body: []byte(`{"from":"{{from}}","to":"{{to}}","day":"{{day}}","domain":"{{domain}}"}`)},
		{ID: "a.get", Method: "GET", Path: "/a?from={{from}}&day={{day}}&domain={{domain}}"},
	}}
	c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return now }))
	for _, r := range run(within(t), c, pair(), plan) {
		if r.ID == "a.get" && (r.State != Passed || r.Path != "/a") {
			t.Errorf("%+v", r)
		}
	}
	if got, want := bodies.Load(), `{"from":"2026-03-05T00:30:00+0000","to":"2026-03-05T01:30:00+0000","day":"2026-03-05","domain":"ex\"ample.com"}`; got != want {
		t.Errorf("got %s", got)
	}
	if got, want := uris.Load(), "/a?from=2026-03-05T00%3A30%3A00%2B0000&day=2026-03-05&domain=ex%22ample.com"; got != want {
		t.Errorf("got %s", got)
	}
	plan.Domain = ""
	results := run(within(t), c, pair(), plan)
	for _, id := range []string{"a.post", "a.get"} {
		if r := find(t, results, id); r.State != Skipped || r.Kind != "" || !strings.Contains(r.Detail, "internal domain") {
			t.Errorf("%+v", r)
		}
	}
}

func TestCheckKnowsLicencesAndPlatforms(t *testing.T) {
	t.Parallel()
	plan := Plan{Probes: []Probe{
		{ID: "p.has", Method: "POST", Path: "/api/p/has", Package: "Awareness Training [1078]"},
		{ID: "p.renamed", Method: "POST", Path: "/api/p/renamed", Package: "Training [1078]"},
		{ID: "p.lacks", Method: "POST", Path: "/api/p/lacks", Package: "BYO: Threat Intelligence [1089]"},
		{ID: "p.gateway", Method: "GET", Path: "/user/cloud-gateway/v1/users?pageSize=1"},
		{ID: "p.integrated", Method: "GET", Path: "/email/cloud-integrated/v1/x"},
		{ID: "p.legacy", Method: "POST", Path: "/api/p/legacy"},
	}}
	answer := func(who string, account int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == whoamiPath:
				write(w, 200, who)
			case r.URL.Path == accountPath && account != 200:
				write(w, account, ``)
			case strings.Contains(r.URL.Path, "/cloud-gateway/") && who == whoamiCIBody, r.URL.Path == "/api/p/legacy" && who == whoamiCIBody,
				strings.Contains(r.URL.Path, "/cloud-integrated/") && who == whoamiBody:
				write(w, 404, ``)
			default:
				mimecast20(fine)(w, r)
			}
		}
	}
	state := func(results []Result, id string) string {
		r := find(t, results, id)
		return string(r.State) + " " + string(r.Kind)
	}
	check := func(handler http.HandlerFunc) []Result {
		f := serve(t, plain, handler)
		return run(within(t), newClient(t, f.endpoint(t)), pair(), plan)
	}
	gateway := check(answer(whoamiBody, 200))
	for id, want := range map[string]string{
		"p.has": "passed ", "p.renamed": "passed ", "p.lacks": "skipped not_licensed", "p.gateway": "passed ", "p.integrated": "skipped not_licensed",
	} {
		if got := state(gateway, id); got != want {
			t.Errorf("gateway: %s is %s", id, got)
		}
	}
	integrated := check(answer(whoamiCIBody, 404))
	for id, want := range map[string]string{
		CheckAccount: "passed ", "p.has": "passed ", "p.lacks": "passed ", "p.gateway": "skipped not_licensed", "p.integrated": "passed ", "p.legacy": "skipped not_licensed",
	} {
		if got := state(integrated, id); got != want {
			t.Errorf("integrated: %s is %s", id, got)
		}
	}
	if r := find(t, integrated, CheckAccount); r.Detail != "CI00A000 · Cloud Integrated" || r.Account == nil || !r.Account.CloudIntegrated || r.Account.CloudGateway {
		t.Errorf("%+v", r)
	}
}

func TestAccountAndWhoami(t *testing.T) {
	t.Parallel()
	body := strings.Replace(accountBody, `"Awareness Training [1078]"`, `{"name":"Awareness Training","code":1078},{"id":"[5]","name":"X"},{"name":"Y [7]","id":7},{},3`, 1)
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		if !on(accountPath, 200, body)(w, r) {
			mimecast20(fine)(w, r)
		}
	})
	c := newClient(t, f.endpoint(t))
	account, err := c.Account(within(t), pair())
	if err != nil || !slices.Equal(account.Packages, []string{"Mimecast Platform [1033]", "Awareness Training [1078]", "X [5]", "Y [7]"}) {
		t.Errorf("got %+v, %v", account, err)
	}
	who, err := c.Whoami(within(t), pair())
	if err != nil || who.CloudGateway != "CUSA00A000" || who.CloudIntegratedOnly() {
		t.Errorf("got %+v, %v", who, err)
	}
	down := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == tokenPath {
			write(w, 200, tokenBody)
			return
		}
		write(w, 403, noProduct)
	})
	c = newClient(t, down.endpoint(t))
	if _, err := c.Account(within(t), pair()); asError(err).Kind != MissingProduct {
		t.Errorf("got %v", err)
	}
	if _, err := c.Whoami(within(t), pair()); asError(err).Kind != MissingProduct {
		t.Errorf("got %v", err)
	}
}

func TestAccountKeepsNoSecretOfTheReply(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, mimecast20(fine))
	results := run(within(t), newClient(t, f.endpoint(t)), pair(), Plan{})
	var all bytes.Buffer
	for _, r := range results {
		all.WriteString(strings.Join([]string{r.Detail, r.Message, r.Meaning, r.Fix}, " "))
		if r.Account != nil {
			all.WriteString(strings.Join(r.Account.Packages, " ") + r.Account.words())
		}
	}
	if strings.Contains(all.String(), "zq-pass-qz") {
		t.Error("the passphrase shows")
	}
}

func TestARefusedCallDoesNotBlameAnAcceptedCredential(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/area/call-a" {
			write(w, 401, badSignature)
			return
		}
		mimecast20(fine)(w, r)
	})
	g := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/area/call-a" {
			write(w, 401, `{"fail":[{"code":"unauthorized","message":"Access denied"}]}`)
			return
		}
		mimecast20(fine)(w, r)
	})
	for _, tt := range []struct {
		credential Credential
		at         *fake
		want       []string
	}{
		{vectorKeys(), f, []string{"the same keys", "refused this one", "few minutes", "Account > Roles", "tick Gateway | Tracking | Read"}},
		{pair(), g, []string{"accepted the client ID and client secret and refused this call", "few minutes", "tick Gateway | Tracking | Read", "product Email Security Cloud Gateway"}},
	} {
		r := find(t, run(within(t), newClient(t, tt.at.endpoint(t)), tt.credential, Plan{Probes: probes(1)}), "area.call-a")
		for _, want := range tt.want {
			if !strings.Contains(r.Meaning+" "+r.Fix, want) {
				t.Errorf("%q is missing in %q / %q", want, r.Meaning, r.Fix)
			}
		}
		if r.Kind.Refused() || r.HTTPStatus != 401 || r.Message == "" {
			t.Errorf("%+v", r)
		}
	}
}
