package main

import (
	"encoding/json"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/cmd/export"
)

func TestExportConfigHasTheIntegrationsOwnNames(t *testing.T) {
	t.Parallel()
	var got map[string]any
	if err := json.Unmarshal([]byte(exported(t, jupiterone(), exportOptions{format: "config"})), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"appId": "made-up-app", "appKey": "made-up-app-key", "clientId": "made-up-access", "clientSecret": "bWFkZS11cA==",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, from := range []map[string]any{plainLegacy(), axonius()} {
		s := withProfile(t, from)
		err := runExport(t.Context(), s.app, exportOptions{name: "acme", format: "config"})
		wantExit(t, err, exitUsage, "no format", "azure-keyvault")
	}
}

// TestOwnFormatsOfPublishedNames: what an integration publishes for Terraform, Azure and others becomes a format each.
func TestOwnFormatsOfPublishedNames(t *testing.T) {
	t.Parallel()
	i := catalog.Integration{ID: "made-up", Name: "Made up", KeysInvented: true, Fields: []catalog.Field{
		{Key: "a", From: catalog.FromClientID, Names: map[string]string{
			"terraform": "mimecast_client_id", "bicep": "mimecastClientId", "app_setting": "Mimecast_Client_Id", "header": "X-Id",
		}},
		{Key: "b", From: catalog.FromClientSecret, Secret: true, Names: map[string]string{
			"terraform": "mimecast_client_secret", "bicep": "mimecastClientSecret", "key_vault": "MimecastClientSecret",
		}},
		{Key: "c", From: catalog.FromOption, Names: map[string]string{"bicep": "pollIntervalMs"}},
	}}
	formats := formatsOf(runtime.GOOS, i)
	if own := formats.Names()[len(export.Standard().Names()):]; !slices.Equal(own, []string{
		"config-app-settings", "config-key-vault", "config-terraform", "config-bicep",
	}) {
		t.Errorf("its own formats are %v", own)
	}
	set := export.Set{Profile: "acme", Values: []export.Value{{Name: "client_id", Text: "id"}, {Name: "client_secret", Text: "s\"e"}}}
	for name, want := range map[string]string{
		"config-app-settings": `{"Mimecast_Client_Id":"id"}`,
		"config-key-vault":    `{"MimecastClientSecret":"s\"e"}`,
		"config-terraform":    `mimecast_client_id     = "id" mimecast_client_secret = "s\"e"`,
		"config-bicep": `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",` +
			`"contentVersion":"1.0.0.0","parameters":{"mimecastClientId":{"value":"id"},"mimecastClientSecret":{"value":"s\"e"}}}`,
	} {
		format, err := formats.Lookup(name)
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := export.Write(&got, format, set, export.Options{}); err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(strings.TrimSpace(got.String()), "\n", " ")
		var document any
		if json.Unmarshal([]byte(text), &document) == nil {
			raw, err := oneJSON([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			text = strings.TrimSpace(raw)
		}
		if text != want {
			t.Errorf("%s: got %s, want %s", name, text, want)
		}
	}
}

// TestAnotherIntegrationsNames: an application can be shared, and each product reads its own names.
func TestAnotherIntegrationsNames(t *testing.T) {
	t.Parallel()
	text := exported(t, plainLegacy(), exportOptions{format: "env", integration: "jupiterone"})
	if !strings.Contains(text, "export CLIENT_ID='made-up-access'\n") {
		t.Error("the variables have not the names of JupiterOne")
	}
	s := withProfile(t, plainLegacy())
	for id, says := range map[string]string{"axonius-mimecast-v2": "accepts API 2.0", "nothing-like-it": "no integration"} {
		wantExit(t, runExport(t.Context(), s.app, exportOptions{name: "acme", format: "env", integration: id}), exitUsage, says)
		_, err := s.prepare(t.Context(), execOptions{name: "acme", command: []string{"true"}, integration: id})
		wantExit(t, err, exitUsage, says)
	}
}

// TestSwitchesAreNoValues: a form that only asks whether there is a proxy does not turn its address into "on".
func TestSwitchesAreNoValues(t *testing.T) {
	t.Parallel()
	s := withProfile(t, axonius())
	record, err := s.current(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	entry, err := s.entry("acme")
	if err != nil {
		t.Fatal(err)
	}
	set := valueSet(catalog.Integration{ID: "made-up", API: "2.0", Fields: []catalog.Field{
		{Key: "proxy", From: catalog.FromProxy, Spelling: catalog.SpellSwitch},
		{Key: "user", From: catalog.FromProxyUser, Env: "PROXY_USER"},
		{Key: "user again", From: catalog.FromProxyUser, Env: "PROXY_NAME"},
	}}, record, entry)
	var names []string
	for _, v := range set.Values {
		names = append(names, v.Name+" "+v.Env)
	}
	if !slices.Equal(names, []string{"proxy_username PROXY_USER", "base_url ", "client_id ", "client_secret "}) {
		t.Errorf("the values are %q", names)
	}
}

// TestExportsAreOnePaste: whatever export writes can be pasted back as a whole, in every format that holds both values.
func TestExportsAreOnePaste(t *testing.T) {
	t.Parallel()
	for _, format := range export.Standard().Names() {
		for _, from := range []map[string]any{plainLegacy(), axonius(), scope()} {
			text := strings.TrimSpace(exported(t, from, exportOptions{format: format}))
			lines := strings.Split(text, "\n")
			if n, more := client.PasteLines(append(slices.Clone(lines), "yes")); n != len(lines) || more {
				t.Errorf("%s, API %s: %d of %d lines", format, from["api"], n, len(lines))
			}
			api, _ := from["api"].(string)
			found, _ := client.SplitPaste(client.API(api), text)
			id, key, ok := found.Application(client.API(api))
			for name, value := range map[string]string{"client_id": id, "client_secret": key.Reveal(), "application_id": id, "application_key": key.Reveal()} {
				if want, is := from[name]; is && (value != want || !ok) {
					t.Errorf("%s: %s is not found", format, name)
				}
			}
			if _, _, ok := found.Keys(); ok != (api == string(client.API10)) {
				t.Errorf("%s, API %s: keys found %v", format, api, ok)
			}
		}
	}
}
