package client

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTextsOfTheNetworkAreCut: whatever a reply says is shown on one line of a screen, without the call's own secrets.
func TestTextsOfTheNetworkAreCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("n", 1<<20)
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", strings.Repeat("r", 1000))
		switch r.URL.Path {
		case accountPath:
			write(w, 200, `{"meta":{"status":200},"data":[{"accountName":"`+clientSecret+` `+long+`","accountCode":"`+long+`","region":"`+long+`","packages":["`+long+`",{"name":"`+clientSecret+`"}]}],"fail":[]}`)
		case whoamiPath:
			write(w, 200, `{"version":"`+long+`","type":"`+long+`","account-codes":{"cg":"`+long+`","ci":"`+long+`"}}`)
		default:
			mimecast20(fine)(w, r)
		}
	})
	c := newClient(t, f.endpoint(t))
	account, err := c.Account(within(t), pair())
	if err != nil {
		t.Fatal(err)
	}
	who, err := c.Whoami(within(t), pair())
	if err != nil {
		t.Fatal(err)
	}
	texts := append([]string{account.Name, account.Code, account.Region, who.Version, who.Type, who.CloudGateway, who.CloudIntegrated}, account.Packages...)
	reply, failure := c.call(within(t), pair(), Request{Path: "/api/x"})
	if failure != nil {
		t.Fatal(failure)
	}
	for _, text := range append(texts, reply.RequestID) {
		if text == "" || utf8.RuneCountInString(text) > 301 || strings.Contains(text, clientSecret) {
			t.Errorf("%d characters: %.80s", utf8.RuneCountInString(text), text)
		}
	}
	for _, r := range run(within(t), c, pair(), Plan{}) {
		if n := utf8.RuneCountInString(r.Detail); n > 1000 {
			t.Errorf("%s has a detail of %d characters", r.ID, n)
		}
	}
	host := strings.Repeat("h", 5000) + ".example.com"
	e := envelope(callOp, 302, header("Location", "https://"+host+"/"), nil)
	e.hide(redactor{})
	if n := utf8.RuneCountInString(e.Error()); n > 400 {
		t.Errorf("a redirect is told in %d characters", n)
	}
}

// TestAnAccountWithoutANameIsNone: neither a tick nor a question about the tenant.
func TestAnAccountWithoutANameIsNone(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"meta":{"status":200},"data":[{}],"fail":[]}`, `{"meta":{"status":200},"data":[{"accountName":" ","region":"us"}],"fail":[]}`,
		`{"meta":{"status":200},"data":[{"accountName":"\u0007\u202e"}],"fail":[]}`, `{"meta":{"status":200},"data":[null],"fail":[]}`,
	} {
		f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case accountPath:
				write(w, 200, body)
			case whoamiPath:
				write(w, 200, `{"account-codes":{}}`)
			default:
				mimecast20(fine)(w, r)
			}
		})
		for _, credential := range []Credential{pair(), vectorKeys()} {
			results := run(within(t), newClient(t, f.endpoint(t)), credential, Plan{})
			if r := find(t, results, CheckAccount); r.State != Failed || r.Kind != BadResponse || r.Account != nil || Judge(results).Account != nil {
				t.Errorf("%s: %+v", body, r)
			}
		}
	}
}

// TestConfirmed: what shows that a credential is accepted, and what does not.
func TestConfirmed(t *testing.T) {
	t.Parallel()
	took := Result{ID: CheckCredentials, State: Passed}
	account := func(state State, kind Kind, status int) Result {
		return Result{ID: CheckAccount, State: state, Kind: kind, HTTPStatus: status}
	}
	call := func(state State, kind Kind, status int) Result {
		return Result{ID: "area.call", State: state, Kind: kind, HTTPStatus: status}
	}
	for name, tt := range map[string]struct {
		results []Result
		want    bool
	}{
		"nothing":                               {nil, false},
		"a token alone":                         {[]Result{took}, false},
		"the account":                           {[]Result{took, account(Passed, "", 200)}, true},
		"the account without a token":           {[]Result{account(Passed, "", 200)}, false},
		"a call, the account not allowed":       {[]Result{took, account(Skipped, MissingPermission, 403), call(Passed, "", 200)}, true},
		"no call, the account not allowed":      {[]Result{took, account(Skipped, MissingPermission, 403)}, true},
		"a call refused, account not allowed":   {[]Result{took, account(Skipped, MissingPermission, 403), call(Failed, InvalidCredentials, 401)}, false},
		"a call unjudged, account not allowed":  {[]Result{took, account(Skipped, MissingPermission, 403), call(Failed, ProxyFailed, 403)}, false},
		"a call not allowed, account unjudged":  {[]Result{took, account(Warning, RateLimited, 429), call(Failed, MissingProduct, 403)}, true},
		"everything unjudged":                   {[]Result{took, account(Warning, ProxyFailed, 403), call(Warning, Server, 500)}, false},
		"a call that was not made":              {[]Result{took, account(Warning, Timeout, 0), call(Skipped, NotLicensed, 0)}, false},
		"the account refused after the token":   {[]Result{took, account(Failed, InvalidCredentials, 401)}, false},
		"a token that cannot be verified later": {[]Result{took, account(Failed, Server, 401), call(Failed, Server, 401)}, false},
	} {
		if got := Confirmed(tt.results); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	plan := Plan{Probes: []Probe{{ID: "a.b", Path: "/api/a?d={{domain}}"}, {ID: "a.c", Path: "/api/c"}}}
	if c := plan.Confirming(); !c.AccountOptional || len(c.Probes) != 1 || c.Probes[0].ID != "a.c" {
		t.Errorf("%+v", c)
	}
	plan.Domain = "example.com"
	if c := plan.Confirming(); len(c.Probes) != 1 || c.Probes[0].ID != "a.b" || c.Domain != plan.Domain {
		t.Errorf("%+v", c)
	}
}
