package client

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"testing"
)

// traced is one line of a trace.
type traced struct {
	URL     string
	Status  int
	Kind    Kind
	Code    string
	Message string
}

// traceOf runs calls against a server and gives what was traced.
func traceOf(t *testing.T, handler http.HandlerFunc, calls func(*Client)) []traced {
	t.Helper()
	var logged bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	calls(newClient(t, serve(t, plain, handler).endpoint(t), WithLogger(logger)))
	var lines []traced
	for decoder := json.NewDecoder(&logged); decoder.More(); {
		var line traced
		if err := decoder.Decode(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTraceHoldsWhatMimecastSaid(t *testing.T) {
	t.Parallel()
	call := func(credential Credential) func(*Client) {
		return func(c *Client) { _, _ = c.Call(within(t), credential, Request{Path: "/api/x", Body: []byte(`{}`)}) }
	}
	for name, tt := range map[string]struct {
		handler http.HandlerFunc
		calls   func(*Client)
		want    []traced // of the URL only the path
	}{
		"token refused": {
			func(w http.ResponseWriter, _ *http.Request) { write(w, 401, refusedBody) }, call(pair()),
			[]traced{{"/oauth/token", 401, InvalidCredentials, "InvalidClientIdentifier", "Client credentials are invalid"}},
		},
		"call without permission": {
			mimecast20(func(w http.ResponseWriter, _ *http.Request) { write(w, 403, noPermission) }), call(pair()),
			[]traced{{URL: "/oauth/token", Status: 200}, {"/api/x", 403, MissingPermission, "app_forbidden", "Forbidden to perform the requested operation"}},
		},
		"failure inside a 200": {
			func(w http.ResponseWriter, _ *http.Request) {
				write(w, 200, `{"meta":{"status":200},"data":[],"fail":[{"errors":[{"code":"err_validation_null","message":"m"}]}]}`)
			}, call(vectorKeys()),
			[]traced{{"/api/x", 200, Validation, "err_validation_null", "m"}},
		},
		"application ID repeated": {
			func(w http.ResponseWriter, r *http.Request) {
				write(w, 403, `{"fail":[{"code":"c","message":"App is not allowed: `+r.Header.Get("X-Mc-App-Id")+`"}]}`)
			}, call(vectorKeys()),
			[]traced{{"/api/x", 403, MissingPermission, "c", "App is not allowed: [redacted]"}},
		},
		"client ID repeated": {
			func(w http.ResponseWriter, _ *http.Request) {
				write(w, 401, `{"fail":[{"code":"invalid_client","message":"no client `+pair().ClientID+`"}]}`)
			}, call(pair()),
			[]traced{{"/oauth/token", 401, InvalidCredentials, "invalid_client", "no client [redacted]"}},
		},
		"success": {fine, call(vectorKeys()), []traced{{URL: "/api/x", Status: 200}}},
		"sign-in": {
			func(w http.ResponseWriter, _ *http.Request) {
				write(w, 401, `{"fail":[{"code":"no","message":"wrong"}]}`)
			},
			func(c *Client) { _, _ = c.SignIn(within(t), signIn()) },
			[]traced{{loginPath, 401, InvalidCredentials, "no", "wrong"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := traceOf(t, tt.handler, tt.calls)
			if len(got) != len(tt.want) {
				t.Fatalf("%d lines: %+v", len(got), got)
			}
			for i, want := range tt.want {
				line := got[i]
				if len(line.URL) < len(want.URL) || line.URL[len(line.URL)-len(want.URL):] != want.URL {
					t.Errorf("line %d is of %s, not of %s", i, line.URL, want.URL)
				}
				line.URL = want.URL
				if line != want {
					t.Errorf("line %d is %+v, want %+v", i, line, want)
				}
			}
		})
	}
}
