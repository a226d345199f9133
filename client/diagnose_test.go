package client

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestEveryKindIsExplained(t *testing.T) {
	t.Parallel()
	for _, api := range []API{API10, API20} {
		for _, kind := range Kinds() {
			d := Diagnose(fmt.Errorf("checking: %w", &Error{Kind: kind}), api)
			for what, text := range map[string]string{"meaning": d.Meaning, "fix": d.Fix, "FixFor": FixFor(kind, api, nil, "")} {
				if !strings.HasSuffix(text, ".") || text[:1] != strings.ToUpper(text[:1]) || strings.ContainsAny(text, "!\n") || strings.Contains(text, "  ") {
					t.Errorf("%s %s: the %s is %q", api, kind, what, text)
				}
			}
			if d.Kind != kind {
				t.Errorf("%s is diagnosed as %s", kind, d.Kind)
			}
			if strings.Count(d.Meaning, ". ") > 1 {
				t.Errorf("%s %s: the meaning is no plain sentence: %q", api, kind, d.Meaning)
			}
		}
	}
}

func TestDiagnosisNamesTheMenu(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		err  error
		api  API
		want []string // parts of meaning and fix
	}{
		{"1.0 refused", &Error{Kind: InvalidCredentials, HTTPStatus: 401}, API10, []string{"cannot be told apart", "Your Application Integrations", "region"}},
		{"1.0 unknown access key", &Error{Kind: InvalidCredentials, HTTPStatus: 401, AccessKeyUnknown: true}, API10, []string{"does not know this access key", "password changes"}},
		{"1.0 secret key", &Error{Kind: InvalidCredentials, Field: "secret_key"}, API10, []string{"not base64", "88 characters"}},
		{"1.0 application", &Error{Kind: UnknownApplication}, API10, []string{"application ID", "Enabled", "30 minutes"}},
		{"1.0 expired", &Error{Kind: ExpiredKeys}, API10, []string{"expired", "Services > Applications > Authentication Profiles > Authentication TTL", "Never Expires", "create new keys, by signing in here as the service user or in the console", "Create Keys"}},
		{"1.0 permission", &Error{Kind: MissingPermission, HTTPStatus: 403, Message: "no"}, API10, []string{"service user's role", "Account > Roles", "Account > Admin Roles", "licensed"}},
		{"1.0 404", &Error{Kind: Unknown, HTTPStatus: 404}, API10, []string{"no such call", "Cloud Integrated"}},
		{"sign-in", &Error{Kind: InvalidCredentials, HTTPStatus: 401, Op: "POST /api/login/login", Message: "verbatim"}, API10, []string{"Mimecast refused the sign-in.", "password", "Cloud", "Domain", "second step", "single sign-on", "Create Keys", "lock"}},
		{"sign-in without keys", &Error{Kind: BadResponse, HTTPStatus: 200, Op: "POST /api/login/login"}, API10, []string{"without keys", "console instead", "Create Keys"}},
		{"discover", &Error{Kind: Validation, HTTPStatus: 200, Op: "POST /api/login/discover-authentication"}, API10, []string{"no region", "e-mail address"}},
		{"2.0 refused", &Error{Kind: InvalidCredentials, HTTPStatus: 401}, API20, []string{"does not say which", "same dialog", "Manage API 2.0 credentials > Generate", "new client ID"}},
		{"2.0 permission", &Error{Kind: MissingPermission, HTTPStatus: 403, Message: "Forbidden to perform the requested operation"}, API20, []string{"application's role", "Account > Roles"}},
		{"2.0 product", &Error{Kind: MissingProduct, HTTPStatus: 403}, API20, []string{"products", "cannot be changed later", "Mimecast API 2.0 > Generate Keys", "Integrations Hub"}},
		{"2.0 unfamiliar 403", &Error{Kind: MissingPermission, HTTPStatus: 403, Message: "computer says no"}, API20, []string{"Account > Roles", "may lack the product", "Generate Keys"}},
		{"2.0 404", &Error{Kind: Unknown, HTTPStatus: 404}, API20, []string{"no such call", "Cloud Integrated alone"}},
		{"wrong API 1.0", &Error{Kind: WrongAPI}, API10, []string{"different generations", "us-api.mimecast.com"}},
		{"wrong API 2.0", &Error{Kind: WrongAPI}, API20, []string{"Application ID", "api.services.mimecast.com"}},
		{"clock ahead", &Error{Kind: ClockSkew, Skew: 17 * time.Minute}, API10, []string{"17 minutes ahead of Mimecast's", "NTP"}},
		{"clock behind", &Error{Kind: ClockSkew, Skew: -26 * time.Hour}, API10, []string{"26 hours behind Mimecast's"}},
		{"clock, skew unknown", &Error{Kind: ClockSkew}, API10, []string{"too far off"}},
		{"rate limit", &Error{Kind: RateLimited, RetryAfter: 90 * time.Second}, API20, []string{"Wait 90 seconds"}},
		{"TLS", &Error{Kind: TLS, Issuer: "CN=Corp Inspect"}, API20, []string{"CN=Corp Inspect", "CA file", "cannot be switched off"}},
		{"proxy unreachable", &Error{Kind: ProxyFailed}, API20, []string{"cannot be reached", "HTTPS_PROXY"}},
		{"redirect", &Error{Kind: BadResponse, HTTPStatus: 302}, API20, []string{"never followed", "base URL"}},
		{"HTML", &Error{Kind: BadResponse, HTTPStatus: 200, Err: errHTML}, API10, []string{"web page", "proxy", "us-api.mimecast.com"}},
		{"HTML 503", &Error{Kind: Server, HTTPStatus: 503, Err: errHTML}, API20, []string{"HTTP 503", "Mimecast has a fault", "a proxy in between", "few minutes", "a proxy answers"}},
		{"validation with field", &Error{Kind: Validation, HTTPStatus: 200, Field: "from"}, API20, []string{"from"}},
		{"address", &Error{Kind: Validation, HTTPStatus: 200, Message: "0003 Forbidden To Perform Operation For Address"}, API20, []string{"internal domain"}},
		{"code wanted", &SecondFactorError{}, API10, []string{"one-time code before", "Create Keys"}},
		{"code refused", &SecondFactorError{Wrong: true}, API10, []string{"refused the one-time code", "Create Keys"}},
		{"timeout while connecting", &Error{Kind: Timeout, Err: errors.New("while connecting: x")}, API10, []string{"No connection came about in time"}},
		{"timeout of the name", &Error{Kind: Timeout, Err: errors.New("while looking up the name: x")}, API10, []string{"not looked up in time"}},
		{"timeout of the body", &Error{Kind: Timeout, Err: errors.New("while reading the reply: x")}, API10, []string{"did not end in time"}},
		{"no connection", &Error{Kind: Network, Err: errors.New("while connecting: x")}, API10, []string{"No connection to the host"}},
		{"any cancel", fmt.Errorf("x: %w", context.Canceled), API10, []string{"called off"}},
		{"any deadline", context.DeadlineExceeded, API10, []string{"no answer in time"}},
		{"any error", errors.New("odd"), API10, []string{"not known here"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := Diagnose(tt.err, tt.api)
			for _, want := range tt.want {
				if !strings.Contains(d.Meaning+" "+d.Fix, want) {
					t.Errorf("%q is missing in %q / %q", want, d.Meaning, d.Fix)
				}
			}
		})
	}
}

func TestDiagnoseNothing(t *testing.T) {
	t.Parallel()
	if d := Diagnose(nil, API10); d != (Diagnosis{}) {
		t.Errorf("got %+v", d)
	}
	if fix := FixFor("", API20, nil, ""); fix != "" {
		t.Errorf("got %q", fix)
	}
}

func TestFixForNamesWhatTheProbeNeeds(t *testing.T) {
	t.Parallel()
	products := []string{"userandgroupmanagement", "emailsecurityonboarding"}
	product := FixFor(MissingProduct, API20, products, "Directories | Internal | Read")
	if !strings.Contains(product, "one of the products User and Group Management or Email Security Onboarding") {
		t.Errorf("got %q", product)
	}
	if one := FixFor(MissingProduct, API20, products[:1], ""); !strings.Contains(one, "the product User and Group Management with") && !strings.Contains(one, "with the product User and Group Management") {
		t.Errorf("got %q", one)
	}
	for _, api := range []API{API10, API20} {
		if fix := FixFor(MissingPermission, api, products, "Directories | Internal | Read"); !strings.Contains(fix, "tick Directories | Internal | Read, save") {
			t.Errorf("got %q", fix)
		}
	}
	if oneOf(nil) != "" || oneOf([]string{"a", "b", "c"}) != "a, b or c" {
		t.Error("alternatives are put into words wrongly")
	}
}

func TestProductTitles(t *testing.T) {
	t.Parallel()
	for _, id := range strings.Fields(`accountmanagement archivedataaccess auditevents awarenesstraining cloud-integrated cloudgateway
		connector dmarcanalyzer domainmanagement emailsecurityonboarding human-risk integrationmanagement policymanagement securityevents
		threatmanagement threatremediationci threatssecurityeventsanddataforcg threatssecurityeventsanddataforci userandgroupmanagement`) {
		if title := productTitle(id); title == id || title == "" {
			t.Errorf("%s has no title", id)
		}
	}
	if productTitle("new-one") != "new-one" {
		t.Error("an unknown product loses its id")
	}
}

func TestRoughly(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		0: "0 seconds", time.Second: "1 second", 90 * time.Second: "90 seconds", 119 * time.Second: "119 seconds", 2 * time.Minute: "2 minutes",
		26 * time.Hour: "26 hours", 72 * time.Hour: "3 days", 1700 * time.Millisecond: "2 seconds",
	} {
		if got := roughly(d); got != want {
			t.Errorf("%v is %q", d, got)
		}
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	for want, e := range map[string]*Error{
		"POST /x: HTTP 403 c: m":           {Kind: MissingPermission, Op: "POST /x", HTTPStatus: 403, Code: "c", Message: "m"},
		"POST /x: while connecting: cause": {Kind: Network, Op: "POST /x", Err: fmt.Errorf("while connecting: %w", cause)},
		"unknown":                          {Kind: Unknown},
	} {
		if e.Error() != want {
			t.Errorf("got %q, want %q", e.Error(), want)
		}
	}
	if !errors.Is(&Error{Err: cause}, cause) {
		t.Error("the cause is lost")
	}
	second := &SecondFactorError{Message: "m", Reply: &Error{Kind: Unknown}}
	if second.Error() != "a one-time code is needed: m" || asError(second).Kind != Unknown || errors.Unwrap(&SecondFactorError{}) != nil {
		t.Errorf("got %q", second.Error())
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds() {
		if k.Refused() && k.Unjudged() {
			t.Errorf("%s is both refused and not judged", k)
		}
	}
	if !ClockSkew.Refused() || !RateLimited.Unjudged() || MissingProduct.Refused() || MissingProduct.Unjudged() || Canceled.Refused() {
		t.Error("a kind has the wrong exit code")
	}
}

func TestSameAndSealed(t *testing.T) {
	t.Parallel()
	if !Same(nil, nil) || Same(nil, pair()) || Same(pair(), vectorKeys()) || !Same(pair(), pair()) || !Same(vectorKeys(), vectorKeys()) {
		t.Error("Same is wrong")
	}
	other := vectorKeys()
	other.SecretKey = pair().ClientSecret
	if Same(vectorKeys(), other) || vectorKeys().Identifier() == "" || pair().Identifier() == "" {
		t.Error("Same does not see the secrets")
	}
}
