package client

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"mimecred/client/secret"
)

// The bodies of refusals as public reports have them.
const (
	everyCallRefused = `{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`
	notVerified      = `{"fail":[{"code":"token_verification_failed"}]}`
	noPackage        = `{"meta":{"status":403},"data":[],"fail":[{"errors":[{"code":"err_package_not_enabled","message":"Account package not enabled for this operation","retryable":false}]}]}`
	badStart         = `{"meta":{"status":200},"data":[],"fail":[{"errors":[{"code":"err_track_and_trace_invalid_start_date","message":"Start date is invalid","retryable":false}]}]}`
	retired          = `{"meta":{"status":410},"data":[],"fail":[{"errors":[{"code":"err_api_retired","message":"Mimecast API 1.0 has been retired. Use API 2.0.","retryable":false}]}]}`
)

// everywhere answers each data call alike; the token is given.
func everywhere(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == tokenPath {
			write(w, 200, tokenBody)
			return
		}
		write(w, status, body)
	}
}

// answering answers one call so, and all others as they should be.
func answering(path string, status int, body string, headers ...string) http.HandlerFunc {
	return mimecast20(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			for i := 0; i+1 < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			write(w, status, body)
			return
		}
		fine(w, r)
	})
}

func TestAdviceIsTrueForTheRun(t *testing.T) {
	t.Parallel()
	const call = "/api/area/call-a"
	passed := History{PassedAt: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)}
	tests := []struct {
		name   string
		source string
		by     http.HandlerFunc
		plan   Plan
		id     string
		kind   Kind
		want   []string // parts of meaning and fix
		never  []string
	}{
		{
			"every data call refused", "SEKOIA-IO/automation-library #1263", everywhere(401, everyCallRefused),
			Plan{Probes: probes(2)},
			"area.call-a", InvalidCredentials,
			[]string{"gave a token and refused every call", "Manage API 2.0 credentials"},
			[]string{"If only", "If every", "tick"},
		},
		{
			"every data call refused, all optional", "the same", everywhere(401, everyCallRefused),
			Plan{AccountOptional: true, Probes: optional(probes(2))},
			CheckAccount, InvalidCredentials,
			[]string{"refused every call"},
			nil,
		},
		{
			"one data call refused", "the same", answering(call, 401, everyCallRefused),
			Plan{Probes: probes(2)},
			"area.call-a", Unknown,
			[]string{"accepted the client ID and client secret", "few minutes"},
			[]string{"If only", "every call", "Generate,"},
		},
		{
			"token not verified", "rapid7/insightconnect-plugins #3412", answering(call, 401, notVerified),
			Plan{Probes: probes(1)},
			"area.call-a", Server,
			[]string{"could not verify the token", "Try again in a few minutes"},
			[]string{"tick", "Copy"},
		},
		{
			"unauthorized request", "the same", answering(call, 401, `{"fail":[{"message":"Unauthorized Request"}]}`),
			Plan{Probes: probes(1)},
			"area.call-a", Server,
			[]string{"could not verify the token"},
			nil,
		},
		{
			"a wait is named", "JoshuaSmeda/mimecast #1", answering(call, 429, ``, "X-RateLimit-Reset", "840000"),
			Plan{Probes: probes(1)},
			"area.call-a", RateLimited,
			[]string{"Wait 14 minutes", "polling interval", "an application of its own"},
			[]string{"5 minutes"},
		},
		{
			"no wait is named", "elastic/integrations #11460", answering(call, 429, `{"detail":"Over throttling limit (10000/hour)"}`),
			Plan{Probes: probes(1)},
			"area.call-a", RateLimited,
			[]string{"does not say when", "polling interval"},
			[]string{"minute and", "Wait "},
		},
		{
			"a new application", "Coretelligent's and AirMDR's guides", everywhere(403, noProduct),
			Plan{Probes: probes(1)},
			"area.call-a", MissingProduct,
			[]string{"Wait a few minutes first if the application is new"},
			nil,
		},
		{
			"a product missing of an old application", "the same", answering(call, 403, noProduct),
			Plan{Probes: probes(2)},
			"area.call-a", MissingProduct,
			[]string{"cannot be changed later"},
			[]string{"Wait a few minutes first"},
		},
		{
			"no domain was sent", "demisto/content #2661", answering(call, 200, badStart),
			Plan{Domain: "example.com", Probes: probes(1)},
			"area.call-a", Validation,
			[]string{"the code and the message"},
			[]string{"domain"},
		},
		{
			"method not allowed", "demisto/content #2661", answering(call, 405, ``),
			Plan{Probes: probes(2)},
			"area.call-a", "",
			nil,
			[]string{"the code", "the message"},
		},
		{
			"no package", "made up, after Mimecast's KB on packages", answering(call, 403, noPackage),
			Plan{Probes: probes(1)},
			"area.call-a", NotLicensed,
			[]string{"package"},
			[]string{"tick"},
		},
		{
			"a product that others have", "made up", answering(call, 403, `{"fail":[{"code":"app_forbidden","message":"no"}]}`),
			Plan{Probes: sameProduct(probes(2))},
			"area.call-a", MissingPermission,
			[]string{"tick"},
			[]string{"lack the product", "create a new one"},
		},
		{
			"permission lost", "issue 4", answering(call, 403, noPermission),
			Plan{History: passed, Probes: probes(1)},
			"area.call-a", MissingPermission,
			[]string{"It passed on 21 November 2026.", "changed the application's role", "tick Gateway | Tracking | Read"},
			nil,
		},
		{
			"permission that never was", "issue 4", answering(call, 403, noPermission),
			Plan{History: History{PassedAt: passed.PassedAt, Passed: []string{"account"}}, Probes: probes(1)},
			"area.call-a", MissingPermission,
			[]string{"tick"},
			[]string{"It passed on"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, plain, tt.by)
			r := find(t, run(within(t), newClient(t, f.endpoint(t)), pair(), tt.plan), tt.id)
			if tt.kind != "" && r.Kind != tt.kind || r.State != Failed && r.State != Warning {
				t.Errorf("%s: got %s %s", tt.source, r.State, r.Kind)
			}
			says(t, r.Meaning+" "+r.Fix, tt.want, tt.never)
		})
	}
}

func says(t *testing.T, text string, want, never []string) {
	t.Helper()
	for _, part := range want {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in %q", part, text)
		}
	}
	for _, part := range never {
		if strings.Contains(text, part) {
			t.Errorf("%q must not be in %q", part, text)
		}
	}
}

func sameProduct(list []Probe) []Probe {
	for i := range list {
		list[i].Products, list[i].Permission = []string{"cloudgateway"}, "Permission "+list[i].ID
	}
	return list
}

func TestRefusalAfterAPassIsExplainedByWhatChanged(t *testing.T) {
	t.Parallel()
	at := circumstances{history: History{PassedAt: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)}, passedBefore: true, permission: "Gateway | Tracking | Read", products: []string{"cloudgateway"}}
	for _, tt := range []struct {
		api   API
		kind  Kind
		where Where
		want  []string
		never []string
	}{
		{API20, InvalidCredentials, WhereRotation, []string{"new client secret", "disabled or deleted"}, []string{"Copy"}},
		{API10, InvalidCredentials, WhereRotation, []string{"service user's password", "disabled or deleted"}, []string{"Copy"}},
		{API10, UnknownApplication, WhereRotation, []string{"disabled or deleted the application"}, []string{"30 minutes"}},
		{API10, DisabledOrTooNew, WhereNone, []string{"somebody may have disabled", "Enabled"}, []string{"30 minutes"}},
		{API10, ExpiredKeys, WhereRenewal, []string{"Renew the keys first", "stay the same"}, nil},
		{API10, MissingPermission, WhereNone, []string{"service user's role", "tick"}, nil},
		{API20, MissingPermission, WhereNone, []string{"application's role", "tick"}, nil},
		{API20, MissingProduct, WhereRotation, []string{"another application", "Email Security Cloud Gateway"}, []string{"is new"}},
	} {
		at.api = tt.api
		d := diagnose(&Error{Kind: tt.kind, HTTPStatus: 401, Message: "no"}, at)
		says(t, d.Fix, tt.want, tt.never)
		if tt.where != WhereNone && !d.Where.Has(tt.where) {
			t.Errorf("%s %s is mended at %v", tt.api, tt.kind, d.Where.Each())
		}
		if tt.kind != ExpiredKeys && !strings.HasPrefix(d.Fix, "It passed on 21 November 2026. ") {
			t.Errorf("%s %s begins %q", tt.api, tt.kind, d.Fix)
		}
	}
}

func TestOneCauseHasOneRemedy(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, everywhere(403, noPermission))
	list := probes(3)
	for i := range list {
		list[i].Permission = "Permission " + list[i].ID
	}
	list[2].Permission = list[1].Permission
	remedies := Remedies(run(within(t), newClient(t, f.endpoint(t)), pair(), Plan{Probes: list}))
	if len(remedies) != 1 || len(remedies[0].Checks) != 4 {
		t.Fatalf("got %d remedies", len(remedies))
	}
	for _, p := range list {
		if strings.Count(remedies[0].Fix, p.Permission) != 1 {
			t.Errorf("%s is named %d times in %q", p.Permission, strings.Count(remedies[0].Fix, p.Permission), remedies[0].Fix)
		}
	}
	if strings.Count(remedies[0].Fix, "Account > Roles") != 1 {
		t.Errorf("the role is named again: %q", remedies[0].Fix)
	}

	g := serve(t, plain, everywhere(403, noProduct))
	list[0].Products, list[1].Products, list[2].Products = []string{"cloudgateway"}, []string{"auditevents", "cloudgateway"}, []string{"auditevents", "securityevents"}
	remedies = Remedies(run(within(t), newClient(t, g.endpoint(t)), pair(), Plan{AccountOptional: true, Probes: list}))
	if len(remedies) != 1 {
		t.Fatalf("got %d remedies", len(remedies))
	}
	says(t, remedies[0].Fix, []string{"these products: Email Security Cloud Gateway; one of Audit Events or Security Events", "Wait a few minutes first"}, []string{"Audit Events or Email"})
}

func TestEndOfAPI10IsNamed(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		retired,
		strings.ReplaceAll(retired, "has been retired", "has reached its end of life"),
		strings.ReplaceAll(strings.ReplaceAll(retired, "err_api_retired", "err_gone"), "Mimecast API 1.0 has been retired. Use API 2.0.", "Gone"),
	} {
		f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) { write(w, 410, body) })
		for successor, want := range map[string]string{"": "the product's maker", "Example SIEM v2": "Example SIEM v2"} {
			r := find(t, run(within(t), newClient(t, f.endpoint(t)), vectorKeys(), Plan{Successor: successor}), CheckCredentials)
			says(t, r.Meaning+" "+r.Fix, []string{"API 1.0 may have ended for this account", want}, nil)
			if r.Kind != WrongAPI || !r.Where.Has(WhereAPI) {
				t.Errorf("got %s", r.Kind)
			}
		}
	}
}

func TestLengthOfTheSecretIsSaidAfterARefusal(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) { write(w, 401, refusedBody) })
	for n := 1; n < 130; n += 3 {
		given := OAuth{ClientID: strings.Repeat("a", 48), ClientSecret: secret.New(strings.Repeat("b", n))}
		r := find(t, run(within(t), newClient(t, f.endpoint(t)), given, Plan{}), CheckCredentials)
		if said := strings.Contains(r.Fix, "those seen so far have 64"); said != (n != 64) {
			t.Errorf("%d characters: %q", n, r.Fix)
		}
	}
}

func TestSentencesAreShort(t *testing.T) {
	t.Parallel()
	menus := []string{createKeys, regenerate, newAPI20, applications, roles, adminIPRanges, loginIPRanges, internalUsers, authenticTTL, authProfiles, "https://" + host20Global, "https://us-api.mimecast.com"}
	for _, kind := range Kinds() {
		for _, op := range []string{"", "POST " + loginPath, "POST " + discoverPath} {
			for _, status := range []int{0, 200, 401, 403, 404, 503} {
				for _, words := range []string{"", "no", "User is locked", "single sign-on", "IP address not permitted", "password expired", "Authentication type not supported"} {
					for _, api := range []API{API10, API20} {
						d := Diagnose(&Error{Kind: kind, Op: op, HTTPStatus: status, Message: words}, api)
						text := d.Meaning + " " + d.Fix
						for _, menu := range menus {
							text = strings.ReplaceAll(text, menu, "MENU")
						}
						for _, sentence := range strings.FieldsFunc(strings.NewReplacer(". ", "\n", ": ", "\n").Replace(text), func(r rune) bool { return r == '\n' }) {
							if n := len(strings.Fields(sentence)); n > 22 {
								t.Errorf("%s: %d words: %q", kind, n, sentence)
							}
						}
					}
				}
			}
		}
	}
}

func TestRefusalsAreKnownByTheirWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]refusal{
		"err_login_locked 0006 User account is locked": refusedLocked,
		"UserLocked": refusedLocked,
		"Your account has been temporarily blocked":                         refusedLocked,
		"Too many failed login attempts":                                    refusedLocked,
		"User is locked out of the domain":                                  refusedLocked,
		"Account locked to protect your domain account":                     refusedLocked,
		"Locked for domain policy, try again later":                         refusedLocked,
		"User locked due to failed directory logons":                        refusedLocked,
		"Account blocked for failed cloud logins":                           refusedLocked,
		"The account is locked. Directory password wrong":                   refusedLocked,
		"0008 User is locked to directory passwords":                        refusedType,
		"Account locked into the corporate directory":                       refusedType,
		"err_login_locked_to_domain":                                        refusedType,
		"User blocked from cloud authentication":                            refusedType,
		"The user is restricted to domain passwords":                        refusedType,
		"Only directory passwords are permitted":                            refusedType,
		"account locked to SSO":                                             refusedSSO,
		"UserLockedToSso":                                                   refusedSSO,
		"Account is locked to the identity provider":                        refusedSSO,
		"User blocked for federated log-on":                                 refusedSSO,
		"err_xdk_user_disabled 0005 User account is disabled":               refusedDisabled,
		"The user has been suspended":                                       refusedDisabled,
		"0001 Authentication type not supported for the user":               refusedType,
		"err_auth_type_invalid":                                             refusedType,
		"Single Sign-On is enforced for this user":                          refusedSSO,
		"User must authenticate via SAML":                                   refusedSSO,
		"The password has expired":                                          refusedExpired,
		"User must change password at next logon":                           refusedExpired,
		"PasswordExpired":                                                   refusedExpired,
		"err_login_ip 0012 Logon from this IP address is not permitted":     refusedAddress,
		"Access denied: source IP 192.0.2.1 is outside the permitted range": refusedAddress,
		"User has no permission for this application":                       refusedPermission,
		"The user is not authorised to access this application":             refusedPermission,
		"err_app Application ID is not valid":                               refusedApp,
		"0001 Forbidden":                                                    "",
		"Invalid credentials":                                               "",
		"":                                                                  "",
		"computer says no":                                                  "",
	} {
		e := &Error{Kind: InvalidCredentials, Op: "POST " + loginPath, HTTPStatus: 401, Message: text}
		if got := refusalOf(e); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
		if UserLocked(e) != (want == refusedLocked) || want != "" && UnfamiliarSignIn(e) {
			t.Errorf("%q: locked %v, unfamiliar %v", text, UserLocked(e), UnfamiliarSignIn(e))
		}
	}
	for _, one := range refusals() {
		d := Diagnose(&Error{Kind: InvalidCredentials, Op: "POST " + loginPath, HTTPStatus: 401, Message: one.any[0]}, API10)
		if one.source == "" || d.Meaning == "" || d.Fix == "" || !slices.Contains([]Kind{InvalidCredentials}, d.Kind) {
			t.Errorf("%s is explained as %+v", one.is, d)
		}
	}
	sso := Diagnose(&Error{Kind: InvalidCredentials, Op: "POST " + loginPath, HTTPStatus: 401, Message: "single sign-on"}, API10)
	says(t, sso.Fix, []string{"console as well"}, nil)
	address := Diagnose(&Error{Kind: InvalidCredentials, Op: "POST " + loginPath, HTTPStatus: 401, Message: "this IP address is not permitted"}, API10)
	says(t, address.Fix, []string{adminIPRanges, loginIPRanges}, nil)
}
