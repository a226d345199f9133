package credstore_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// full is a record with every field set and three versions of other profiles.
func full() credstore.Record {
	p := profile("acme")
	p.Endpoint.Proxy = client.Proxy{URL: "http://proxy:3128", Username: "user", Password: secret.New(`SECRET "p<&>` + "\u2028é")}
	p.Endpoint.CAFile = "/etc/ssl/corp.pem"
	p.InternalDomain, p.ServiceUser, p.SignIn = "example.com", "svc@example.com", "cloud"
	old := profile("acme")
	old.API, old.Region, old.Endpoint.BaseURL = client.API10, "eu", "https://eu-api.mimecast.com"
	next := p
	next.Endpoint.Proxy = client.Proxy{}
	return credstore.Record{
		Profile: p,
		Current: &credstore.Version{
			ID: "a", Credential: oauth("active"), Source: credstore.Pasted,
			CreatedAt: morning, CheckedAt: morning.Add(time.Second), ActivatedAt: morning.Add(2 * time.Second),
		},
		Pending:  &credstore.Version{ID: "b", Credential: oauth("pending"), Source: credstore.Pasted, CreatedAt: morning, Profile: &next},
		Previous: &credstore.Version{ID: "c", Credential: legacy("previous"), Source: credstore.Created, CreatedAt: morning, Profile: &old},
	}
}

// compare looks at secrets too, which no formatter shows.
func compare(want, got credstore.Record) string {
	return cmp.Diff(want, got, cmp.Comparer(func(a, b secret.Value) bool { return a.Reveal() == b.Reveal() }))
}

func TestEncodeDecode(t *testing.T) {
	onlyPending := full()
	onlyPending.Current, onlyPending.Previous = nil, nil
	onlyPending.Pending.Profile = nil
	for name, r := range map[string]credstore.Record{"full": full(), "only pending": onlyPending} {
		t.Run(name, func(t *testing.T) {
			item, err := credstore.Encode(r)
			if err != nil {
				t.Fatal(err)
			}
			got, err := credstore.Decode(item)
			if err != nil {
				t.Fatal(err)
			}
			if diff := compare(r, got); diff != "" {
				t.Errorf("after a round trip:\n%s", diff)
			}
			if strings.ContainsAny(string(item), "\n\x00") {
				t.Errorf("the item is not compact: %q", item)
			}
		})
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*credstore.Record){
		"no version":            func(r *credstore.Record) { r.Current, r.Pending = nil, nil },
		"no credential":         func(r *credstore.Record) { r.Current.Credential = nil },
		"half a credential":     func(r *credstore.Record) { r.Current.Credential = client.OAuth{ClientID: "x"} },
		"no id":                 func(r *credstore.Record) { r.Current.ID = "" },
		"bad name":              func(r *credstore.Record) { r.Profile.Name = "" },
		"other API":             func(r *credstore.Record) { r.Current.Credential = legacy("x") },
		"another profile":       func(r *credstore.Record) { r.Pending.Profile.Name = "other" },
		"not UTF-8":             func(r *credstore.Record) { r.Current.Credential = oauth("\xff") },
		"not UTF-8 in profile":  func(r *credstore.Record) { r.Profile.InternalDomain = "\xff" },
		"not UTF-8 differently": func(r *credstore.Record) { r.Pending.Profile.InternalDomain = "\xff" },
	} {
		t.Run(name, func(t *testing.T) {
			r := full()
			spoil(&r)
			_, err := credstore.Encode(r)
			wantKind(t, err, credstore.Damaged)
			wantKind(t, credstore.Fits(r, 10000), credstore.Damaged)
		})
	}
}

func TestDecodeIsStrict(t *testing.T) {
	item, err := credstore.Encode(full())
	if err != nil {
		t.Fatal(err)
	}
	good := string(item)
	for _, test := range []struct{ name, item, says string }{
		{"empty", "", "not JSON"},
		{"not JSON", "SECRET-text", "not JSON"},
		{"cut off", good[:len(good)/2], "not JSON"},
		{"more after it", good + `{"SECRET":1}`, "not JSON"},
		{"no schema", strings.Replace(good, `"schema":1,`, "", 1), "not an item of mimecred"},
		{"newer schema", strings.Replace(good, `"schema":1`, `"schema":2`, 1), "newer mimecred"},
		{"schema 0", strings.Replace(good, `"schema":1`, `"schema":0`, 1), "does not know"},
		{"schema as text", strings.Replace(good, `"schema":1`, `"schema":"SECRET"`, 1), `"schema" has the wrong type`},
		{"unknown field", strings.Replace(good, `"schema":1`, `"schema":1,"SECRET":1`, 1), "a field that this mimecred does not know"},
		{"unknown difference", strings.Replace(good, `"differs":{`, `"differs":{"name":"x",`, 1), "a field that this mimecred does not know"},
		{"wrong type", strings.Replace(good, `"id":"a"`, `"id":["SECRET"]`, 1), "wrong type"},
		{"missing secret", strings.Replace(good, `"client_secret":"SECRET-active",`, "", 1), "lacks a value"},
		{"missing id", strings.Replace(good, `"id":"a",`, "", 1), "no id"},
		{"both APIs", strings.Replace(good, `"id":"a",`, `"id":"a","access_key":"x",`, 1), "the other API"},
		{"unknown API", strings.Replace(good, `"api":"2.0"`, `"api":"3.0"`, 1), "unknown API"},
		{"bad name", strings.Replace(good, `"name":"acme"`, `"name":"/SECRET"`, 1), "name is not"},
		{"no version", `{"schema":1,"profile":{"name":"acme","api":"2.0"}}`, "no version"},
		{"other letters", strings.Replace(good, `"id":"a"`, `"ID":"a"`, 1), "a field that this mimecred does not know"},
		{"a field twice", strings.Replace(good, `"id":"a"`, `"id":"a","id":"SECRET"`, 1), "twice"},
		{"a version twice", strings.TrimSuffix(good, "}") + `,"active":null}`, "twice"},
		{"array", `[]`, "wrong type"},
		{"null", `null`, "not an item of mimecred"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.item == good {
				t.Fatal("the test changes nothing")
			}
			_, err := credstore.Decode([]byte(test.item))
			wantKind(t, err, credstore.Damaged)
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("error %q, want it to say %q", err, test.says)
			}
			if strings.Contains(err.Error(), "SECRET") {
				t.Errorf("the error shows a secret: %v", err)
			}
		})
	}
}

func TestItemHoldsSecretsOnlyOnceEach(t *testing.T) {
	item, err := credstore.Encode(full())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"SECRET-active", "SECRET-pending", "SECRET-key-previous", "SECRET-access-previous", "SECRET-secret-previous"} {
		if n := strings.Count(string(item), want); n != 1 {
			t.Errorf("%s is %d times in the item", want, n)
		}
	}
	if shown := fmt.Sprintf("%v %+v %#v", full(), full(), full().Current); strings.Contains(shown, "SECRET") {
		t.Error("a printed record shows a secret")
	}
	if text, err := json.Marshal(full()); err != nil || strings.Contains(string(text), "SECRET") {
		t.Errorf("a record as JSON shows a secret, or: %v", err)
	}
}

func TestThreeVersionsOfRealLengthFit(t *testing.T) {
	p := profile("a-name-that-is-rather-long")
	p.API, p.InternalDomain, p.ServiceUser, p.SignIn = client.API10, "example.com", "mimecast-service@example.com", "cloud"
	p.Endpoint.Proxy = client.Proxy{URL: "http://proxy.example.com:3128", Username: "DOMAIN/user", Password: secret.New(strings.Repeat("x", 32))}
	version := func() *credstore.Version {
		return &credstore.Version{
			ID: strings.Repeat("0", 36), Source: credstore.Created, CreatedAt: morning, CheckedAt: morning, ActivatedAt: morning,
			Credential: client.Legacy{
				ApplicationID: strings.Repeat("a", 36), ApplicationKey: secret.New(strings.Repeat("b", 36)),
				AccessKey: secret.New(strings.Repeat("c", 150)), SecretKey: secret.New(strings.Repeat("d", 88)),
			},
		}
	}
	r := credstore.Record{Profile: p, Current: version(), Pending: version(), Previous: version()}
	if err := credstore.Fits(r, 2400); err != nil {
		t.Error(err)
	}
	wantKind(t, credstore.Fits(r, 1000), credstore.TooBig)
	worst, err := credstore.WorstCase(p, &r)
	if err != nil || worst > 2400 {
		t.Errorf("WorstCase = %d, %v: too large for a keyring", worst, err)
	}
	item, err := credstore.Encode(r)
	if err != nil || worst <= len(item) {
		t.Errorf("WorstCase = %d for a record of %d bytes, %v", worst, len(item), err)
	}
}

func FuzzDecode(f *testing.F) {
	item, err := credstore.Encode(full())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(item)
	f.Add([]byte(`{"schema":1,"profile":{"name":"a","api":"1.0"},"pending":{"id":"x"}}`))
	f.Fuzz(func(t *testing.T, item []byte) {
		r, err := credstore.Decode(item)
		if err != nil {
			wantKind(t, err, credstore.Damaged)
			return
		}
		again, err := credstore.Encode(r)
		if err != nil {
			t.Fatalf("a decoded record cannot be encoded: %v", err)
		}
		back, err := credstore.Decode(again)
		if err != nil {
			t.Fatalf("an encoded record cannot be decoded: %v", err)
		}
		if diff := compare(r, back); diff != "" {
			t.Fatalf("after a round trip:\n%s", diff)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	r := full()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := credstore.Encode(r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	item, err := credstore.Encode(full())
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := credstore.Decode(item); err != nil {
			b.Fatal(err)
		}
	}
}
