package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mimecred/client/secret"
)

func TestTraceShowsNoSecret(t *testing.T) {
	t.Parallel()
	f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "req-9")
		switch {
		case r.URL.Path == tokenPath:
			write(w, 200, tokenBody)
		case strings.HasPrefix(r.URL.Path, "/echo"):
			// A server that repeats what it got, in every form.
			own := strings.TrimPrefix(r.URL.Path, "/echo/")
			write(w, 403, fmt.Sprintf(`{"fail":[{"code":%q,"message":%q}]}`, own, strings.Join([]string{
				r.Header.Get("Authorization"), own, url.QueryEscape(own), base64.StdEncoding.EncodeToString([]byte(own)),
				fmt.Sprintf("%x", own), fmt.Sprintf("%X", own),
			}, " ")))
		case r.URL.Path == loginPath:
			write(w, 200, keysBody)
		default:
			write(w, 200, okBody)
		}
	})
	var logged bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c := newClient(t, f.endpoint(t), WithLogger(logger))
	var errs []error
	for _, credential := range []Credential{pair(), vectorKeys()} {
		own := credential.Secrets()[len(credential.Secrets())-1].Reveal()
		_, err := c.Call(within(t), credential, Request{Path: "/echo/" + url.PathEscape(own), Query: url.Values{"q": {own}}})
		errs = append(errs, err)
	}
	if _, err := c.SignIn(within(t), signIn()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(within(t))
	cancel()
	_, err := c.Token(ctx, OAuth{ClientID: "x", ClientSecret: secret.New(oddSecret)})
	errs = append(errs, err)
	text := logged.String() + fmt.Sprint(errs)
	for _, s := range []string{clientSecret, vectorSecretKey, vectorAccessKey, servicePassword, oddSecret, "RPjLow4SKlsPLycjML3dqvIxzi7B"} {
		for _, form := range []string{
			s, url.QueryEscape(s), url.PathEscape(s), base64.StdEncoding.EncodeToString([]byte(s)), fmt.Sprintf("%x", s), fmt.Sprintf("%X", s),
			base64.RawURLEncoding.EncodeToString([]byte(s)),
		} {
			if strings.Contains(text, form) {
				t.Errorf("%q shows in %s", form, text)
			}
		}
	}
	for _, want := range []string{`"method":"POST"`, `"status":403`, `"request_id":"req-9"`, "duration", "Authorization", "/oauth/token", "q=…", `"kind":"canceled"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	if strings.Contains(text, "Basic-Cloud ") || strings.Contains(text, "userName") {
		t.Error("the trace holds a header's value or a body")
	}
}
