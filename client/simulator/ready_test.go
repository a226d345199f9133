package simulator

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"
)

func TestCredentials(t *testing.T) {
	s := New()
	var names []string
	for _, r := range s.Credentials("http://127.0.0.1:1") {
		names = append(names, r.Name)
		if r.About == "" || r.From["base_url"] != "http://127.0.0.1:1" || r.From["profile"] != r.Name || (r.Kind == "") != (r.Exit == 0) {
			t.Errorf("%+v", r)
		}
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	}
	want := []string{
		"oauth-ok", "oauth-missing-product", "oauth-missing-permission", "legacy-ok", "legacy-expired", "legacy-otp",
		"legacy-no-otp", "oauth-cloud-integrated",
	}
	if !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	for _, r := range s.IntegrationCredentials("http://127.0.0.1:1") {
		if r.From["integration"] != "axonius-mimecast-v2" || r.From["internal_domain"] != "example.com" {
			t.Errorf("%+v", r)
		}
	}
}

// What Credentials promises about the account is so.
func TestCredentialsAreWhatTheySay(t *testing.T) {
	l := newLab(t)
	for _, r := range append(l.Credentials(l.url), l.IntegrationCredentials(l.url)...) {
		id, ok := r.From["client_id"].(string)
		if !ok {
			continue
		}
		secret, _ := r.From["client_secret"].(string)
		token := l.bearerOf(OAuthApplication{ClientID: id, ClientSecret: secret})
		path, body := accountPath, ""
		if r.From["integration"] != nil {
			path, body = "/api/user/get-internal-users", `{"data":[{"domain":"example.com"}]}`
		}
		got := l.call20(token, "POST", path, body)
		switch r.Kind {
		case "":
			got.want(t, 200, `"fail":[]`)
		case "missing_product":
			got.want(t, 403, "does not exist in any product")
		case "missing_permission":
			got.want(t, 403, "Forbidden to perform")
		default:
			t.Errorf("%s: %s", r.Name, r.Kind)
		}
	}
}

func TestMadeUpValuesStayTheSame(t *testing.T) {
	a, b, c := New().Demo(), New().Demo(), New(WithSeed("other")).Demo()
	if a != b || a == c {
		t.Error("the seed does not decide")
	}
	for value, shape := range map[string]string{
		a.ClientID: `^[A-Za-z0-9]{48}$`, a.ClientSecret: `^[A-Za-z0-9]{64}$`,
		a.ApplicationID: `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, a.ApplicationKey: `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
		a.AccessKey: `^[A-Za-z0-9_-]{150}$`, a.SecretKey: `^[A-Za-z0-9+/]{86}==$`,
		a.Email: `^svc-otp@example\.com$`, a.Password: `.`, a.InternalDomain: `^example\.com$`,
	} {
		if !regexp.MustCompile(shape).MatchString(value) {
			t.Errorf("%q is not %s", value, shape)
		}
	}
}

func TestStart(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	running, err := Start(ctx, "", WithScenario("hang"))
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), "GET", running.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	failed := make(chan error, 1)
	go func() {
		_, err := http.DefaultClient.Do(request)
		failed <- err
	}()
	cancel() // ends what hangs, too
	<-running.Done()
	if <-failed == nil {
		t.Error("a reply came")
	}
	for range 2 {
		if err := running.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestStartRefusesOtherAddresses(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "example.com:80", "127.0.0.1", "[::]:0"} {
		if running, err := Start(t.Context(), addr); err == nil {
			t.Errorf("%s: listens at %s", addr, running.URL)
			_ = running.Close()
		}
	}
	one, err := Start(t.Context(), "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	if _, err := Start(t.Context(), one.URL[len("http://"):]); err == nil {
		t.Error("two listen on one address")
	}
}

// Everything at once, for the race detector.
func TestConcurrentUse(t *testing.T) {
	l := newLab(t)
	token := l.bearerOf(l.seeded.all)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, name := range []string{"none", "server-500-once", "token-expired", "rate-limited-once"} {
				if err := l.SetScenario(name); err != nil {
					t.Error(err)
				}
				l.call20(token, "POST", accountPath, "")
				l.call10(l.seeded.legacy, l.seeded.keys, accountPath, "")
				l.signIn("Basic-Cloud", userWithCode, password, "{}")
				l.mintToken(l.seeded.all.ClientID, l.seeded.all.ClientSecret)
				l.Bind(l.seeded.legacy.ApplicationID, userWithCode, time.Time{})
				l.Requests()
				l.Code(userWithCode)
			}
		})
	}
	wg.Wait()
	if n := len(l.Requests()); n != 1+8*4*4 {
		t.Errorf("%d requests", n)
	}
}
