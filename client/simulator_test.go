package client_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/secret"
	"mimecred/client/simulator"
)

// lab is a simulator with a client for it.
type lab struct {
	*simulator.Server
	url    string
	client *client.Client
}

func newLab(t testing.TB, scenario string, opts ...client.Option) lab {
	t.Helper()
	options := []simulator.Option{}
	if scenario != "" {
		options = append(options, simulator.WithScenario(scenario))
	}
	running, err := simulator.Start(t.Context(), "", options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Close() })
	c, err := client.New(client.Endpoint{BaseURL: running.URL}, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return lab{running.Server, running.URL, c}
}

func (l lab) oauth() client.OAuth {
	d := l.Demo()
	return client.OAuth{ClientID: d.ClientID, ClientSecret: secret.New(d.ClientSecret)}
}

func (l lab) legacy() client.Legacy {
	d := l.Demo()
	return client.Legacy{
		ApplicationID: d.ApplicationID, ApplicationKey: secret.New(d.ApplicationKey),
		AccessKey: secret.New(d.AccessKey), SecretKey: secret.New(d.SecretKey),
	}
}

func (l lab) signIn() client.SignIn {
	d := l.Demo()
	return client.SignIn{ApplicationID: d.ApplicationID, Email: d.Email, Type: client.SignInCloud, Password: secret.New(d.Password)}
}

func (l lab) count(path string) int {
	n := 0
	for _, r := range l.Requests() {
		if r.Path == path {
			n++
		}
	}
	return n
}

func deadline(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// first is the first check that failed; all is fine when its id is empty.
func first(results []client.Result) client.Result {
	for _, r := range results {
		if r.State == client.Failed {
			return r
		}
	}
	return client.Result{}
}

func plan(t testing.TB, api client.API) client.Plan {
	t.Helper()
	p, err := catalog.Plan("", api, "example.com")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestScenarios(t *testing.T) {
	t.Parallel()
	const fine = ""
	type want struct {
		id   string
		kind client.Kind
	}
	// What the first failed check says in each scenario, for API 2.0 and API 1.0.
	scenarios := map[string][2]want{
		"none":                           {{fine, ""}, {fine, ""}},
		"nested-401":                     {{"credentials", client.InvalidCredentials}, {fine, ""}},
		"oauth-error":                    {{"credentials", client.InvalidCredentials}, {fine, ""}},
		"fail-in-token-200":              {{"credentials", client.InvalidCredentials}, {fine, ""}},
		"token-expired":                  {{fine, ""}, {fine, ""}},
		"token-expired-always":           {{"account", client.Server}, {fine, ""}},
		"token-verification-failed-once": {{fine, ""}, {fine, ""}},
		"developer-key-once":             {{fine, ""}, {fine, ""}},
		"application-disabled":           {{"credentials", client.InvalidCredentials}, {"credentials", client.UnknownApplication}},
		"application-too-new":            {{"credentials", client.InvalidCredentials}, {"credentials", client.UnknownApplication}},
		"html-502":                       {{"credentials", client.Server}, {"credentials", client.Server}},
		"captive-portal":                 {{"reach", client.BadResponse}, {"reach", client.BadResponse}},
		"redirect-other-host":            {{"reach", client.BadResponse}, {"reach", client.BadResponse}},
		"hang":                           {{"reach", client.Timeout}, {"reach", client.Timeout}},
		"drop-connection":                {{"reach", client.Network}, {"reach", client.Network}},
		"server-500":                     {{"account", client.Server}, {"credentials", client.Server}},
		"server-500-once":                {{fine, ""}, {fine, ""}},
		"gateway-timeout-504":            {{"account", client.Server}, {"credentials", client.Server}},
		"empty-400":                      {{"account", client.BadResponse}, {"credentials", client.BadResponse}},
		"truncated-json":                 {{"account", client.BadResponse}, {"credentials", client.BadResponse}},
		"wrong-content-type":             {{"account", client.BadResponse}, {"credentials", client.BadResponse}},
		"rfc7807":                        {{"account", client.ProxyFailed}, {"reach", client.ProxyFailed}},
		"error-object":                   {{"account", client.ProxyFailed}, {"reach", client.ProxyFailed}},
		"meta-status-403":                {{"account", client.MissingPermission}, {"account", client.MissingPermission}},
		"endpoint-404":                   {{"account", client.Unknown}, {"credentials", client.BadResponse}},
		"body-too-big":                   {{"account", client.BadResponse}, {"credentials", client.BadResponse}},
		"unknown-403":                    {{"account", client.MissingPermission}, {"account", client.MissingPermission}},
		"incorrect-region":               {{"account", client.WrongRegion}, {"credentials", client.WrongRegion}},
		"rate-limited-once":              {{fine, ""}, {fine, ""}},
		"rate-limited-long":              {{"account", client.RateLimited}, {"credentials", client.RateLimited}},
		"not-licensed":                   {{fine, ""}, {fine, ""}},
		"clock-ahead":                    {{fine, ""}, {fine, ""}},
		"clock-behind":                   {{fine, ""}, {fine, ""}},
		"skewed-refused":                 {{fine, ""}, {"clock", client.ClockSkew}},
		"host-of-api-1.0":                {{"reach", client.BadResponse}, {fine, ""}},
		"host-of-api-2.0":                {{fine, ""}, {"credentials", client.WrongAPI}},
	}
	left := map[string]string{
		"slow": "only takes longer", "rate-limited": "takes three waits of 1.2 s, see the test of waiting",
		"discover-no-region": "see TestDiscoverAndSignIn", "login-not-supported": "see TestSecondFactorShapes",
		"second-factor-unknown-code": "see TestSecondFactorShapes", "second-factor-200-fail": "see TestSecondFactorShapes",
		"second-factor-two-step-without-exchange": "see TestSecondFactorShapes", "second-factor-keys-that-fail": "see TestSecondFactorShapes",
	}
	for _, s := range simulator.Scenarios() {
		if _, known := scenarios[s.Name]; !known && left[s.Name] == "" {
			t.Errorf("the scenario %s is not tested", s.Name)
		}
	}
	for name, wants := range scenarios {
		for i, api := range []client.API{client.API20, client.API10} {
			t.Run(name+" "+string(api), func(t *testing.T) {
				t.Parallel()
				l := newLab(t, name, client.WithTimeouts(client.Timeouts{Header: 30 * time.Second}))
				if name == "hang" {
					l = newLab(t, name, client.WithTimeouts(client.Timeouts{Header: 30 * time.Millisecond}))
				}
				var credential client.Credential = l.oauth()
				if api == client.API10 {
					credential = l.legacy()
				}
				p := plan(t, api)
				results := slices.Collect(l.client.Check(deadline(t), credential, p))
				if len(results) != len(p.Steps()) {
					t.Errorf("%d results for %d steps", len(results), len(p.Steps()))
				}
				r := first(results)
				if r.ID != wants[i].id || r.Kind != wants[i].kind {
					t.Errorf("got %s %s, want %s %s: %+v", r.ID, r.Kind, wants[i].id, wants[i].kind, r)
				}
				if r.State == client.Failed && (r.Meaning == "" || r.Fix == "") {
					t.Errorf("%+v is not explained", r)
				}
				for _, request := range l.Requests() {
					if request.Write || strings.Contains(request.Path, "redirected") {
						t.Errorf("%s %s was called", request.Method, request.Path)
					}
				}
				if api == client.API20 && wants[i].kind == client.InvalidCredentials && wants[i].id == "credentials" && l.count("/oauth/token") != 1 {
					t.Errorf("%d token requests for one refusal", l.count("/oauth/token"))
				}
			})
		}
	}
}

func TestScenarioWarningsAndSkips(t *testing.T) {
	t.Parallel()
	for scenario, detail := range map[string]string{"clock-ahead": "10 minutes behind Mimecast", "clock-behind": "10 minutes ahead of Mimecast"} {
		l := newLab(t, scenario)
		for r := range l.client.Check(deadline(t), l.legacy(), client.Plan{}) {
			if r.ID == client.CheckClock && (r.State != client.Warning || r.Kind != client.ClockSkew || r.Detail != detail) {
				t.Errorf("%s: %+v", scenario, r)
			}
		}
	}
	l := newLab(t, "not-licensed")
	p := client.Plan{Probes: []client.Probe{{
		ID: "awareness.campaigns", Method: "POST", Path: "/api/awareness-training/campaign/get-campaigns", Body: []byte(`{"data":[]}`),
		Package: "Awareness Training [1078]",
	}}}
	results := slices.Collect(l.client.Check(deadline(t), l.legacy(), p))
	if r := results[len(results)-1]; r.State != client.Skipped || r.Kind != client.NotLicensed {
		t.Errorf("%+v", r)
	}
}

func TestReadyCredentials(t *testing.T) {
	t.Parallel()
	l := newLab(t, "")
	text := func(from map[string]any, key string) string {
		s, _ := from[key].(string)
		return s
	}
	for _, ready := range l.Credentials(l.url) {
		from := ready.From
		if from["create_keys"] != nil {
			continue // see TestDiscoverAndSignIn
		}
		api := client.API(text(from, "api"))
		var credential client.Credential = client.OAuth{ClientID: text(from, "client_id"), ClientSecret: secret.New(text(from, "client_secret"))}
		if api == client.API10 {
			credential = client.Legacy{
				ApplicationID: text(from, "application_id"), ApplicationKey: secret.New(text(from, "application_key")),
				AccessKey: secret.New(text(from, "access_key")), SecretKey: secret.New(text(from, "secret_key")),
			}
		}
		r := first(slices.Collect(l.client.Check(deadline(t), credential, plan(t, api))))
		if string(r.Kind) != ready.Kind {
			t.Errorf("%s: %+v, want %s", ready.Name, r, ready.Kind)
		}
	}
}

func TestWrongLegacyValues(t *testing.T) {
	t.Parallel()
	l := newLab(t, "")
	change := func(f func(*client.Legacy)) client.Legacy {
		k := l.legacy()
		f(&k)
		return k
	}
	other := secret.New("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==")
	for name, tt := range map[string]struct {
		keys    client.Legacy
		kind    client.Kind
		meaning string
	}{
		"application ID":  {change(func(k *client.Legacy) { k.ApplicationID = "11111111-2222-4333-8444-555555555555" }), client.UnknownApplication, "does not know this application ID"},
		"application key": {change(func(k *client.Legacy) { k.ApplicationKey = secret.New("11111111-2222-4333-8444-555555555555") }), client.InvalidCredentials, "cannot be told apart"},
		"secret key":      {change(func(k *client.Legacy) { k.SecretKey = other }), client.InvalidCredentials, "cannot be told apart"},
		"access key":      {change(func(k *client.Legacy) { k.AccessKey = secret.New(strings.Repeat("A", 150)) }), client.InvalidCredentials, "does not know this access key"},
	} {
		_, err := l.client.Account(deadline(t), tt.keys)
		d := client.Diagnose(err, client.API10)
		if d.Kind != tt.kind || !strings.Contains(d.Meaning, tt.meaning) {
			t.Errorf("wrong %s: %+v", name, d)
		}
	}
}

func TestDiscoverAndSignIn(t *testing.T) {
	t.Parallel()
	l := newLab(t, "")
	s := l.signIn()
	found, err := l.client.Discover(deadline(t), s.ApplicationID, s.Email)
	if err != nil || found.BaseURL != l.url {
		t.Fatalf("discovered %+v, %v", found, err)
	}
	_, err = l.client.SignIn(deadline(t), s)
	var second *client.SecondFactorError
	if !errors.As(err, &second) || second.Wrong {
		t.Fatalf("the first sign-in gives %v", err)
	}
	code := l.Code(s.Email)
	wrong := []byte(code)
	wrong[0] = '0' + (wrong[0]-'0'+1)%10
	s.Code = secret.New(string(wrong))
	if _, err = l.client.SignIn(deadline(t), s); !errors.As(err, &second) || !second.Wrong || second.Message == "" {
		t.Fatalf("a wrong code gives %v", err)
	}
	s.Code = secret.New(code)
	keys, err := l.client.SignIn(deadline(t), s)
	if err != nil {
		t.Fatal(err)
	}
	if n := l.count("/api/login/login"); n != 3 {
		t.Errorf("%d sign-ins", n)
	}
	legacy := l.legacy()
	legacy.AccessKey, legacy.SecretKey = keys.AccessKey, keys.SecretKey
	if r := first(slices.Collect(l.client.Check(deadline(t), legacy, client.Plan{}))); r.ID != "" {
		t.Errorf("%+v", r)
	}

	// Renewing keeps both keys.
	l.ExpireKeys(s.Email)
	if _, err := l.client.Account(deadline(t), legacy); client.Diagnose(err, client.API10).Kind != client.ExpiredKeys {
		t.Errorf("expired keys give %v", err)
	}
	s.Code, s.Expired = secret.Value{}, keys.AccessKey
	if _, err = l.client.SignIn(deadline(t), s); errors.As(err, &second) {
		s.Code = secret.New(l.Code(s.Email))
	}
	renewed, err := l.client.SignIn(deadline(t), s)
	if err != nil || !renewed.AccessKey.Equal(keys.AccessKey) || !renewed.SecretKey.Equal(keys.SecretKey) {
		t.Errorf("renewing gives %v", err)
	}
	if _, err := l.client.Account(deadline(t), legacy); err != nil {
		t.Errorf("renewed keys give %v", err)
	}

	// A key that is logged out is unknown.
	if err := l.client.SignOut(deadline(t), legacy, legacy.AccessKey); err != nil {
		t.Error(err)
	}
	if _, err := l.client.Account(deadline(t), legacy); client.Diagnose(err, client.API10).Kind != client.InvalidCredentials {
		t.Errorf("a key that is logged out gives %v", err)
	}

	if err := l.SetScenario("discover-no-region"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.client.Discover(deadline(t), s.ApplicationID, s.Email); client.Diagnose(err, client.API10).Kind != client.Validation {
		t.Errorf("no region gives %v", err)
	}
}

func TestSecondFactorShapes(t *testing.T) {
	t.Parallel()
	for scenario, tt := range map[string]struct {
		code    bool        // a code is asked for
		kind    client.Kind // otherwise
		message string
	}{
		"second-factor-unknown-code":              {false, client.InvalidCredentials, "The request could not be completed"},
		"second-factor-200-fail":                  {true, "", "Two-step authentication is required for this user"},
		"second-factor-two-step-without-exchange": {true, "", ""},
		"login-not-supported":                     {false, client.InvalidCredentials, "Authentication type not supported for the user"},
	} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, scenario)
			s := l.signIn()
			for _, code := range []string{"", "123456"} {
				s.Code = secret.New(code)
				_, err := l.client.SignIn(deadline(t), s)
				var second *client.SecondFactorError
				if errors.As(err, &second) != tt.code {
					t.Fatalf("got %v", err)
				}
				if tt.code {
					if second.Message != tt.message || second.Wrong != (code != "") {
						t.Errorf("got %+v", second)
					}
					continue
				}
				var e *client.Error
				if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(e.Message, tt.message) {
					t.Errorf("got %v", err)
				}
				if d := client.Diagnose(err, client.API10); !strings.HasPrefix(d.Meaning, "Mimecast refused the sign-in") || !strings.Contains(d.Fix, "Create Keys") {
					t.Errorf("explained as %+v", d)
				}
			}
			if n := l.count("/api/login/login"); n != 2 {
				t.Errorf("%d requests for two sign-ins", n)
			}
		})
	}
	t.Run("second-factor-keys-that-fail", func(t *testing.T) {
		t.Parallel()
		l := newLab(t, "second-factor-keys-that-fail")
		keys, err := l.client.SignIn(deadline(t), l.signIn())
		if err != nil {
			t.Fatal(err)
		}
		legacy := l.legacy()
		legacy.AccessKey, legacy.SecretKey = keys.AccessKey, keys.SecretKey
		r := first(slices.Collect(l.client.Check(deadline(t), legacy, client.Plan{})))
		if r.ID != client.CheckCredentials || r.Kind != client.InvalidCredentials || !strings.Contains(r.Fix, "Create Keys") {
			t.Errorf("%+v", r)
		}
	})
}
