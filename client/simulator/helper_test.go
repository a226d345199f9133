package simulator

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// lab is a simulator behind a real listener, with a clock that the test turns.
type lab struct {
	*Server
	t    *testing.T
	url  string
	at   time.Time
	http *http.Client
	// stopped waits until every request was dealt with to its end.
	stopped func()
}

func newLab(t *testing.T, opts ...Option) *lab {
	t.Helper()
	l := &lab{t: t, at: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	l.Server = New(append([]Option{WithClock(func() time.Time { return l.at })}, opts...)...)
	server := httptest.NewServer(l.Server)
	t.Cleanup(server.Close)
	t.Cleanup(l.stop)
	l.url, l.http, l.stopped = server.URL, server.Client(), server.Close
	l.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return l
}

// reply is what came back.
type reply struct {
	status int
	header http.Header
	body   string
}

func (l *lab) send(method, path, body string, header map[string]string) reply {
	l.t.Helper()
	r, err := http.NewRequestWithContext(l.t.Context(), method, l.url+path, strings.NewReader(body))
	if err != nil {
		l.t.Fatal(err)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	res, err := l.http.Do(r)
	if err != nil {
		l.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		l.t.Fatalf("%s %s: %v", method, path, err)
	}
	return reply{res.StatusCode, res.Header, string(got)}
}

// mint asks for a token.
func (l *lab) mintToken(id, secret string) reply {
	l.t.Helper()
	form := url.Values{"client_id": {id}, "client_secret": {secret}, "grant_type": {"client_credentials"}}
	return l.send("POST", "/oauth/token", form.Encode(), map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
}

// bearerOf gives an access token for an application.
func (l *lab) bearerOf(a OAuthApplication) string {
	l.t.Helper()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	got := l.mintToken(a.ClientID, a.ClientSecret)
	if err := json.Unmarshal([]byte(got.body), &token); err != nil || token.AccessToken == "" {
		l.t.Fatalf("no token: %d %s", got.status, got.body)
	}
	return token.AccessToken
}

// call20 makes a data call with a token.
func (l *lab) call20(token, method, path, body string) reply {
	l.t.Helper()
	return l.send(method, path, body, map[string]string{"Authorization": "Bearer " + token, "Content-Type": "application/json"})
}

// call10 makes a signed call, written after Mimecast's documentation and not after the code under test.
func (l *lab) call10(a LegacyApplication, b Binding, path, body string) reply {
	l.t.Helper()
	return l.signedAt(l.at, a, b, path, body)
}

func (l *lab) signedAt(at time.Time, a LegacyApplication, b Binding, path, body string) reply {
	l.t.Helper()
	date, id := at.UTC().Format(time.RFC1123), "8578fcfc-a305-4d9a-99cb-f4d5ecefe297"
	key, err := base64.StdEncoding.DecodeString(b.SecretKey)
	if err != nil {
		l.t.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	fmt.Fprintf(mac, "%s:%s:%s:%s", date, id, path, a.ApplicationKey)
	return l.send("POST", path, body, map[string]string{
		"Authorization": "MC " + b.AccessKey + ":" + base64.StdEncoding.EncodeToString(mac.Sum(nil)),
		"x-mc-app-id":   a.ApplicationID, "x-mc-date": date, "x-mc-req-id": id,
	})
}

// signIn asks for keys.
func (l *lab) signIn(scheme, email, password, item string) reply {
	l.t.Helper()
	return l.send("POST", "/api/login/login", `{"data":[`+item+`]}`, map[string]string{
		"Authorization": scheme + " " + base64.StdEncoding.EncodeToString([]byte(email+":"+password)),
		"x-mc-app-id":   l.seeded.legacy.ApplicationID,
	})
}

// want compares the status and looks for words in the body.
func (r reply) want(t *testing.T, status int, words ...string) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d instead of %d: %s", r.status, status, r.body)
	}
	for _, word := range words {
		if !strings.Contains(r.body, word) {
			t.Errorf("%q is not in %s", word, r.body)
		}
	}
}

// valid fails when the body is no JSON.
func (r reply) valid(t *testing.T) {
	t.Helper()
	if !json.Valid(bytes.TrimSpace([]byte(r.body))) {
		t.Errorf("no JSON: %s", r.body)
	}
}
