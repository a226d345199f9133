package client

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"mimecred/client/secret"
)

// foreignBody is an answer of something that is not Mimecast.
type foreignBody struct{ name, mime, text string }

// foreignBodies are what proxies, gateways, firewalls, sign-on pages and other people's services answer, in the forms that their
// makers document, and forms that come near Mimecast's own.
func foreignBodies() []foreignBody {
	const jsonType, htmlType, textType = "application/json", "text/html; charset=utf-8", "text/plain"
	return []foreignBody{
		{"nothing", "", ""},
		{"nothing, as JSON", jsonType, ""},
		{"AWS WAF", jsonType, `{"message":"Forbidden"}`},
		{"AWS API gateway", jsonType, `{"Message":"User is not authorized to access this resource"}`},
		{"Kong", jsonType, `{"message":"Unauthorized","request_id":"6f1d"}`},
		{"Azure API management", jsonType, `{"statusCode":401,"message":"Access denied due to missing subscription key."}`},
		{"Cloudflare 1020", jsonType, `{"cloudflare_error":true,"error_code":1020,"error_name":"access_denied","title":"Error 1020","detail":"The site owner has blocked access.","status":403}`},
		{"Cloudflare API", jsonType, `{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}`},
		{"RFC 7807", "application/problem+json", `{"type":"about:blank","title":"Forbidden","status":403,"detail":"policy"}`},
		{"Apigee fault", jsonType, `{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}`},
		{"Apigee denied address", jsonType, `{"fault":{"faultstring":"Access Denied for client ip : 192.0.2.7","detail":{"errorcode":"accesscontrol.IPDeniedAccess"}}}`},
		{"Apigee error code", jsonType, `{"ErrorCode":"policies.denied","Error":"no"}`},
		{"Google", jsonType, `{"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}`},
		{"Spring", jsonType, `{"timestamp":"2026-11-28T06:00:00Z","status":401,"error":"Unauthorized","path":"/"}`},
		{"Auth0", jsonType, `{"error":"access_denied","error_description":"Unauthorized"}`},
		{"bearer", jsonType, `{"error":"invalid_token","error_description":"expired"}`},
		{"DRF", jsonType, `{"detail":"Authentication credentials were not provided."}`},
		{"JSend", jsonType, `{"status":"fail","data":{"title":"no"}}`},
		{"JSON:API", jsonType, `{"errors":[{"status":"403","title":"Forbidden"}],"meta":{"copyright":"x"}}`},
		{"health", jsonType, `{"status":"UP"}`},
		{"bare data", jsonType, `{"data":"…"}`},
		{"bare list of data", jsonType, `{"data":[]}`},
		{"meta without a status", jsonType, `{"meta":{"total":0},"data":[]}`},
		{"meta without fail", jsonType, `{"meta":{"status":403},"error":"no"}`},
		{"fail is true", jsonType, `{"fail":true,"message":"no"}`},
		{"fail is text", jsonType, `{"fail":["no"]}`},
		{"fail is empty", jsonType, `{"fail":[]}`},
		{"fail without words", jsonType, `{"fail":[{}]}`},
		{"empty object", jsonType, `{}`},
		{"null", jsonType, `null`},
		{"empty array", jsonType, `[]`},
		{"array", jsonType, `[{"message":"Forbidden"}]`},
		{"true", jsonType, `true`},
		{"a word", jsonType, `"Forbidden"`},
		{"a number", jsonType, `403`},
		{"cut off", jsonType, `{"meta":{"status":200},"data":[{"accessKey":"zq`},
		{"keys without an envelope", jsonType, `{"accessKey":"a","secretKey":"b"}`},
		{"text", textType, "Access denied by policy"},
		{"text as JSON", jsonType, "upstream connect error or disconnect/reset before headers"},
		{"Squid", htmlType, `<!DOCTYPE html><html><head><title>ERROR: Access Denied</title></head></html>`},
		{"Zscaler", htmlType, "<html><head><title>Internet Security by Zscaler</title></head><body>Not allowed</body></html>"},
		{"a sign-on page as JSON", jsonType, `<html><body>Sign in to Corporate WiFi</body></html>`},
		{"a file", "application/octet-stream", "PK\x03\x04"},
		{"an image", "image/gif", "GIF89a"},
		{"CSV", "text/csv", "a,b"},
		{"words that Mimecast uses", jsonType, `{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}`},
		{"words of a code", jsonType, `{"message":"Enter the verification code"}`},
		{"words of a licence", jsonType, `{"message":"not licensed"}`},
		{"words of an expiry", jsonType, `{"message":"AccessKey Has Expired"}`},
		{"words of a clock", jsonType, `{"message":"Date Header Too Skewed"}`},
		{"words of an application", jsonType, `{"message":"App ID is invalid"}`},
		{"words of an address", jsonType, `{"message":"Access from this IP address is not permitted"}`},
	}
}

func foreignStatuses() []int {
	return []int{200, 201, 202, 204, 206, 300, 302, 304, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 418, 421, 422, 425, 426, 429, 431, 444, 451, 499, 500, 501, 502, 503, 504, 509, 511, 520, 525, 530, 599}
}

// foreigner is a client whose calls to some paths get one answer, and the others those of a good Mimecast.
func foreigner(t *testing.T, status int, body foreignBody, foreign func(path string) bool) *Client {
	t.Helper()
	c := newClient(t, Endpoint{BaseURL: "http://127.0.0.1:1"})
	c.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		wroteRequest(r)
		header, text, code := http.Header{}, okBody, 200
		switch {
		case foreign(r.URL.Path):
			code, text = status, body.text
			if body.mime != "" {
				header.Set("Content-Type", body.mime)
			}
			if status >= 300 && status < 400 {
				header.Set("Location", "https://portal.example.com/")
			}
		case r.URL.Path == tokenPath:
			text = tokenBody
		case r.URL.Path == accountPath:
			text = accountBody
		case r.URL.Path == whoamiPath:
			text = whoamiBody
		}
		return &http.Response{StatusCode: code, Header: header, Body: io.NopCloser(strings.NewReader(text)), ProtoMajor: 1, Request: r}, nil
	})
	return c
}

// TestNothingForeignIsBelieved: no answer of anything in between leads to credentials that count as accepted or as refused, to keys,
// to a region, or to a log-out that counts.
func TestNothingForeignIsBelieved(t *testing.T) {
	t.Parallel()
	everything := func(string) bool { return true }
	afterToken := func(path string) bool { return path != tokenPath }
	operations := map[string]func(t *testing.T, status int, body foreignBody) []string{
		"check of API 1.0": func(t *testing.T, status int, body foreignBody) []string {
			return disbelieved(run(t.Context(), foreigner(t, status, body, everything), vectorKeys(), Plan{Probes: probes(1)}))
		},
		"check of API 1.0 that is spared the account": func(t *testing.T, status int, body foreignBody) []string {
			return disbelieved(run(t.Context(), foreigner(t, status, body, everything), vectorKeys(), Plan{AccountOptional: true, Probes: optional(probes(1))}))
		},
		"check of API 2.0": func(t *testing.T, status int, body foreignBody) []string {
			return disbelieved(run(t.Context(), foreigner(t, status, body, everything), pair(), Plan{Probes: probes(1)}))
		},
		"calls after a token": func(t *testing.T, status int, body foreignBody) []string {
			results := run(t.Context(), foreigner(t, status, body, afterToken), pair(), Plan{AccountOptional: true, Probes: optional(probes(2))})
			v, wrong := Judge(results), []string(nil)
			if v.OK || v.Refused || !v.Unjudged || Confirmed(results) {
				wrong = append(wrong, states(results))
			}
			return wrong
		},
		"token": func(t *testing.T, status int, body foreignBody) []string {
			_, err := foreigner(t, status, body, everything).Token(t.Context(), pair())
			return unjudgedError(err)
		},
		"whoami": func(t *testing.T, status int, body foreignBody) []string {
			_, err := foreigner(t, status, body, afterToken).Whoami(t.Context(), pair())
			return unjudgedError(err)
		},
		"account": func(t *testing.T, status int, body foreignBody) []string {
			_, err := foreigner(t, status, body, afterToken).Account(t.Context(), pair())
			return unjudgedError(err)
		},
		"account of API 1.0": func(t *testing.T, status int, body foreignBody) []string {
			_, err := foreigner(t, status, body, everything).Account(t.Context(), vectorKeys())
			return unjudgedError(err)
		},
		"SIEM": func(t *testing.T, status int, body foreignBody) []string {
			_, err := foreigner(t, status, body, afterToken).Call(t.Context(), pair(), Request{Method: "GET", Path: "/siem/v1/batch/events/cg?type=receipt"})
			return unjudgedError(err)
		},
		"sign-in": func(t *testing.T, status int, body foreignBody) []string {
			keys, err := foreigner(t, status, body, everything).SignIn(t.Context(), signIn())
			wrong := unjudgedError(err)
			if !keys.AccessKey.IsZero() || UnfamiliarSignIn(err) {
				wrong = append(wrong, "keys, or a riddle of Mimecast's")
			}
			return wrong
		},
		"sign-in with a code": func(t *testing.T, status int, body foreignBody) []string {
			s := signIn()
			s.Code = secret.New("123456")
			_, err := foreigner(t, status, body, everything).SignIn(t.Context(), s)
			return unjudgedError(err)
		},
		"discover": func(t *testing.T, status int, body foreignBody) []string {
			_, err := foreigner(t, status, body, everything).Discover(t.Context(), applicationID, "svc@example.com")
			return unjudgedError(err)
		},
		"log-out": func(t *testing.T, status int, body foreignBody) []string {
			err := foreigner(t, status, body, everything).SignOut(t.Context(), vectorKeys(), vectorKeys().AccessKey)
			return append(unjudgedError(err), notConfirmed(err)...)
		},
	}
	for name, operation := range operations {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := 0
			for _, body := range foreignBodies() {
				for _, status := range foreignStatuses() {
					synctest.Test(t, func(t *testing.T) {
						for _, wrong := range operation(t, status, body) {
							t.Errorf("%s with HTTP %d: %s", body.name, status, wrong)
						}
					})
					n++
				}
			}
			t.Logf("%d answers", n)
		})
	}
}

// disbelieved says what is wrong with a check that met nothing but foreign answers.
func disbelieved(results []Result) []string {
	v := Judge(results)
	if v.Accepted || v.OK || v.Refused || !v.Unjudged || v.Account != nil || Confirmed(results) {
		return []string{states(results)}
	}
	for _, r := range results {
		if r.State == Failed && (r.Meaning == "" || r.Fix == "" || !r.Where.Has(WhereConnection|WhereRegion) && r.Kind != Server && r.Kind != RateLimited) {
			return []string{r.ID + " is not explained: " + r.Meaning + " / " + r.Fix}
		}
	}
	return nil
}

// unjudgedError says what is wrong with an error that has to leave the credentials unjudged.
func unjudgedError(err error) []string {
	e := asError(err)
	switch d := Diagnose(err, API20); {
	case err == nil:
		return []string{"a success"}
	case !e.Kind.Unjudged():
		return []string{"the kind " + string(e.Kind)}
	case d.Meaning == "" || d.Fix == "":
		return []string{"no advice"}
	case strings.Contains(strings.ToLower(d.Meaning+d.Fix), "role") || strings.Contains(d.Meaning+d.Fix, "internal domain"):
		return []string{"advice on what was never judged: " + d.Meaning + " " + d.Fix}
	}
	return nil
}

func notConfirmed(err error) []string {
	if e := asError(err); !errors.Is(e, ErrNotConfirmed) {
		return []string{"a log-out that nobody says is not confirmed: " + e.Error()}
	}
	return nil
}

// TestForeignWordsAreShown: who refused has a right to be heard, and nobody else knows why it did.
func TestForeignWordsAreShown(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]string{
		"AWS WAF":               {"", "Forbidden"},
		"AWS API gateway":       {"", "User is not authorized to access this resource"},
		"Kong":                  {"", "Unauthorized"},
		"Azure API management":  {"", "Access denied due to missing subscription key."},
		"Cloudflare 1020":       {"1020", "Error 1020: The site owner has blocked access."},
		"Cloudflare API":        {"10000", "Authentication error"},
		"RFC 7807":              {"", "Forbidden: policy"},
		"Apigee fault":          {"oauth.v2.InvalidApiKey", "Invalid ApiKey"},
		"Apigee denied address": {"accesscontrol.IPDeniedAccess", "Access Denied for client ip : 192.0.2.7"},
		"Apigee error code":     {"policies.denied", "no"},
		"Google":                {"403", "The caller does not have permission"},
		"Spring":                {"", "Unauthorized"},
		"Auth0":                 {"access_denied", "Unauthorized"},
		"DRF":                   {"", "Authentication credentials were not provided."},
		"JSON:API":              {"", "Forbidden"},
		"array":                 {"", "Forbidden"},
		"a word":                {"", "Forbidden"},
		"text":                  {"", "Access denied by policy"},
		"Squid":                 {"", "ERROR: Access Denied"},
		"Zscaler":               {"", "Internet Security by Zscaler"},
		"cut off":               {"", ""},
	} {
		found := false
		for _, body := range foreignBodies() {
			if found = body.name == name; !found {
				continue
			}
			for _, op := range []string{tokenOp, callOp, siemOp, "GET " + whoamiPath, "POST " + loginPath, "POST " + logoutPath} {
				e := envelope(op, 403, header("Content-Type", body.mime), []byte(body.text))
				if e == nil || e.Code != want[0] || e.Message != want[1] {
					t.Errorf("%s at %s: %v", name, op, e)
				}
			}
			break
		}
		if !found {
			t.Errorf("there is no %s", name)
		}
	}
}

// FuzzForeign: what has neither meta nor fail nor a token is never taken for Mimecast's by a function or a token service.
func FuzzForeign(f *testing.F) {
	for _, body := range foreignBodies() {
		f.Add(body.mime, []byte(body.text), 200)
		f.Add(body.mime, []byte(body.text), 403)
	}
	f.Fuzz(func(t *testing.T, mime string, body []byte, status int) {
		for _, sign := range []string{"meta", "fail", "access_token", "fault", "rror"} {
			if bytes.Contains(body, []byte(sign)) || bytes.ContainsRune(body, '\\') {
				return
			}
		}
		for _, op := range []string{tokenOp, callOp, "POST " + loginPath, "POST " + logoutPath} {
			e := envelope(op, status, header("Content-Type", mime), body)
			if e == nil || !e.Kind.Unjudged() {
				t.Fatalf("%s with HTTP %d is believed at %s: %v", body, status, op, e)
			}
		}
	})
}
