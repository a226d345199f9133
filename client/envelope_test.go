package client

import (
	"cmp"
	"net/http"
	"strings"
	"testing"
	"time"
)

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

func jsonHeader(pairs ...string) http.Header {
	return header(append([]string{"Content-Type", "application/json"}, pairs...)...)
}

// The calls that the tables below are about, where they do not say otherwise.
const (
	callOp  = "POST /api/account/get-account"
	tokenOp = "POST " + tokenPath
	siemOp  = "GET /siem/v1/batch/events/cg"
)

func TestEnvelope(t *testing.T) {
	t.Parallel()
	html := "<!DOCTYPE html><html><title>Sign on</title></html>"
	tests := []struct {
		name          string
		status        int
		header        http.Header
		body          string
		kind          Kind // "" when it is a success
		code, message string
		field         string
		op            string // callOp when it is empty
	}{
		// Recorded from API 1.0 in 2022.
		{"wrong application ID is HTTP 200", 200, jsonHeader(), `{"meta":{"status":200},"data":[],"fail":[{"errors":[{"code":"err_developer_key","message":"App ID is invalid: INVALID","retryable":false}]}]}`, UnknownApplication, "err_developer_key", "App ID is invalid: INVALID", "", ""},
		{"wrong key or signature", 401, jsonHeader(), `{"meta":{"status":401},"data":[],"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature","retryable":false}]}]}`, InvalidCredentials, "err_xdk_invalid_signature", "0004 Invalid Signature", "", ""},
		{"success", 200, jsonHeader(), `{"meta":{"status":200},"data":[{"x":1}],"fail":[]}`, "", "", "", "", ""},

		{"legacy validation with field", 200, jsonHeader(), `{"meta":{"status":200},"data":[],"fail":[{"key":{"sender":"bad"},"errors":[{"field":"sender","code":"err_validation_invalid_email_address","message":"Email address is not valid"}]}]}`, Validation, "err_validation_invalid_email_address", "Email address is not valid", "sender", ""},
		{"flat fail", 401, jsonHeader(), `{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}]}`, InvalidCredentials, "InvalidClientIdentifier", "Client credentials are invalid", "", ""},
		{"nested token failure", 401, jsonHeader(), `{"fail":[{"errors":[{"code":"invalid_client_identifier","message":"Client credentials are invalid","retryable":false}]}]}`, InvalidCredentials, "invalid_client_identifier", "Client credentials are invalid", "", tokenOp},
		{"flat fail without message", 401, jsonHeader(), `{"fail":[{"code":"unauthorized"}]}`, InvalidCredentials, "unauthorized", "", "", ""},
		{"flat fail on a 200", 200, jsonHeader(), `{"fail":[{"code":"InvalidClientIdentifier","message":"no"}]}`, InvalidCredentials, "InvalidClientIdentifier", "no", "", ""},
		{"only fail on a 201", 201, jsonHeader(), `{"fail":[{"code":"strange"}]}`, Unknown, "strange", "", "", ""},
		{"fail without words", 200, jsonHeader(), `{"meta":{"status":200},"data":[],"fail":[{}]}`, Unknown, "", "", "", ""},
		{"fail is an object", 200, jsonHeader(), `{"fail":{"errors":{"code":"err_validation_null","field":"from"}}}`, Validation, "err_validation_null", "", "from", ""},
		{"fail is a text", 200, jsonHeader(), `{"meta":{"status":200},"data":[],"fail":"0003 Forbidden To Perform Operation For Address"}`, Validation, "", "0003 Forbidden To Perform Operation For Address", "", ""},
		{"fail is a list of texts", 403, jsonHeader(), `{"meta":{"status":403},"data":[],"fail":["nope"]}`, MissingPermission, "", "nope", "", ""},
		{"fail is null", 200, jsonHeader(), `{"meta":{"status":200},"data":[],"fail":null}`, "", "", "", "", ""},
		{"the second error has the words", 403, jsonHeader(), `{"fail":[{"errors":[{}, {"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}]}`, MissingPermission, "app_forbidden", "Forbidden to perform the requested operation", "", ""},
		{"product missing", 403, jsonHeader(), `{"fail":[{"code":"app_forbidden","message":"Resource or method requested does not exist in any product assigned to the application"}]}`, MissingProduct, "app_forbidden", "Resource or method requested does not exist in any product assigned to the application", "", ""},
		{"permission with unfamiliar words", 403, jsonHeader(), `{"fail":[{"code":"app_forbidden","message":"computer says no"}]}`, MissingPermission, "app_forbidden", "computer says no", "", ""},

		{"error object", 404, jsonHeader(), `{"error":{"code":"endpoint_evaluation_failed_1","message":"Endpoint cannot be found"}}`, Unknown, "endpoint_evaluation_failed_1", "Endpoint cannot be found", "", siemOp},
		{"errors list", 400, jsonHeader(), `{"errors":[{"code":"err_validation_blank","message":"blank","field":"to"}]}`, Validation, "err_validation_blank", "blank", "to", siemOp},
		{"OAuth error", 400, jsonHeader(), `{"error":"invalid_client","error_description":"bad client"}`, InvalidCredentials, "invalid_client", "bad client", "", tokenOp},
		{"OAuth grant", 400, jsonHeader(), `{"error":"unsupported_grant_type"}`, Validation, "unsupported_grant_type", "", "", tokenOp},
		{"RFC 7807", 422, header("Content-Type", "application/problem+json"), `{"type":"about:blank","title":"Bad input","detail":"from is missing"}`, BadResponse, "", "Bad input: from is missing", "", ""},
		{"RFC 7807 with title alone", 503, header("Content-Type", "application/problem+json"), `{"title":"Down"}`, Server, "", "Down", "", ""},
		{"bare code and message", 500, jsonHeader(), `{"code":"internal_server_error_1","message":"Failed to handle request with requestId: 1"}`, Server, "internal_server_error_1", "Failed to handle request with requestId: 1", "", ""},
		{"fail comes before error", 401, jsonHeader(), `{"error":{"code":"b"},"fail":[{"code":"token_expired"}]}`, InvalidCredentials, "token_expired", "", "", ""},
		{"error on a success counts for nothing", 200, jsonHeader(), `{"error":{"code":"x"},"meta":{"status":200},"data":[]}`, "", "", "", "", ""},

		{"meta.status differs from HTTP 200", 200, jsonHeader(), `{"meta":{"status":403},"data":[],"fail":[]}`, MissingPermission, "", "", "", ""},
		{"meta.status in quotes", 200, jsonHeader(), `{"meta":{"status":"500"},"data":[],"fail":[]}`, BadResponse, "", "", "", ""},
		{"meta.status 418", 200, jsonHeader(), `{"meta":{"status":418},"data":[],"fail":[]}`, ExpiredKeys, "", "", "", ""},
		{"meta.status is nonsense", 200, jsonHeader(), `{"meta":{"status":"fine"},"data":[]}`, BadResponse, "", "", "", ""},
		{"code is a number", 401, jsonHeader(), `{"fail":[{"errors":[{"code":1,"message":"Authentication type not supported for the user"}]}]}`, InvalidCredentials, "1", "Authentication type not supported for the user", "", ""},

		{"418 of Mimecast", 418, jsonHeader(), `{"meta":{"status":418},"data":[],"fail":[{"errors":[{"code":"err_made_up","message":"x"}]}]}`, ExpiredKeys, "err_made_up", "x", "", ""},
		{"418 of a firewall", 418, header("Content-Type", "text/html"), html, ProxyFailed, "", "Sign on", "", ""},
		{"expired by code", 200, jsonHeader(), `{"fail":[{"errors":[{"code":"err_xdk_binding_expired","message":"x"}]}]}`, ExpiredKeys, "err_xdk_binding_expired", "x", "", ""},
		{"expired by message", 401, jsonHeader(), `{"fail":[{"errors":[{"code":"q","message":"The AccessKey Has Expired for it"}]}]}`, ExpiredKeys, "q", "The AccessKey Has Expired for it", "", ""},
		{"skewed by message", 401, jsonHeader(), `{"fail":[{"errors":[{"code":"q","message":"Date Header Too Skewed"}]}]}`, ClockSkew, "q", "Date Header Too Skewed", "", ""},
		{"disabled by message", 200, jsonHeader(), `{"fail":[{"errors":[{"code":"err_developer_key","message":"Application is disabled"}]}]}`, DisabledOrTooNew, "err_developer_key", "Application is disabled", "", ""},
		{"incorrect region", 200, jsonHeader(), `{"fail":[{"errors":[{"code":"err_audit_log_incorrect_region"}]}]}`, WrongRegion, "err_audit_log_incorrect_region", "", "", ""},
		{"not licensed", 403, jsonHeader(), `{"fail":[{"message":"Account not licensed"}]}`, NotLicensed, "", "Account not licensed", "", ""},
		{"gateway timeout", 504, jsonHeader(), `{"fail":[{"code":"GatewayTimeout","message":"Connection to service has timed out"}]}`, Server, "GatewayTimeout", "Connection to service has timed out", "", ""},

		{"byte order mark", 401, jsonHeader(), "\ufeff" + ` {"fail":[{"code":"token_expired"}]}`, InvalidCredentials, "token_expired", "", "", ""},
		{"JSON as text/plain", 401, header("Content-Type", "text/plain"), `{"fail":[{"code":"token_expired"}]}`, InvalidCredentials, "token_expired", "", "", ""},
		{"JSON success as text/plain", 200, header("Content-Type", "text/plain"), okBody, "", "", "", "", ""},
		{"JSON that is called HTML", 200, header("Content-Type", "text/html"), okBody, "", "", "", "", ""},
		{"no content type", 200, header(), okBody, "", "", "", "", ""},
		{"HTML success", 200, header("Content-Type", "text/html; charset=utf-8"), html, BadResponse, "", "", "", ""},
		{"HTML called JSON", 200, jsonHeader(), html, BadResponse, "", "", "", ""},
		{"HTML 502", 502, header("Content-Type", "text/html"), html, Server, "", "Sign on", "", ""},
		{"HTML 503", 503, header("Content-Type", "text/html"), html, Server, "", "Sign on", "", ""},
		{"HTML 504 called JSON", 504, jsonHeader(), html, Server, "", "Sign on", "", ""},
		{"HTML 404", 404, header("Content-Type", "text/html"), html, BadResponse, "", "Sign on", "", ""},
		{"HTML 401", 401, header("Content-Type", "text/html"), html, ProxyFailed, "", "Sign on", "", ""},
		{"HTML 403 from a proxy", 403, header("Content-Type", "text/html"), "Forbidden", ProxyFailed, "", "", "", ""},
		{"text 403 from a proxy", 403, header("Content-Type", "text/plain"), "Access denied by policy", ProxyFailed, "", "Access denied by policy", "", ""},
		{"text 401", 401, header("Content-Type", "text/plain"), "Unauthorized", ProxyFailed, "", "Unauthorized", "", ""},
		{"text success", 200, header("Content-Type", "text/plain"), "welcome", BadResponse, "", "", "", ""},
		{"proxy wants a password", 407, header(), "", ProxyFailed, "", "", "", ""},
		{"truncated success", 200, jsonHeader(), `{"meta":{"status":200},"da`, BadResponse, "", "", "", ""},
		{"truncated success as text", 200, header("Content-Type", "text/plain"), `[{"a":`, BadResponse, "", "", "", ""},
		{"two values", 200, jsonHeader(), `{"data":[]}{"fail":[]}`, BadResponse, "", "", "", ""},
		{"truncated 401", 401, jsonHeader(), `{"fail":[{"co`, ProxyFailed, "", "", "", ""},
		{"empty 400", 400, header(), "", BadResponse, "", "", "", ""},
		{"empty 401", 401, header(), "", ProxyFailed, "", "", "", ""},
		{"empty 403", 403, header(), "", ProxyFailed, "", "", "", ""},
		{"empty 404", 404, header(), "", BadResponse, "", "", "", ""},
		{"text 404", 404, header("Content-Type", "text/plain"), "not here", BadResponse, "", "not here", "", ""},
		{"empty 405", 405, header(), "", BadResponse, "", "", "", ""},
		{"empty 408", 408, header(), "", Timeout, "", "", "", ""},
		{"empty 500", 500, header(), "", Server, "", "", "", ""},
		{"empty success", 200, jsonHeader(), "", BadResponse, "", "", "", ""},
		{"no SIEM logs", 200, header("Content-Type", "application/octet-stream"), "", "", "", "", "", "POST " + siemLogsPath},
		{"no content", 204, header(), "", BadResponse, "", "", "", ""},
		{"no content after a change", 204, header(), "", "", "", "", "", "DELETE /domains/x"},
		{"a list", 200, jsonHeader(), `[1,2]`, BadResponse, "", "1", "", ""},
		{"a file", 200, header("Content-Type", "application/octet-stream"), "PK\x03\x04", "", "", "", "", "POST " + siemLogsPath},
		{"a file where none is given", 200, header("Content-Type", "application/octet-stream"), "PK\x03\x04", BadResponse, "", "", "", ""},
		{"an attachment", 200, header("Content-Type", "text/plain", "Content-Disposition", `attachment; filename="x"`), "a,b", "", "", "", "", "POST " + siemLogsPath},
		{"CSV", 200, header("Content-Type", "text/csv"), "a,b", "", "", "", "", "POST " + feedPath},
		{"STIX", 200, jsonHeader(), `{"type":"bundle","objects":[]}`, "", "", "", "", "POST " + feedPath},
		{"redirect", 302, header("Location", "https://elsewhere.example/path?token=x"), "", BadResponse, "", "", "", ""},
		{"redirect without a target", 301, header(), "", BadResponse, "", "", "", ""},
		{"rate limit", 429, jsonHeader(), `{"fail":[{"code":"q","message":"slow down"}]}`, RateLimited, "q", "slow down", "", ""},
		{"rate limit in HTML", 429, header("Content-Type", "text/html"), html, RateLimited, "", "Sign on", "", ""},
		{"control characters", 403, jsonHeader(), `{"fail":[{"code":"a\u001b[31mb","message":"x\ny\u0000"}]}`, MissingPermission, "a[31mb", "x y", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := envelope(cmp.Or(tt.op, callOp), tt.status, tt.header, []byte(tt.body))
			if tt.kind == "" {
				if got != nil {
					t.Fatalf("a success counts as %+v", got)
				}
				return
			}
			if got == nil {
				t.Fatal("a failure counts as a success")
			}
			if got.Kind != tt.kind || got.Code != tt.code || got.Message != tt.message || got.Field != tt.field || got.HTTPStatus != tt.status {
				t.Errorf("got kind %q code %q message %q field %q status %d", got.Kind, got.Code, got.Message, got.Field, got.HTTPStatus)
			}
		})
	}
}

func TestEnvelopeNamesTheRedirectsHostOnly(t *testing.T) {
	t.Parallel()
	e := envelope(callOp, 302, header("Location", "https://elsewhere.example/path?token=abcdef"), nil)
	if said := e.Error(); !strings.Contains(said, "elsewhere.example") || strings.Contains(said, "abcdef") {
		t.Errorf("got %q", said)
	}
}

func TestLongMessagesAreCutAfterRedaction(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("word ", 58) + clientSecret + strings.Repeat(" word", 1000)
	e := (&Reply{HTTPStatus: 403, Header: jsonHeader(), Body: []byte(`{"fail":[{"message":"` + long + `"}]}`)}).judge("POST /x", pair().Secrets())
	if n := len([]rune(e.Message)); n != 301 || !strings.HasSuffix(e.Message, "…") || strings.Contains(e.Message, clientSecret[:5]) {
		t.Errorf("the message has %d characters: %s", n, e.Message)
	}
}

func TestAccessKeyUnknown(t *testing.T) {
	t.Parallel()
	body := []byte(`{"meta":{"status":401},"data":[],"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature"}]}]}`)
	for limit, want := range map[string]bool{"5000": true, "800": false, "": false} {
		if got := envelope(callOp, 401, jsonHeader("X-RateLimit-Limit", limit), body); got.AccessKeyUnknown != want {
			t.Errorf("limit %q gives %v", limit, got.AccessKeyUnknown)
		}
	}
	if envelope(callOp, 401, jsonHeader("X-RateLimit-Limit", "5000"), []byte(`{"fail":[{"code":"other"}]}`)).AccessKeyUnknown {
		t.Error("another code counts as an unknown access key")
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		header http.Header
		want   time.Duration
	}{
		{header("X-RateLimit-Reset", "1750"), 1750 * time.Millisecond},
		{header("X-RateLimit-Reset", "400"), time.Second},
		{header("X-RateLimit-Reset", "0"), time.Second},
		{header("X-RateLimit-Reset", "-5"), time.Second},
		{header("X-RateLimit-Reset", "840000"), 14 * time.Minute},
		{header("X-RateLimit-Reset", "1e300"), 0},
		{header("X-RateLimit-Reset", " 2000 "), 2 * time.Second},
		{header("X-RateLimit-Reset", "NaN"), 0},
		{header("X-RateLimit-Reset", "soon"), 0},
		{header("Retry-After", "7"), 7 * time.Second},
		{header("X-RateLimit-Reset", "2000", "Retry-After", "7"), 2 * time.Second},
		{header("Retry-After", "Sat, 28 Nov 2026 06:14:00 GMT", "Date", "Sat, 28 Nov 2026 06:00:00 GMT"), 14 * time.Minute},
		{header("Retry-After", "Sat, 28 Nov 2026 06:14:00 GMT"), 0},
		{header("X-RateLimit-Reset", "1790000000000"), 0}, // a point in time, not a wait
		{header(), 0},
	}
	for _, tt := range tests {
		if got := envelope(callOp, 429, tt.header, nil).RetryAfter; got != tt.want {
			t.Errorf("%v gives %v, want %v", tt.header, got, tt.want)
		}
	}
}

func FuzzEnvelope(f *testing.F) {
	for _, seed := range []string{
		`{"fail":[{"errors":[{"code":"c","message":"m","field":"f"}]}]}`, `{"fail":[{"code":"c"}]}`, `{"error":{"code":1}}`,
		`{"error":"invalid_client","error_description":"d"}`, `{"title":"t","detail":"d"}`, `{"meta":{"status":"403"}}`,
		"\ufeff{}", "<html>", "", "[", `{"errors":[null,{"message":"x"}]}`, `{"fail":{"errors":"x"}}`, `{"meta":[]}`,
	} {
		for _, status := range []int{200, 302, 400, 401, 403, 404, 418, 429, 500} {
			f.Add(status, "application/json", []byte(seed))
		}
	}
	const sentinel = "zqSENTINELqz"
	f.Fuzz(func(t *testing.T, status int, contentType string, body []byte) {
		e := envelope(callOp, status, header("Content-Type", contentType), body)
		if e != nil && e.Kind == "" {
			t.Fatal("a failure without a kind")
		}
		if e == nil && (status < 200 || status > 299) {
			t.Fatalf("status %d counts as a success", status)
		}
		if e != nil {
			_ = Diagnose(e, API10)
			_ = Diagnose(e, API20)
		}
		if _, isJSON := decodeJSON(body); !isJSON || strings.Contains(string(body), sentinel) {
			return
		}
		// A reply may hold secrets beside its failure. None of them may become part of the error.
		whole := `{"access_token":"` + sentinel + `","data":[{"accessKey":"` + sentinel + `","secretKey":"` + sentinel +
			`","passphrase":"` + sentinel + `"}],"key":{"password":"` + sentinel + `"},"fail":` + string(body) + `}`
		if e := envelope(callOp, status, header("Content-Type", contentType), []byte(whole)); e != nil {
			d := Diagnose(e, API20)
			if strings.Contains(e.Error()+e.Code+e.Message+e.Field+d.Meaning+d.Fix, sentinel) {
				t.Fatalf("the error holds a secret: %v", e)
			}
		}
	})
}

func BenchmarkEnvelope(b *testing.B) {
	body := []byte(`{"meta":{"status":401},"data":[],"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature","retryable":false}]}]}`)
	h := jsonHeader("X-RateLimit-Limit", "800")
	b.ReportAllocs()
	for b.Loop() {
		if envelope(callOp, 401, h, body) == nil {
			b.Fatal("no failure")
		}
	}
}
