package form_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/form"
	"mimecred/client/secret"
)

func oauth() form.Source {
	return form.Source{
		Profile: "acme", Region: "global", AccountName: "Example Corp", InternalDomain: "example.com",
		Endpoint:   client.Endpoint{BaseURL: "https://api.services.mimecast.com/"},
		Credential: client.OAuth{ClientID: "the-id", ClientSecret: secret.New("the-secret")},
	}
}

func legacy() form.Source {
	return form.Source{
		Profile: "acme", Region: "us", ServiceUser: "svc@example.com",
		Endpoint: client.Endpoint{BaseURL: "https://us-api.mimecast.com", Proxy: client.Proxy{
			URL: "http://proxy:3128", Username: "me", Password: secret.New("proxy-password"),
		}},
		Credential: client.Legacy{
			ApplicationID: "app-id", ApplicationKey: secret.New("app-key"),
			AccessKey: secret.New("access-key"), SecretKey: secret.New("secret-key"),
		},
	}
}

// value is what an entry holds.
func value(e form.Entry) string {
	if e.Secret {
		return e.Value.Reveal()
	}
	return e.Text
}

func find(t *testing.T, entries []form.Entry, label string) form.Entry {
	t.Helper()
	for _, e := range entries {
		if e.Label == label {
			return e
		}
	}
	t.Fatalf("no field %q", label)
	return form.Entry{}
}

func fill(t *testing.T, id string, s form.Source) []form.Entry {
	t.Helper()
	i, ok := catalog.Lookup(id)
	if !ok {
		t.Fatalf("no integration %q", id)
	}
	return form.Fill(i, s)
}

func TestAxonius(t *testing.T) {
	t.Parallel()
	entries := fill(t, "axonius-mimecast-v2", oauth())
	for label, want := range map[string]string{
		"Host Name or IP Address": "https://api.services.mimecast.com", "Client ID": "the-id", "Client Secret": "the-secret",
		"Internal Domain": "example.com", "HTTPS Proxy": "", "Verify SSL": "on", "Enrich Users with Messages From": "on",
	} {
		if got := value(find(t, entries, label)); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
	if entries[0].Label != "Host Name or IP Address" || entries[1].Label != "Client ID" {
		t.Errorf("the order is not the form's: %s, %s", entries[0].Label, entries[1].Label)
	}
	for label, words := range map[string]string{"Verify SSL": "Leave it on", "HTTPS Proxy": "Leave it empty", "HTTPS Proxy Password": "Leave it empty"} {
		if advice := find(t, entries, label).Advice; !strings.HasPrefix(advice, words) {
			t.Errorf("%s: %q", label, advice)
		}
	}
	for label, want := range map[string]bool{"Verify SSL": false, "Enrich Users with Messages From": false, "HTTPS Proxy": false, "Client Secret": true, "Internal Domain": true} {
		if got := find(t, entries, label).Copyable(); got != want {
			t.Errorf("%s can be pasted: %v, want %v", label, got, want)
		}
	}
	s := oauth()
	s.Features = map[string][]string{"axonius-mimecast-v2": {"campaign_users"}}
	if got := value(find(t, fill(t, "axonius-mimecast-v2", s), "Enrich Users with Messages From")); got != "off" {
		t.Errorf("a feature that was not chosen is %q", got)
	}
}

func TestLegacyForms(t *testing.T) {
	t.Parallel()
	v1 := fill(t, "axonius-mimecast-v1", legacy())
	for label, want := range map[string]string{
		"User Name": "svc@example.com", "Password": "", "Application ID": "app-id", "Application Key": "app-key",
		"HTTPS Proxy": "http://proxy:3128", "HTTPS Proxy User Name": "me", "HTTPS Proxy Password": "proxy-password",
	} {
		if got := value(find(t, v1, label)); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
	if advice := find(t, v1, "Password").Advice; !strings.Contains(advice, "not kept here") {
		t.Errorf("the password: %q", advice)
	}
	if advice := find(t, v1, "Internal Domain").Advice; !strings.Contains(advice, "commas and no spaces") {
		t.Errorf("the rule is missing: %q", advice)
	}
	j1 := fill(t, "jupiterone", legacy())
	for label, want := range map[string]string{"accessKey": "access-key", "secretKey": "secret-key", "Account Name": "acme"} {
		if got := value(find(t, j1, label)); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
}

func TestPondurance(t *testing.T) {
	t.Parallel()
	entries := fill(t, "pondurance-scope", oauth())
	if got := value(find(t, entries, "Site")); got != "acme" {
		t.Errorf("Site: %q", got)
	}
	for _, label := range []string{"Polling Interval", "Contact Email"} {
		if e := find(t, entries, label); e.Advice == "" {
			t.Errorf("%s: nothing is said about it", label)
		}
	}
}

func TestSpelling(t *testing.T) {
	t.Parallel()
	for spelling, want := range map[catalog.Spelling]string{
		"": "https://us-api.mimecast.com", catalog.SpellWithScheme: "https://us-api.mimecast.com",
		catalog.SpellNoTrailingSlash: "https://us-api.mimecast.com", catalog.SpellWithoutScheme: "us-api.mimecast.com",
	} {
		s := form.Source{Endpoint: client.Endpoint{BaseURL: "https://us-api.mimecast.com/"}}
		i := catalog.Integration{Fields: []catalog.Field{{From: catalog.FromBaseURL, Spelling: spelling}}}
		if got := form.Fill(i, s)[0].Text; got != want {
			t.Errorf("%s: got %q, want %q", spelling, got, want)
		}
	}
}

func TestRegion(t *testing.T) {
	t.Parallel()
	i := catalog.Integration{Fields: []catalog.Field{{
		Label: "Region", From: catalog.FromRegion, Spelling: catalog.SpellRegion, Default: "EU",
		Choices: []string{"EU", "Offshore"}, Words: map[string]string{"eu": "EU", "je": "Offshore"},
	}}}
	for code, want := range map[string]string{"eu": "EU", "je": "Offshore", "us": "", "": ""} {
		e := form.Fill(i, form.Source{Region: code})[0]
		if e.Text != want || e.Advice == "" || !e.Chosen {
			t.Errorf("%q: %q (%q), want %q", code, e.Text, e.Advice, want)
		}
	}
}

// TestSeveralValuesInOneField gives each value an entry of its own.
func TestSeveralValuesInOneField(t *testing.T) {
	t.Parallel()
	i := catalog.Integration{Fields: []catalog.Field{{Key: "both", Label: "Credentials", From: "client_id+client_secret", Secret: true, Required: true}}}
	entries := form.Fill(i, oauth())
	if len(entries) != 2 || entries[0].Text != "the-id" || entries[1].Value.Reveal() != "the-secret" || entries[1].Text != "" {
		t.Fatalf("%v", entries)
	}
	if entries[0].Label != "Credentials, Client ID" || entries[1].Name() != "client_secret" || entries[0].Key == entries[1].Key {
		t.Errorf("%q %q", entries[0].Label, entries[1].Name())
	}
}

// TestEveryForm fills every form of the catalogue: each field has a value or says what to put there, secrets are held as
// secrets, and a credential of the other API is not mistaken for one.
func TestEveryForm(t *testing.T) {
	t.Parallel()
	for _, i := range catalog.Integrations() {
		t.Run(i.ID, func(t *testing.T) {
			t.Parallel()
			s, other := oauth(), legacy()
			if i.API == client.API10 {
				s, other = other, s
			}
			entries := form.Fill(i, s)
			if len(entries) < len(i.Fields) || len(entries) == 0 {
				t.Fatalf("%d entries for %d fields", len(entries), len(i.Fields))
			}
			keys := map[string]bool{}
			for _, e := range entries {
				if keys[e.Key] || e.Key == "" {
					t.Errorf("the key %q of %s is not its own", e.Key, e.Label)
				}
				keys[e.Key] = true
				if len(strings.TrimSpace(e.Advice)) < 8 || !strings.HasSuffix(e.Advice, ".") {
					t.Errorf("%s: the advice is %q", e.Label, e.Advice)
				}
				offersItsOwnWords(t, e)
				if e.Secret && e.Text != "" {
					t.Errorf("%s: a secret as text", e.Label)
				}
				if e.From == catalog.FromBaseURL && strings.HasSuffix(e.Text, "/") {
					t.Errorf("%s: %q ends with a slash", e.Label, e.Text)
				}
			}
			for _, e := range form.Fill(i, other) {
				if e.From == "client_secret" || e.From == "app_key" || e.From == "client_id" {
					if e.HasValue() || e.Advice == "" {
						t.Errorf("%s has a value of the other API", e.Label)
					}
				}
			}
		})
	}
}

// offersItsOwnWords wants that what is to be chosen is called as the form calls it, never as the product keeps it.
func offersItsOwnWords(t *testing.T, e form.Entry) {
	t.Helper()
	if len(e.Choices) == 0 || e.Text == "" {
		return
	}
	for word := range strings.SplitSeq(e.Text, ", ") {
		if !slices.Contains(e.Choices, word) && !slices.Contains(e.Choices, e.Text) && e.From != catalog.FromBaseURL {
			t.Errorf("%s: %q is none of %q", e.Label, word, e.Choices)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	s := oauth()
	before := fill(t, "axonius-mimecast-v2", s)
	s.Credential = client.OAuth{ClientID: "the-id", ClientSecret: secret.New("another")}
	now := fill(t, "axonius-mimecast-v2", s)
	form.Compare(now, before)
	for _, e := range now {
		if e.Unchanged == (e.From == catalog.FromClientSecret) {
			t.Errorf("%s: unchanged is %v", e.Label, e.Unchanged)
		}
	}
	form.Compare(before, fill(t, "axonius-mimecast-v2", oauth()))
	if slices.ContainsFunc(before, func(e form.Entry) bool { return e.Unchanged }) {
		t.Error("a form of which nothing changed is told from nothing")
	}
}

func TestEntriesPrintNoSecret(t *testing.T) {
	t.Parallel()
	entries := append(fill(t, "axonius-mimecast-v1", legacy()), fill(t, "netskope-cte-v1", legacy())...)
	encoded, err := json.Marshal(entries)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%v %+v %#v %s", entries, entries, entries, encoded)
	for _, s := range []string{"app-key", "access-key", "secret-key", "proxy-password"} {
		if strings.Contains(text, `"`+s) || strings.Contains(text, s+" ") {
			t.Errorf("%s is printed", s)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for _, e := range append(fill(t, "netskope-cte-v1", legacy()), fill(t, "axonius-mimecast-v2", oauth())...) {
		profile := e.From != "option" && e.From != "initial_lookback" && e.From != "verify_ssl"
		if (e.Name() != "") != profile {
			t.Errorf("%s (%s) is called %q", e.Label, e.From, e.Name())
		}
	}
	if e := (form.Entry{Field: catalog.Field{From: "app_key"}}); e.Name() != "application_key" {
		t.Errorf("the application key is called %q", e.Name())
	}
}
