package simulator

import (
	"fmt"
	"strings"
	"time"
)

// Scenario is a named way of being wrong.
type Scenario struct {
	Name string `json:"name"`
	// About is one line.
	About string `json:"about"`
}

// scenario is what a Scenario does.
type scenario struct {
	name, about string
	// skew is added to Mimecast's clock: to the Date header and to everything that is judged by time.
	skew time.Duration
	// only is the one generation that the host serves.
	only string
	// transport answers before anything is looked at; token answers at the token endpoint; call answers data calls whose
	// credentials were right. Each tells whether it has answered.
	transport, token, call func(*Server, *call) bool

	disabled, tooNew, unlicensed, noRegion, noSignIn bool
	secondFactor                                     SecondFactor
}

// scenarios lists every scenario. The skew of 20 minutes is beyond the tolerance of API 1.0, that of 10 within it.
func scenarios() []scenario {
	return []scenario{
		{name: "none", about: "everything works"},

		{name: "nested-401", about: "the token endpoint refuses every pair, in the nested shape that one source claims", token: nested401},
		{name: "oauth-error", about: "the token endpoint refuses every pair with OAuth's own invalid_client", token: oauthError},
		{name: "fail-in-token-200", about: "the token endpoint answers HTTP 200 with fail[] instead of a token", token: failInToken},
		{name: "token-expired", about: "the token of the first data call has expired by then; a new one works", call: tokenExpired},
		{name: "token-expired-always", about: "every token counts as expired", call: tokenExpiredAlways},
		{name: "token-verification-failed-once", about: "the first data call is refused with token_verification_failed", call: tokenVerificationOnce},
		{name: "developer-key-once", about: "the first signed call is refused with err_developer_key although the application is right", call: developerKeyOnce},
		{name: "application-disabled", about: "every application is disabled", disabled: true},
		{name: "application-too-new", about: "every application was created a moment ago", tooNew: true},

		{name: "html-502", about: "a proxy in between answers every call with an HTML page and HTTP 502", transport: html502},
		{name: "captive-portal", about: "a proxy in between answers every call with its own HTML page and HTTP 200", transport: captivePortal},
		{name: "redirect-other-host", about: "every call is redirected (302) to another host", transport: redirectOtherHost},
		{name: "slow", about: "each reply takes some seconds", transport: slow},
		{name: "hang", about: "no reply ever comes", transport: hang},
		{name: "drop-connection", about: "the connection is closed before a reply", transport: dropConnection},

		{name: "server-500", about: "data calls answer HTTP 500 internal_server_error_1", call: server500},
		{name: "server-500-once", about: "the first data call answers HTTP 500, later ones work", call: server500Once},
		{name: "gateway-timeout-504", about: "data calls answer HTTP 504 GatewayTimeout", call: gatewayTimeout},
		{name: "empty-400", about: "data calls answer HTTP 400 without a body", call: empty400},
		{name: "truncated-json", about: "data calls answer HTTP 200 with half a JSON text", call: truncatedJSON},
		{name: "wrong-content-type", about: "data calls answer HTTP 200 with plain text", call: wrongContentType},
		{name: "rfc7807", about: "data calls are refused with HTTP 403 in the problem+json shape", call: problemJSON},
		{name: "error-object", about: "data calls are refused with HTTP 403 in the error{} shape", call: errorObject},
		{name: "meta-status-403", about: "data calls answer HTTP 200 with meta.status 403 and nothing else", call: metaStatus403},
		{name: "endpoint-404", about: "data calls answer HTTP 404, as for an endpoint that does not exist", call: endpoint404},
		{name: "body-too-big", about: "data calls answer with more than 10 MiB", call: bodyTooBig},
		{name: "unknown-403", about: "data calls are refused with HTTP 403 and words that nobody knows", call: unknown403},
		{name: "incorrect-region", about: "data calls answer HTTP 200 with err_audit_log_incorrect_region", call: incorrectRegion},

		{name: "rate-limited", about: "data calls answer HTTP 429 with a reset of 1.2 s", call: rateLimited(1200 * time.Millisecond)},
		{name: "rate-limited-once", about: "the first data call answers HTTP 429 with a reset of 0.2 s", call: rateLimitedOnce},
		{name: "rate-limited-long", about: "data calls answer HTTP 429 with a reset of an hour", call: rateLimited(time.Hour)},
		{name: "not-licensed", about: "the account lacks the packages for awareness training and for bringing one's own threat intelligence", unlicensed: true},

		{name: "clock-ahead", about: "Mimecast's clock is 10 minutes ahead of this machine's", skew: 10 * time.Minute},
		{name: "clock-behind", about: "Mimecast's clock is 10 minutes behind this machine's", skew: -10 * time.Minute},
		{name: "skewed-refused", about: "Mimecast's clock is 20 minutes ahead: signed calls are refused for their date", skew: 20 * time.Minute},
		{name: "host-of-api-1.0", about: "the host serves API 1.0 alone", only: "1.0"},
		{name: "host-of-api-2.0", about: "the host serves API 2.0 alone", only: "2.0"},

		{name: "discover-no-region", about: "discover answers without a region, as for an unknown address", noRegion: true},
		{name: "login-not-supported", about: "sign-in is refused: type not supported for the user (single sign-on)", noSignIn: true},
		{name: "second-factor-unknown-code", about: "a user with a second factor is refused with HTTP 401 and an unknown error", secondFactor: UnknownCode},
		{name: "second-factor-200-fail", about: "a user with a second factor is refused with HTTP 200 and fail[], whatever is sent", secondFactor: FailIn200},
		{name: "second-factor-two-step-without-exchange", about: "a user with a second factor gets bindingType two_step and never keys", secondFactor: WithoutExchange},
		{name: "second-factor-keys-that-fail", about: "a user with a second factor gets keys that are refused on first use", secondFactor: KeysThatFail},
	}
}

// Scenarios lists the scenarios.
func Scenarios() []Scenario {
	var list []Scenario
	for _, one := range scenarios() {
		list = append(list, Scenario{one.name, one.about})
	}
	return list
}

func findScenario(name string) *scenario {
	for _, one := range scenarios() {
		if one.name == name {
			return &one
		}
	}
	return nil
}

// SetScenario changes the scenario for the calls that come from now on. What was "once" is so again.
func (s *Server) SetScenario(name string) error {
	found := findScenario(name)
	if found == nil {
		var names []string
		for _, one := range scenarios() {
			names = append(names, one.name)
		}
		return fmt.Errorf("unknown scenario %q: it is one of %s", name, strings.Join(names, ", "))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scenario = found
	clear(s.once)
	return nil
}
