package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/form"
	"mimecred/client/secret"
	"mimecred/credstore"
)

// TestGetWithoutAField lists the fields that get can be asked for, and shows no value: the store is not even opened.
func TestGetWithoutAField(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]map[string]any{"jupiterone": jupiterone(), "axonius": axonius(), "scope": scope()} {
		s := withProfile(t, from)
		entry, err := s.entry("acme")
		if err != nil {
			t.Fatal(err)
		}
		s.vault = nil
		fields := knownFields(entry)
		for _, format := range []string{"", "json"} {
			s.out.Reset()
			s.flags.output = format
			if err := runGetFields(t.Context(), s.app, "acme"); err != nil {
				t.Fatal(err)
			}
			for _, field := range fields {
				if !strings.Contains(s.out.String(), field) {
					t.Errorf("%s: %q is not in %s", name, field, s.out)
				}
			}
			for what, form := range secretForms(secretsIn(from)) {
				if strings.Contains(s.out.String()+s.errs.String(), form) {
					t.Errorf("%s shows %s", name, what)
				}
			}
		}
		var got getFieldsJSON
		if err := json.Unmarshal(s.out.Bytes(), &got); err != nil || got.Schema != 1 || got.Profile != "acme" || len(got.Fields) != len(fields) {
			t.Errorf("%s: %v %s", name, err, s.out)
		}
		s.out.Reset()
		s.flags.output, s.flags.quiet = "", true
		if err := runGetFields(t.Context(), s.app, "acme"); err != nil || s.out.String() != strings.Join(fields, "\n")+"\n" {
			t.Errorf("%s -q: %v %q", name, err, s.out)
		}
		if s.vault != nil {
			t.Errorf("%s: the store was opened", name)
		}
	}
	s := withProfile(t, axonius())
	wantExit(t, runGetFields(t.Context(), s.app, "acem"), exitUsage, `there is no profile "acem"`, "did you mean: acme")
	s.flags.output = "json"
	wantExit(t, runGet(t.Context(), s.app, "acme", "api"), exitUsage, "get NAME FIELD has no formats")
}

// TestSecretFieldsAreMarked: of every integration, each field that a secret of the profile fills is marked as secret, and so is each
// that the catalogue marks; the names of a profile's own values are.
func TestSecretFieldsAreMarked(t *testing.T) {
	t.Parallel()
	marked := 0
	for _, i := range catalog.Integrations() {
		e := credstore.Entry{Name: "acme", API: i.API, Integration: i.ID}
		isMarked := map[string]bool{}
		for _, f := range fieldsOf(e) {
			isMarked[f.Name] = f.Secret
		}
		source := form.Source{Credential: madeUp(i.API), Profile: "acme"}
		source.Endpoint.Proxy.URL, source.Endpoint.Proxy.Password = "http://proxy:3128", secret.New("made-up")
		for _, entry := range form.Fill(i, source) {
			if entry.Secret || !entry.Value.IsZero() {
				marked++
				if !isMarked[entry.Key] {
					t.Errorf("%s: %s is a secret and not marked", i.ID, entry.Key)
				}
			}
		}
		for _, name := range slices.DeleteFunc(credentialFields(i.API), func(name string) bool { return strings.HasSuffix(name, "_id") }) {
			if !isMarked[name] {
				t.Errorf("%s: %s is not marked", i.ID, name)
			}
		}
		if !isMarked["proxy.password"] || isMarked["base_url"] || isMarked["profile"] {
			t.Errorf("%s: marked are %v", i.ID, isMarked)
		}
	}
	if marked < 50 {
		t.Errorf("only %d fields have a secret", marked)
	}
}

// madeUp is a credential of an API.
func madeUp(api client.API) client.Credential {
	if api == client.API20 {
		return client.OAuth{ClientID: "made-up-id", ClientSecret: secret.New("made-up-secret")}
	}
	return client.Legacy{
		ApplicationID: "made-up-id", ApplicationKey: secret.New("made-up-key"), AccessKey: secret.New("made-up-access"), SecretKey: secret.New("bWFkZS11cA=="),
	}
}
