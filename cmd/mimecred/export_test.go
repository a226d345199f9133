package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"mimecred/client/catalog"
	"mimecred/cmd/export"
)

// axonius, jupiterone and scope are profiles of three integrations; the values are made up.
func axonius() map[string]any {
	return map[string]any{
		"profile": "acme", "integration": "axonius-mimecast-v2", "api": "2.0", "base_url": "https://api.services.mimecast.com",
		"client_id": "made-up-id", "client_secret": "made-up-secret", "internal_domain": "example.com",
		"proxy": map[string]any{"url": "http://proxy.example:3128", "username": "me", "password": "made up 'password' $HOME"},
	}
}

func jupiterone() map[string]any {
	return map[string]any{
		"profile": "acme", "integration": "jupiterone", "api": "1.0", "region": "us",
		"application_id": "made-up-app", "application_key": "made-up-app-key", "access_key": "made-up-access", "secret_key": "bWFkZS11cA==",
	}
}

func scope() map[string]any {
	return map[string]any{
		"profile": "acme", "integration": "pondurance-scope", "api": "2.0", "base_url": "https://us-api.services.mimecast.com",
		"client_id": "made-up-id", "client_secret": "made-up-secret",
	}
}

func plainLegacy() map[string]any {
	from := jupiterone()
	delete(from, "integration")
	return from
}

// exported runs export and gives what it printed.
func exported(t testing.TB, from map[string]any, o exportOptions) string {
	t.Helper()
	s := withProfile(t, from)
	o.name = "acme"
	if err := runExport(t.Context(), s.app, o); err != nil {
		t.Fatalf("-f %s: %v", o.format, err)
	}
	return s.out.String()
}

func TestExportJSONHasTheProfilesValues(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ from, want map[string]any }{
		"axonius": {axonius(), map[string]any{
			"base_url": "https://api.services.mimecast.com", "client_id": "made-up-id", "client_secret": "made-up-secret",
			"internal_domain": "example.com", "proxy_url": "http://proxy.example:3128", "proxy_username": "me",
			"proxy_password": "made up 'password' $HOME",
		}},
		"jupiterone": {jupiterone(), map[string]any{
			"base_url": "https://us-api.mimecast.com", "application_id": "made-up-app", "application_key": "made-up-app-key",
			"access_key": "made-up-access", "secret_key": "bWFkZS11cA==",
		}},
		// The form has no field for the base URL, and a program needs it.
		"scope": {scope(), map[string]any{
			"base_url": "https://us-api.services.mimecast.com", "client_id": "made-up-id", "client_secret": "made-up-secret",
		}},
		"none": {plainLegacy(), map[string]any{
			"base_url": "https://us-api.mimecast.com", "application_id": "made-up-app", "application_key": "made-up-app-key",
			"access_key": "made-up-access", "secret_key": "bWFkZS11cA==",
		}},
	} {
		var got map[string]any
		if err := json.Unmarshal([]byte(exported(t, c.from, exportOptions{format: "json"})), &got); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestExportFormHasLabelsInOrder(t *testing.T) {
	t.Parallel()
	s := withProfile(t, axonius())
	if err := runExport(t.Context(), s.app, exportOptions{name: "acme", format: "form"}); err != nil {
		t.Fatal(err)
	}
	text := s.out.String()
	if !strings.HasPrefix(text, "Host Name or IP Address: https://api.services.mimecast.com\nClient ID: made-up-id\nClient Secret: made-up-secret\nInternal Domain: example.com\n") {
		t.Errorf("the form is\n%s", text)
	}
	s = withProfile(t, scope())
	if err := runExport(t.Context(), s.app, exportOptions{name: "acme", format: "form"}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.errs.String(), "you decide: ") || !strings.Contains(s.errs.String(), "Contact Email") {
		t.Errorf("nothing is said of what was left out: %s", s.errs)
	}
}

// TestExportThroughAShell: what a shell reads is what the profile has, under the same names as exec gives.
func TestExportThroughAShell(t *testing.T) {
	t.Parallel()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("needs a POSIX shell: " + err.Error())
	}
	for _, c := range []struct{ format, read string }{{"env", `. ./file`}, {"dotenv", `set -a; . ./file`}} {
		from := axonius()
		if c.format == "dotenv" {
			// One of its readers would get another value; that this is refused is tested where the format is.
			from["proxy"] = map[string]any{"url": "http://proxy.example:3128", "username": "me", "password": "made up $HOME `x`"}
		}
		s := withProfile(t, from)
		folder := t.TempDir()
		file := filepath.Join(folder, "file")
		if err := runExport(t.Context(), s.app, exportOptions{name: "acme", format: c.format, file: file, prefix: "MC_"}); err != nil {
			t.Fatal(err)
		}
		if s.out.Len() > 0 {
			t.Errorf("beside the file %q was printed", s.out)
		}
		info, err := os.Stat(file)
		if err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		cmd := exec.CommandContext(t.Context(), sh, "-c", c.read+`; env`)
		cmd.Dir, cmd.Env = folder, []string{"PATH=" + os.Getenv("PATH")}
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		record, err := s.current(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		entry, err := s.entry("acme")
		if err != nil {
			t.Fatal(err)
		}
		integration, err := integrationOf(entry)
		if err != nil {
			t.Fatal(err)
		}
		pairs, err := export.Environ(valueSet(integration, record, entry), export.Options{Prefix: "MC_"})
		if err != nil || len(pairs) < 7 {
			t.Fatalf("%d pairs, %v", len(pairs), err)
		}
		lines := strings.Split(string(out), "\n")
		for _, pair := range pairs {
			if name, _, _ := strings.Cut(pair, "="); !slices.Contains(lines, pair) {
				t.Errorf("%s: the shell has another %s", c.format, name)
			}
		}
	}
}

// TestExportOfEveryIntegration: each of them, in every format it has, gives something or a reason.
func TestExportOfEveryIntegration(t *testing.T) {
	t.Parallel()
	for _, i := range catalog.Integrations() {
		from := map[string]any{
			"profile": "acme", "integration": i.ID, "api": string(i.API), "client_id": "made-up-id", "client_secret": "made-up-secret",
			"internal_domain": "example.com", "base_url": "https://api.services.mimecast.com",
		}
		if i.API == "1.0" {
			from = jupiterone()
			from["integration"] = i.ID
		}
		s := withProfile(t, from)
		entry, err := s.entry("acme")
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range formatsOf(runtime.GOOS, i).Names() {
			s.out.Reset()
			if err := runExport(t.Context(), s.app, exportOptions{name: "acme", format: format}); err != nil {
				t.Errorf("%s as %s: %v", i.ID, format, err)
			}
			if !strings.Contains(s.out.String(), "made-up") && format != "k8s-secret" || s.out.Len() == 0 {
				t.Errorf("%s as %s: %q", i.ID, format, s.out)
			}
		}
		for _, field := range knownFields(entry) {
			s.out.Reset()
			if err := runGet(t.Context(), s.app, "acme", field); err != nil {
				// What the person decides has no value; the sentence says so and the hint what to choose.
				f := asFailure(t, err)
				if f.code != exitUsage || !strings.Contains(f.Error(), "nothing for the field") {
					t.Errorf("get %s of %s: %v", field, i.ID, err)
				}
			}
		}
	}
}

func TestExportRefuses(t *testing.T) {
	t.Parallel()
	s := withProfile(t, axonius())
	file := filepath.Join(t.TempDir(), "there")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		o    exportOptions
		says string
	}{
		"no format":       {exportOptions{}, "-f is one of: env, dotenv, json"},
		"unknown format":  {exportOptions{format: "xml"}, `no format called "xml"`},
		"force alone":     {exportOptions{format: "json", force: true}, "--file"},
		"file is there":   {exportOptions{format: "json", file: file}, "--force replaces it"},
		"no folder":       {exportOptions{format: "json", file: filepath.Join(file+"s", "x")}, "no folder"},
		"prefix":          {exportOptions{format: "env", prefix: "1-"}, "no name of a variable"},
		"name of Secret":  {exportOptions{format: "k8s-secret", secretName: "A_b"}, "no name of a Secret"},
		"name of a space": {exportOptions{format: "k8s-secret", namespace: "a.b"}, "no name of a namespace"},
	} {
		c.o.name = "acme"
		wantExit(t, runExport(t.Context(), s.app, c.o), exitUsage, c.says)
		if s.out.Len() > 0 {
			t.Errorf("%s: %q was printed", name, s.out)
		}
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "mine" {
		t.Errorf("the file that was there now holds %d bytes, %v", len(text), err)
	}
	if err := runExport(t.Context(), s.app, exportOptions{name: "acme", format: "json", file: file, force: true}); err != nil {
		t.Error(err)
	}
	wantExit(t, runExport(t.Context(), s.app, exportOptions{name: "nobody", format: "json"}), exitUsage, "no profile")
}

func TestSnakeCase(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"clientId": "client_id", "MIMECAST_CLIENT_ID": "mimecast_client_id", "appKey_creds": "app_key_creds", "url": "url",
		"API Base-URL": "api_base_url", "ApplicationId": "application_id", "2fa": "field_2fa", "": "field_", "ü": "field__",
	} {
		if got := snakeCase(key); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}
