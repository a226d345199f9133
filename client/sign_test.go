package client

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"

	"mimecred/client/secret"
)

// The keys of the second and third vector have the size of real ones.
const (
	vectorAccessKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0-P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ubw"
	vectorSecretKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw=="
)

func vectorKeys() Legacy {
	return Legacy{
		ApplicationID:  "22222222-3333-4444-8555-666666666666",
		ApplicationKey: secret.New("11111111-2222-4333-8444-555555555555"),
		AccessKey:      secret.New(vectorAccessKey),
		SecretKey:      secret.New(vectorSecretKey),
	}
}

func TestAuthorization(t *testing.T) {
	t.Parallel()
	// The first vector is public (sequoiacapital-oss/go-mimecast, requests_test.go).
	public := Legacy{
		ApplicationKey: secret.New("ApplicationKey"), AccessKey: secret.New("AccessKey"), SecretKey: secret.New("U2VjcmV0S2V5"),
	}
	tests := []struct {
		name          string
		keys          Legacy
		date, id, uri string
		want          string
	}{
		{"public", public, "Sun, 21 Aug 2022 13:49:40 UTC", "3d796b76-4180-40e5-8f7c-6e0fd643b1a9", "/api/test/some-url", "MC AccessKey:WOywLsnZlsE+D6bp/ug6uch5kxc="},
		{"get-account", vectorKeys(), "Tue, 24 Nov 2015 12:50:11 UTC", "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "/api/account/get-account", "MC " + vectorAccessKey + ":8rrM+qqNIHd/s2+cDIvtYDpmGB0="},
		{"logout", vectorKeys(), "Tue, 24 Nov 2015 12:50:11 UTC", "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "/api/login/logout", "MC " + vectorAccessKey + ":QjUc5kkauFHcjnXc7efAFn/nTeQ="},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := authorization(tt.keys, tt.date, tt.id, tt.uri)
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestStampSaysUTC(t *testing.T) {
	t.Parallel()
	// A clock in another zone, on a day with one digit.
	at := time.Date(2026, 3, 5, 1, 2, 3, 0, time.FixedZone("CET", 3600))
	h := http.Header{}
	date, id := stamp(h, "app", at)
	if date != "Thu, 05 Mar 2026 00:02:03 UTC" {
		t.Errorf("the date is %q", date)
	}
	if h.Get("X-Mc-Date") != date || h.Get("X-Mc-Req-Id") != id || h.Get("X-Mc-App-Id") != "app" || !isUUID(id) {
		t.Errorf("the headers are %v", h)
	}
	if _, other := stamp(h, "app", at); other == id {
		t.Error("the request id is not fresh")
	}
}

func TestLegacyUsable(t *testing.T) {
	t.Parallel()
	change := func(f func(*Legacy)) Legacy {
		k := vectorKeys()
		f(&k)
		return k
	}
	tests := []struct {
		name string
		keys Legacy
		kind Kind
		says string
	}{
		{"fine", vectorKeys(), "", ""},
		{"nothing", Legacy{}, Validation, "application ID, application key, access key, secret key"},
		{"no access key", change(func(k *Legacy) { k.AccessKey = secret.Value{} }), Validation, "access key"},
		{"secret key is no base64", change(func(k *Legacy) { k.SecretKey = secret.New("not-base64!!") }), InvalidCredentials, "not base64"},
		{"secret key is cut off", change(func(k *Legacy) { k.SecretKey = secret.New(vectorSecretKey[:87]) }), InvalidCredentials, "not base64"},
		{"line break in the access key", change(func(k *Legacy) { k.AccessKey = secret.New("a\nb") }), InvalidCredentials, "characters"},
		{"line break in the application ID", change(func(k *Legacy) { k.ApplicationID = "a\r\nX-Evil: 1" }), InvalidCredentials, "characters"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := tt.keys.usable()
			if tt.kind == "" {
				if got != nil {
					t.Fatalf("got %v", got)
				}
				return
			}
			if got == nil || got.Kind != tt.kind || !strings.Contains(got.Error(), tt.says) {
				t.Fatalf("got %v, want %s with %q", got, tt.kind, tt.says)
			}
			if strings.Contains(got.Error(), "not-base64!!") {
				t.Error("the error repeats the secret key")
			}
		})
	}
}

func FuzzAuthorization(f *testing.F) {
	f.Add("U2VjcmV0S2V5", "AccessKey", "ApplicationKey", "date", "id", "/api")
	f.Add("", "", "", "", "", "")
	f.Fuzz(func(t *testing.T, secretKey, accessKey, applicationKey, date, id, uri string) {
		keys := Legacy{SecretKey: secret.New(secretKey), AccessKey: secret.New(accessKey), ApplicationKey: secret.New(applicationKey)}
		got, err := authorization(keys, date, id, uri)
		if err != nil {
			return
		}
		signature, ok := strings.CutPrefix(got, "MC "+accessKey+":")
		if raw, err := base64.StdEncoding.DecodeString(signature); !ok || err != nil || len(raw) != 20 {
			t.Fatalf("got %q", got)
		}
	})
}

func BenchmarkSign(b *testing.B) {
	keys := vectorKeys()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := authorization(keys, "Tue, 24 Nov 2015 12:50:11 UTC", "8578fcfc-a305-4d9a-99cb-f4d5ecefe297", "/api/account/get-account"); err != nil {
			b.Fatal(err)
		}
	}
}
