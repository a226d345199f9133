package main

import (
	"slices"
	"strings"
	"testing"

	"mimecred/credstore"
)

// TestGetByTheFormsKey: a field of the integration's form by its key, and a value by its own name.
func TestGetByTheFormsKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from        map[string]any
		field, want string
	}{
		{jupiterone(), "clientId", "made-up-access"},
		{jupiterone(), "clientSecret", "bWFkZS11cA=="},
		{jupiterone(), "appKey", "made-up-app-key"},
		{jupiterone(), "secret_key", "bWFkZS11cA=="},
		{axonius(), "host", "https://api.services.mimecast.com"},
		{axonius(), "https_proxy_password", "made up 'password' $HOME"},
		{axonius(), "proxy.password", "made up 'password' $HOME"},
		{axonius(), "client_secret", "made-up-secret"},
		{scope(), "base_url", "https://us-api.services.mimecast.com"},
		{scope(), "ca_file", ""},
	} {
		s := withProfile(t, c.from)
		if err := runGet(t.Context(), s.app, "acme", c.field); err != nil || s.out.String() != c.want {
			t.Errorf("%s of %v: %q, %v", c.field, c.from["integration"], s.out, err)
		}
	}
}

// TestGetRefuses: what is not there is said before the store is opened, with everything that is.
func TestGetRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from        map[string]any
		field, says string
	}{
		"misspelt":         {jupiterone(), "clientID", "the fields are: application_id, application_key, access_key, secret_key, profile"},
		"lists the form's": {jupiterone(), "clientID", "appId, appKey, clientId, clientSecret"},
		"of the other API": {jupiterone(), "client_secret", `it is of API 1.0`},
		"another form's":   {axonius(), "appKey", "there is no field"},
		"yours to decide":  {scope(), "contact_email", `nothing for the field "contact_email"`},
	} {
		s := withProfile(t, c.from)
		err := runGet(t.Context(), s.app, "acme", c.field)
		wantExit(t, err, exitUsage, c.says)
		if s.out.Len() > 0 {
			t.Errorf("%s: %q was printed", name, s.out)
		}
	}
	entry := credstore.Entry{Name: "acme", API: "2.0", Integration: "from-another-version"}
	if fields := knownFields(entry); !slices.Contains(fields, "client_secret") || strings.Contains(strings.Join(fields, " "), "access_key") {
		t.Errorf("a profile of an unknown integration has the fields %v", fields)
	}
}
