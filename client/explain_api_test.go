package client

import (
	"strings"
	"testing"
)

// adviceFor tells whose remedy a fix is: that of one API, by its menus in the console and the names of its values, "both" where each is
// labelled, "" where it speaks of neither.
func adviceFor(fix string) string {
	names := func(text string, words ...string) bool {
		for _, word := range words {
			if strings.Contains(text, word) {
				return true
			}
		}
		return false
	}
	of20 := func(text string) bool {
		return names(text, "Manage API 2.0 credentials", "Integrations Hub", "the application's role", "client ID", "hosts of API 2.0", "https://"+host20Global)
	}
	of10 := func(text string) bool {
		return names(text, "Create Keys", "Authentication TTL", "the service user", "application ID", "older menu: Services > API and Platform Integrations", "the region's API host",
			"the account's region", "keys are for API 1.0", "API 1.0 has ended")
	}
	if first, second, both := strings.Cut(strings.TrimPrefix(fix, "With API 2.0: "), " With API 1.0: "); both && strings.HasPrefix(fix, "With API 2.0: ") {
		if of20(first) && of10(second) {
			return "both"
		}
		return "labels on " + fix
	}
	switch {
	case of10(fix):
		return "1.0"
	case of20(fix):
		return "2.0"
	default:
		return ""
	}
}

// TestExplainNamesTheRightConsole: what only one API has is explained for that one, and what both have for each of them. The messages are
// those of public code and recordings: rapid7, JupiterOne, SEKOIA, Netskope, Elastic #11460, and Mimecast KB 49448509755795.
func TestExplainNamesTheRightConsole(t *testing.T) {
	t.Parallel()
	kinds := map[Kind]string{
		InvalidCredentials: "both", UnknownApplication: "1.0", ExpiredKeys: "1.0", DisabledOrTooNew: "both", MissingProduct: "2.0", MissingPermission: "both",
		NotLicensed: "", WrongRegion: "both", WrongAPI: "both", ClockSkew: "", RateLimited: "", Validation: "", Server: "", BadResponse: "both",
		Timeout: "", Network: "", DNS: "", TLS: "", ProxyFailed: "", Canceled: "", Unknown: "",
	}
	texts := map[string]string{
		"HTTP 418":                                 "1.0",
		"418 I'm a teapot":                         "1.0",
		"AccessKey Has Expired":                    "1.0",
		"App ID is invalid: 1b2c":                  "1.0",
		"err_developer_key":                        "1.0",
		"err_xdk_forbidden":                        "1.0",
		"err_xdk_binding_expired":                  "1.0",
		"401 Unauthorized: 0004 Invalid Signature": "1.0",
		`HTTP 401 {"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature","retryable":false}]}]}`:             "1.0",
		`{"meta":{"status":403},"data":[],"fail":[{"errors":[{"code":"err_xdk_forbidden","message":"0003 Forbidden"}]}]}`:                        "1.0",
		`{"meta":{"status":401},"fail":[{"errors":[{"code":"err_xdk_user_disabled","message":"User account is disabled"}]}]}`:                    "1.0",
		`{"meta":{"status":410},"data":[],"fail":[{"errors":[{"code":"err_api_retired","message":"This API has been retired."}]}]}`:              "1.0",
		"401 Client Error: Unauthorized for url: https://eu-api.mimecast.com/api/ttp/url/get-logs":                                               "1.0",
		`{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`:                                           "2.0",
		`{"fail":[{"code":"app_forbidden","message":"Resource or method requested does not exist in any product assigned to the application"}]}`: "2.0",
		`{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`:                                               "2.0",
		`{"fail":[{"errors":[{"code":"invalid_client_identifier","message":"Client credentials are invalid","retryable":false}]}]}`:              "2.0",
		`{"fault":{"faultstring":"Invalid client identifier {0}","detail":{"errorcode":"oauth.v2.InvalidClientIdentifier"}}} HTTP 401`:           "2.0",
		`{"error":"invalid_client","error_description":"Client authentication failed"}`:                                                          "2.0",
		`{"error":"invalid_grant"}`: "2.0",
		`{"fail":[{"code":"invalid_access_token","message":"Access token is invalid"}]}`: "2.0",
		"401 token_expired": "2.0",
		"403 Client Error: Forbidden for url: https://api.services.mimecast.com/siem/v1/batch/events/cg": "2.0",
		"POST /oauth/token: status 401":                            "2.0",
		"HTTP 401":                                                 "both",
		"403 Forbidden":                                            "both",
		"the application is disabled":                              "both",
		"HTTP 404 Not Found":                                       "both",
		"err_audit_log_incorrect_region":                           "both",
		"401 for https://us-api.mimecast.com/oauth/token":          "both",
		"err_xdk_operation_forbidden_for_address":                  "",
		"Request date header too skewed":                           "",
		`HTTP 429 {"detail":"Over throttling limit (10000/hour)"}`: "",
		`{"meta":{"status":403},"fail":[{"errors":[{"code":"err_package_not_enabled","message":"Account package not enabled for this operation"}]}]}`: "",
	}
	for _, kind := range Kinds() {
		want, is := kinds[kind]
		if !is {
			t.Errorf("no advice is expected of %s", kind)
		}
		texts[string(kind)] = want
	}
	for text, want := range texts {
		d, ok := Explain(text)
		if got := adviceFor(d.Fix); !ok || got != want {
			t.Errorf("%q: advice of %q, want %q\n%s: %s\n%s", text, got, want, d.Kind, d.Meaning, d.Fix)
		}
	}
}

// TestExplainInnocentText: words that only have letters of those of failures, and words of failures that tell of none, are no failure.
func TestExplainInnocentText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"the lossless codec was chosen", "class less is more", "a stainless lid", "crosslink and hustle", "outlast the certificates of deposit", "handshakes all around",
		"the certificate is in the drawer", "TLS is used for mail", "the session timeout is 30 minutes", "a word to proxyholders", "send it to proxy voters", "timeouts are set",
		"deep operate limits", "corporate limits", "it was timed outside", "no such hostel", "the unknown hostess", "it got a dns_ record", "an unexpected token of thanks",
		"socket hang uphill", "brokenpipe organ", "the proxyconnection class", "unexpected eofs",
	} {
		if d, ok := Explain(text); ok {
			t.Errorf("%q: got %+v, want nothing", text, d)
		}
	}
	for text, kind := range map[string]Kind{
		"Client credentials are invalid": InvalidCredentials, "The verification code is not valid": InvalidCredentials, "HTTPError 401 Access token expired": InvalidCredentials,
		"Invalid client_id or client_secret": InvalidCredentials, "Invalid client credentials": InvalidCredentials, "Invalid credentials": InvalidCredentials,
		"The signature is invalid": InvalidCredentials, "Signature validation failed": InvalidCredentials, "account locked": InvalidCredentials, "Unauthorized": InvalidCredentials,
		"HTTPError 403": MissingPermission, "Access denied": MissingPermission, "HttpRequestException: 503": Server,
		"javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version": TLS, "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection": TLS,
		"Error: unable to verify the first certificate": TLS, "ERR_TLS_CERT_ALTNAME_INVALID": TLS, "The remote certificate is invalid according to the validation procedure.": TLS,
		"DEPTH_ZERO_SELF_SIGNED_CERT": TLS, "requests.exceptions.SSLError: x": TLS, "net/http: TLS handshake timeout": Timeout, "timeout of 5000ms exceeded": Timeout,
		"requests.exceptions.ReadTimeout": Timeout, "TimeoutError": Timeout, "dial tcp 1.2.3.4:443: i/o timeout": Timeout, "java.net.UnknownHostException": DNS,
		"getaddrinfo EAI_AGAIN x": DNS, "The remote name could not be resolved: 'x'": DNS, "urllib3.exceptions.ProxyError": ProxyFailed, "curl: (5) Could not resolve proxy: x": ProxyFailed,
	} {
		if d, _ := Explain(text); d.Kind != kind {
			t.Errorf("%q: got %s, want %s", text, d.Kind, kind)
		}
	}
}

// TestExplainARefusedConnection: what was refused is not said to have been cut.
func TestExplainARefusedConnection(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"connect ECONNREFUSED 127.0.0.1:443", "dial tcp 1.2.3.4:443: connect: connection refused"} {
		if d, _ := Explain(text); !strings.Contains(d.Meaning, "refused the connection") {
			t.Errorf("%q: %q", text, d.Meaning)
		}
	}
	if d, _ := Explain("socket hang up"); strings.Contains(d.Meaning, "refused") {
		t.Errorf("a connection that was cut: %q", d.Meaning)
	}
}

// TestExplainBoundsItsWork: however a text is made, no more of it is read as JSON than the limits allow; what is counted is bytes, not time.
func TestExplainBoundsItsWork(t *testing.T) {
	t.Parallel()
	const size = 256 << 10
	for _, part := range []string{`{"a":`, `{"`, "{", `{"a":[`, `{"a":"`, `{"a":{"b":1}} `, `{  "`, `{"a":1,`} {
		text := strings.Repeat(part, size/len(part))
		var e Error
		if work := e.readJSON(text); work > jsonRead*jsonTries {
			t.Errorf("%q: %d bytes were read", part, work)
		}
		Explain(text)
	}
	said := strings.Repeat("{x} {y: 1} ", 5000) + `{"fail":[{"code":"app_forbidden"}]}`
	if d, _ := Explain(said); d.Kind != MissingPermission {
		t.Errorf("behind braces that begin nothing: %+v", d)
	}
}
