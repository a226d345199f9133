package client

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mimecred/client/secret"
)

const applicationID = "22222222-3333-4444-8555-666666666666"

func signIn() SignIn {
	return SignIn{ApplicationID: applicationID, Email: "svc@example.com", Type: SignInCloud, Password: secret.New(servicePassword)}
}

const keysBody = `{"meta":{"status":200},"data":[{"accessKey":"` + vectorAccessKey + `","secretKey":"` + vectorSecretKey +
	`","duration":43200000,"bindingType":"one_step","extendOnValidate":false,"username":"svc@example.com"}],"fail":[]}`

func TestSignInRequest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*SignIn)
		scheme string
		item   map[string]string
	}{
		{"cloud", func(*SignIn) {}, "Basic-Cloud", map[string]string{"userName": "svc@example.com"}},
		{"domain", func(s *SignIn) { s.Type = SignInDomain }, "Basic-AD", map[string]string{"userName": "svc@example.com"}},
		{"with a code", func(s *SignIn) { s.Code = secret.New("123456") }, "Basic-Cloud", map[string]string{"userName": "svc@example.com", "verificationCode": "123456"}},
		{"renewing", func(s *SignIn) { s.Expired = secret.New(vectorAccessKey) }, "Basic-Cloud", map[string]string{"userName": "svc@example.com", "accessKey": vectorAccessKey}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var body atomic.Value
			f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
				read, _ := io.ReadAll(r.Body)
				body.Store(read)
				write(w, 200, keysBody)
			})
			s := signIn()
			tt.change(&s)
			keys, err := newClient(t, f.endpoint(t)).SignIn(within(t), s)
			if err != nil {
				t.Fatal(err)
			}
			if keys.AccessKey.Reveal() != vectorAccessKey || keys.SecretKey.Reveal() != vectorSecretKey ||
				keys.Duration != 12*time.Hour || keys.BindingType != "one_step" {
				t.Errorf("got %+v", keys)
			}
			r := f.requests[0]
			want := tt.scheme + " " + base64.StdEncoding.EncodeToString([]byte("svc@example.com:"+servicePassword))
			if r.URL.Path != "/api/login/login" || r.Header.Get("Authorization") != want || r.Header.Get("X-Mc-App-Id") != applicationID ||
				!isUUID(r.Header.Get("X-Mc-Req-Id")) || !strings.HasSuffix(r.Header.Get("X-Mc-Date"), " UTC") {
				t.Errorf("the request is %s %v", r.URL, r.Header)
			}
			var sent struct{ Data []map[string]string }
			if err := json.Unmarshal(body.Load().([]byte), &sent); err != nil || len(sent.Data) != 1 {
				t.Fatalf("the body is %s", body.Load())
			}
			for k, v := range tt.item {
				if sent.Data[0][k] != v {
					t.Errorf("%s is %q", k, sent.Data[0][k])
				}
			}
			if len(sent.Data[0]) != len(tt.item) {
				t.Errorf("the body is %s", body.Load())
			}
		})
	}
}

func TestSignInOutcomes(t *testing.T) {
	t.Parallel()
	fail := func(code, message string) string {
		return `{"meta":{"status":401},"data":[],"fail":[{"key":{"username":"svc@example.com"},"errors":[{"code":"` + code + `","message":"` + message + `","retryable":false}]}]}`
	}
	tests := []struct {
		name    string
		status  int
		body    string
		second  bool // a code is wanted
		kind    Kind
		message string
	}{
		{"two_step without keys", 200, `{"meta":{"status":200},"data":[{"bindingType":"two_step"}],"fail":[]}`, true, "", ""},
		{"401 that speaks of two-step", 401, fail("err_x", "Two-Step authentication is required"), true, "", "Two-Step authentication is required"},
		{"401 with a telling code", 401, fail("TwoFactorRequired", ""), true, "", ""},
		{"200 with fail that speaks of a code", 200, fail("err_x", "Enter the verification code"), true, "", "Enter the verification code"},
		{"403 that speaks of 2FA", 403, fail("err_x", "2FA needed"), true, "", "2FA needed"},
		{"401 with an unknown code", 401, fail("err_strange", "Something"), false, InvalidCredentials, "Something"},
		{"200 with an unknown fail", 200, fail("err_strange", "Something"), false, InvalidCredentials, "Something"},
		{"401 wrong type", 401, fail("0001", "Authentication type not supported for the user"), false, InvalidCredentials, "Authentication type not supported for the user"},
		{"401 without words", 401, `{"meta":{"status":401},"data":[],"fail":[]}`, false, InvalidCredentials, ""},
		{"empty 401", 401, "", false, ProxyFailed, ""},
		{"a gateway that speaks of a code", 401, `{"message":"verification code needed"}`, false, ProxyFailed, "verification code needed"},
		{"403", 403, fail("x", "no"), false, InvalidCredentials, "no"},
		{"unknown application", 200, developerKey, false, UnknownApplication, "App ID is invalid: x"},
		{"no data", 200, okBody, false, BadResponse, ""},
		{"keys but meta.status 401", 200, strings.Replace(keysBody, `"status":200`, `"status":401`, 1), false, InvalidCredentials, ""},
		{"keys but a fail", 200, strings.Replace(keysBody, `"fail":[]`, `"fail":[{"code":"odd"}]`, 1), false, InvalidCredentials, ""},
		{"one key only", 200, `{"meta":{"status":200},"data":[{"accessKey":"x","bindingType":"one_step"}],"fail":[]}`, false, BadResponse, ""},
		{"another shape", 200, `{"data":"x"}`, false, BadResponse, ""},
		{"keys of another type", 200, `{"data":[{"accessKey":1}]}`, false, BadResponse, ""},
		{"HTML", 200, `<html>verification code</html>`, false, BadResponse, ""},
		{"redirect", 302, ``, false, BadResponse, ""},
		{"server fault", 503, `{}`, false, Server, ""},
		{"rate limit", 429, `{}`, false, RateLimited, ""},
		{"skewed", 401, fail("x", "Date Header Too Skewed"), false, ClockSkew, "Date Header Too Skewed"},
		{"bad request", 400, fail("0001", "Credentials are missing from the request."), false, Validation, "Credentials are missing from the request."},
	}
	for _, tt := range tests {
		for _, code := range []string{"", "123456"} {
			t.Run(tt.name+" code "+code, func(t *testing.T) {
				t.Parallel()
				f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
					if tt.status == 302 {
						w.Header().Set("Location", "/elsewhere")
					}
					write(w, tt.status, tt.body)
				})
				s := signIn()
				s.Code = secret.New(code)
				keys, err := newClient(t, f.endpoint(t)).SignIn(within(t), s)
				if err == nil || !keys.AccessKey.IsZero() || !keys.SecretKey.IsZero() {
					t.Fatalf("got %+v, %v", keys, err)
				}
				if n := f.count(""); n != 1 {
					t.Errorf("%d requests", n)
				}
				var second *SecondFactorError
				if errors.As(err, &second) != tt.second {
					t.Fatalf("got %#v", err)
				}
				e := asError(err)
				if tt.second {
					if second.Wrong != (code != "") || second.Message != tt.message || e.HTTPStatus != tt.status {
						t.Errorf("got %+v", second)
					}
					return
				}
				if e.Kind != tt.kind || e.Message != tt.message {
					t.Errorf("got %+v", e)
				}
			})
		}
	}
}

func TestAWrongClockIsNotBlamedForWhatIsNotSigned(t *testing.T) {
	t.Parallel()
	date := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", date.Format(http.TimeFormat))
		write(w, 401, `{"meta":{"status":401},"fail":[{"errors":[{"code":"err_login","message":"Invalid user name or password"}]}]}`)
	})
	c := newClient(t, f.endpoint(t), WithClock(func() time.Time { return date.Add(6 * time.Minute) }))
	_, signedIn := c.SignIn(within(t), signIn())
	_, discovered := c.Discover(within(t), applicationID, "svc@example.com")
	for what, err := range map[string]error{"sign-in": signedIn, "discovery": discovered} {
		if e := asError(err); e.Kind != InvalidCredentials || e.Skew != 6*time.Minute {
			t.Errorf("the %s gives %s with a skew of %v", what, e.Kind, e.Skew)
		}
	}
	if _, err := c.Account(within(t), vectorKeys()); asError(err).Kind != ClockSkew {
		t.Errorf("a signed call gives %v", err)
	}
}

func TestSignInIsNeverRepeated(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string]flavour{"HTTP/1.1": h1tls, "HTTP/2": h2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var signIns atomic.Int64
			f := serve(t, kind, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == loginPath {
					signIns.Add(1)
					panic(http.ErrAbortHandler)
				}
				write(w, 200, okBody)
			})
			c := newClient(t, f.endpoint(t))
			// A connection that is kept open is where net/http repeats by itself.
			if _, err := c.Call(within(t), vectorKeys(), Request{Path: "/api/x"}); err != nil {
				t.Fatal(err)
			}
			_, err := c.SignIn(within(t), signIn())
			// HTTP/2 does not cut the connection but says that the stream failed.
			want := map[flavour]Kind{h1tls: Network, h2: BadResponse}[kind]
			if e := asError(err); e.Kind != want || signIns.Load() != 1 {
				t.Errorf("%d sign-ins, %v", signIns.Load(), e)
			}
		})
	}
}

func TestSignInNeedsItsInput(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, fine)
	c := newClient(t, f.endpoint(t))
	for field, change := range map[string]func(*SignIn){
		"application_id": func(s *SignIn) { s.ApplicationID = "" },
		"email":          func(s *SignIn) { s.Email = "svc" },
		"password":       func(s *SignIn) { s.Password = secret.Value{} },
	} {
		s := signIn()
		change(&s)
		_, err := c.SignIn(within(t), s)
		if e := asError(err); e.Kind != Validation || e.Field != field {
			t.Errorf("%s: %v", field, e)
		}
	}
	if f.count("") != 0 {
		t.Error("a request was made")
	}
}

func TestSignInEchoesNoSecret(t *testing.T) {
	t.Parallel()
	header := base64.StdEncoding.EncodeToString([]byte("svc@example.com:" + servicePassword))
	f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
		message, _ := json.Marshal("bad " + servicePassword + " and " + header + " and code 654321")
		write(w, 401, `{"fail":[{"code":"c","message":`+string(message)+`}]}`)
	})
	s := signIn()
	s.Code = secret.New("654321")
	_, err := newClient(t, f.endpoint(t)).SignIn(within(t), s)
	for _, form := range []string{servicePassword, header, "654321"} {
		if strings.Contains(err.Error(), form) {
			t.Errorf("the error holds %q: %v", form, err)
		}
	}
}

func TestSpeaksOfSecondStep(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"err_two_step_required": true, "TwoStepRequired": true, "2-Step": true, "Please enter the one-time password": true,
		"OTP is wrong": true, "invalid TOTP": true, "Verification Code": true, "authentication code expired": true, "two_factor": true,
		"": false, "Authentication type not supported for the user": false, "robotparts": false, "stop": false, "code": false,
		"one step at a time": false, "0004 Invalid Signature": false,
	} {
		if got := speaksOfSecondStep(text); got != want {
			t.Errorf("%q gives %v", text, got)
		}
	}
}

func TestDiscover(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body, location string
		status               int
		want                 string
		types                int
		kind                 Kind
	}{
		{"found", `{"meta":{"status":200},"data":[{"authenticate":["Basic-Cloud","Basic-Ad"],"emailAddress":"svc@example.com","emailToken":"t","region":{"api":"https://eu-api.mimecast.com"}}],"fail":[]}`, "", 200, "https://eu-api.mimecast.com", 2, ""},
		{"with a slash", `{"meta":{"status":200},"data":[{"region":{"api":"https://us-api.mimecast.com/"}}]}`, "", 200, "https://us-api.mimecast.com", 0, ""},
		{"without a scheme", `{"meta":{"status":200},"data":[{"authenticate":"x","region":{"api":"us-api.mimecast.com"}}]}`, "", 200, "https://us-api.mimecast.com", 0, ""},
		{"this machine", `{"meta":{"status":200},"data":[{"region":{"api":"http://127.0.0.1:9"}}]}`, "", 200, "http://127.0.0.1:9", 0, ""},
		{"unknown address", `{"meta":{"status":200},"data":[{"emailAddress":"svc@example.com"}],"fail":[]}`, "", 200, "", 0, Validation},
		{"no data", okBody, "", 200, "", 0, Validation},
		{"another host", `{"meta":{"status":200},"data":[{"region":{"api":"https://evil.example"}}]}`, "", 200, "", 0, BadResponse},
		{"a host that only looks right", `{"meta":{"status":200},"data":[{"region":{"api":"https://xy-api.mimecast.com"}}]}`, "", 200, "", 0, BadResponse},
		{"an old name", `{"meta":{"status":200},"data":[{"region":{"api":"https://jer-api.mimecast.com"}}]}`, "", 200, "", 0, BadResponse},
		{"itself", `{"meta":{"status":200},"data":[{"region":{"api":"https://api.mimecast.com"}}]}`, "", 200, "", 0, BadResponse},
		{"another port", `{"meta":{"status":200},"data":[{"region":{"api":"https://us-api.mimecast.com:8443"}}]}`, "", 200, "", 0, BadResponse},
		{"redirect to a port", "", "https://us-api.mimecast.com:8443/", 302, "", 0, BadResponse},
		{"redirect without TLS", "", "http://us-api.mimecast.com/", 302, "", 0, BadResponse},
		{"no region, and no fail", `{"meta":{"status":200},"data":[{"emailAddress":"svc@example.com"}]}`, "", 200, "", 0, BadResponse},
		{"nothing at all, and no fail", `{"meta":{"status":200},"data":[]}`, "", 200, "", 0, BadResponse},
		{"created, not answered", `{"meta":{"status":201},"data":[],"fail":[]}`, "", 200, "", 0, BadResponse},
		{"a status of another kind", okBody, "", 202, "", 0, BadResponse},
		{"not Mimecast's", `{}`, "", 200, "", 0, BadResponse},
		{"not Mimecast's either", `{"data":[{"emailAddress":"svc@example.com"}]}`, "", 200, "", 0, BadResponse},
		{"no URL", `{"meta":{"status":200},"data":[{"region":{"api":"https://us-api.mimecast.com/x"}}]}`, "", 200, "", 0, BadResponse},
		{"another shape", `{"data":{}}`, "", 200, "", 0, BadResponse},
		{"unknown application", developerKey, "", 200, "", 0, UnknownApplication},
		{"redirect to a region", "", "https://de-api.mimecast.com/api/login/discover-authentication", 302, "https://de-api.mimecast.com", 0, ""},
		{"redirect elsewhere", "", "https://evil.example/", 302, "", 0, BadResponse},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := serve(t, plain, func(w http.ResponseWriter, _ *http.Request) {
				if tt.location != "" {
					w.Header().Set("Location", tt.location)
				}
				write(w, tt.status, tt.body)
			})
			got, err := newClient(t, f.endpoint(t)).Discover(within(t), applicationID, "svc@example.com")
			if tt.kind != "" {
				if e := asError(err); e.Kind != tt.kind {
					t.Errorf("got %v", e)
				}
				return
			}
			if err != nil || got.BaseURL != tt.want || len(got.Types) != tt.types {
				t.Errorf("got %+v, %v", got, err)
			}
			r := f.requests[0]
			if r.URL.Path != discoverPath || r.Header.Get("Authorization") != "" || r.Header.Get("X-Mc-App-Id") != applicationID {
				t.Errorf("the request is %s %v", r.URL, r.Header)
			}
		})
	}
}

// TestLogOutIsRefusedInTheWholeFormOnly: a refusal without meta is none of a function's, so that the key may still work.
func TestLogOutIsRefusedInTheWholeFormOnly(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 400, 401, 403, 404, 418} {
		for body, judged := range map[string]bool{
			`{"meta":{"status":401},"data":[],"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature"}]}]}`: true,
			`{"meta":{"status":403},"fail":[{"code":"err_xdk_forbidden","message":"no"}]}`:                                                    true,
			`{"fail":[{"errors":[{"code":"err_xdk_invalid_signature","message":"0004 Invalid Signature"}]}]}`:                                 false,
			`{"fail":[{"code":"app_forbidden","message":"Forbidden to perform the requested operation"}]}`:                                    false,
			`{"fail":[{"code":"InvalidClientIdentifier","message":"Client credentials are invalid"}],"data":[]}`:                              false,
			`{"meta":{"total":0},"data":[],"fail":[{"code":"x","message":"no"}]}`:                                                             false,
		} {
			c := inMemory(t, func(*http.Request) (int, string) { return status, body })
			err := c.SignOut(within(t), vectorKeys(), vectorKeys().AccessKey)
			e := asError(err)
			if err == nil || errors.Is(err, ErrNotConfirmed) == judged || e.Kind.Unjudged() == judged {
				t.Errorf("HTTP %d %s: %v, kind %s", status, body, err, e.Kind)
			}
		}
	}
}

func TestSignOut(t *testing.T) {
	t.Parallel()
	var body atomic.Value
	status := 200
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		read, _ := io.ReadAll(r.Body)
		body.Store(string(read))
		if !strings.HasPrefix(r.Header.Get("Authorization"), "MC "+vectorAccessKey+":") {
			status = 401
		}
		said := okBody
		if status != 200 {
			said = badSignature
		}
		write(w, status, said)
	})
	c := newClient(t, f.endpoint(t))
	if err := c.SignOut(within(t), vectorKeys(), secret.New("old-key")); err != nil {
		t.Fatal(err)
	}
	if body.Load() != `{"data":[{"accessKey":"old-key"}]}` || f.requests[0].URL.Path != logoutPath {
		t.Errorf("sent %v to %s", body.Load(), f.requests[0].URL)
	}
	status = 401
	if err := c.SignOut(within(t), vectorKeys(), secret.New("old-key")); asError(err).Kind != InvalidCredentials {
		t.Errorf("got %v", err)
	}
}
