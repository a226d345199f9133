package form_test

import (
	"encoding/json"
	"fmt"
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
		"Internal Domain": "example.com", "HTTPS Proxy": "", "Verify SSL": "",
	} {
		if got := value(find(t, entries, label)); got != want {
			t.Errorf("%s: %q, want %q", label, got, want)
		}
	}
	if entries[0].Label != "Host Name or IP Address" || entries[1].Label != "Client ID" {
		t.Errorf("the order is not the form's: %s, %s", entries[0].Label, entries[1].Label)
	}
	for label, words := range map[string]string{"Verify SSL": "On.", "HTTPS Proxy": "Leave it empty", "HTTPS Proxy Password": "Leave it empty"} {
		if advice := find(t, entries, label).Advice; !strings.HasPrefix(advice, words) {
			t.Errorf("%s: %q", label, advice)
		}
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
	if advice := find(t, v1, "Password").Advice; !strings.Contains(advice, "does not keep it") {
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
	for name, tt := range map[string]struct {
		field catalog.Field
		want  string
	}{
		"plain":               {catalog.Field{}, "https://us-api.mimecast.com"},
		"no trailing slash":   {catalog.Field{Rule: "joined with paths: no trailing slash"}, "https://us-api.mimecast.com"},
		"default with scheme": {catalog.Field{Default: "https://x", Rule: "host name only"}, "https://us-api.mimecast.com"},
		"host by its default": {catalog.Field{Default: "api.services.mimecast.com"}, "us-api.mimecast.com"},
		"host by its rule":    {catalog.Field{Rule: "host name without scheme in both examples"}, "us-api.mimecast.com"},
		"scheme required":     {catalog.Field{Rule: "scheme and host required; a trailing slash is stripped"}, "https://us-api.mimecast.com"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.field.From = "base_url"
			s := form.Source{Endpoint: client.Endpoint{BaseURL: "https://us-api.mimecast.com/"}}
			entries := form.Fill(catalog.Integration{Fields: []catalog.Field{tt.field}}, s)
			if entries[0].Text != tt.want {
				t.Errorf("got %q, want %q", entries[0].Text, tt.want)
			}
		})
	}
}

func TestRegion(t *testing.T) {
	t.Parallel()
	offered := []string{"EU", "DE", "US", "CA", "ZA", "AU", "Offshore", "Sandbox", "USB", "USBCOM"}
	for code, want := range map[string]string{"us": "US", "usb": "USB", "je": "Offshore", "uspcom": "USBCOM", "eu": "EU", "global": "", "": ""} {
		i := catalog.Integration{Fields: []catalog.Field{{Label: "Region", From: "region", Choices: offered}}}
		e := form.Fill(i, form.Source{Region: code})[0]
		if e.Text != want {
			t.Errorf("%q: %q, want %q", code, e.Text, want)
		}
		if e.Text == "" && e.Advice == "" {
			t.Errorf("%q: neither a value nor advice", code)
		}
	}
	free := catalog.Integration{Fields: []catalog.Field{{Label: "Region", From: "region"}}}
	if e := form.Fill(free, form.Source{Region: "us"})[0]; e.Text != "us" {
		t.Errorf("without choices: %q", e.Text)
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
			if len(entries) != len(i.Fields) || len(entries) == 0 {
				t.Fatalf("%d entries for %d fields", len(entries), len(i.Fields))
			}
			for n, e := range entries {
				if e.Label != i.Fields[n].Label {
					t.Errorf("field %d is %q, want %q", n, e.Label, i.Fields[n].Label)
				}
				if !e.HasValue() && e.Advice == "" {
					t.Errorf("%s: neither a value nor advice", e.Label)
				}
				if e.Secret && e.Text != "" {
					t.Errorf("%s: a secret as text", e.Label)
				}
				if strings.HasPrefix(e.Text, "http") && strings.HasSuffix(e.Text, "/") {
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
