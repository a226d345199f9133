package export_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"mimecred/client/secret"
	"mimecred/cmd/export"
)

func legacy() export.Set {
	return export.Set{Profile: "acme", Integration: "jupiterone", Values: []export.Value{
		{Name: "application_id", Text: "app"},
		{Name: "application_key", Secret: secret.New("app key")},
		{Name: "access_key", Secret: secret.New("access")},
		{Name: "secret_key", Secret: secret.New("secret")},
	}}
}

func TestRenamed(t *testing.T) {
	t.Parallel()
	keys := map[string]string{"access_key": "CLIENT_ID", "secret_key": "CLIENT_SECRET", "application_id": "APP_ID", "proxy_url": "PROXY"}
	format := export.Renamed(export.Dotenv(), "jupiterone", "", keys)
	if got, want := write(t, format, legacy(), export.Options{}), "APP_ID=app\nCLIENT_ID=access\nCLIENT_SECRET=secret\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	format = export.Renamed(export.AzureKeyVault(), "own", "", map[string]string{"application_id": "MimecastAppId", "access_key": "mimecast-access-key"})
	if got, want := write(t, format, legacy(), export.Options{}), "{\n  \"MimecastAppId\": \"app\",\n  \"mimecast-access-key\": \"access\"\n}\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	err := export.Write(io.Discard, export.Renamed(export.JSON(), "own", "", nil), legacy(), export.Options{})
	if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "nothing to export as own") {
		t.Error(err)
	}
}

func TestRenamedToWhatTheFormatCannotUse(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("k", 128)
	for _, c := range []struct {
		base export.Format
		key  string
		want string
	}{
		{export.Env(), "a;id", "no name of a variable"},
		{export.Env(), "", "no name of a variable"},
		{export.Dotenv(), "A B", "no name of a variable"},
		{export.TFVars(), "a b", "no name of a Terraform variable"},
		{export.TFVars(), "-a", "no name of a Terraform variable"},
		{export.TFVars(), "", "no name of a Terraform variable"},
		{export.AzureKeyVault(), "mimecast/client", "no name in a Key Vault"},
		{export.AzureKeyVault(), "__", "no name in a Key Vault"},
		{export.AzureKeyVault(), long, "no name in a Key Vault"},
	} {
		format := export.Renamed(c.base, "own", "", map[string]string{"access_key": c.key})
		err := export.Write(io.Discard, format, legacy(), export.Options{})
		if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, c.want) {
			t.Errorf("%s, %q: %v", c.base.Name, c.key, err)
		}
	}
	format := export.Renamed(export.TFVars(), "own", "", map[string]string{"access_key": "access-key"})
	if got := parseTFVars(t, []byte(write(t, format, legacy(), export.Options{}))); got["access-key"] != "access" {
		t.Errorf("got %q", got)
	}
}

func TestAzureKeyVaultLimits(t *testing.T) {
	t.Parallel()
	s := export.Set{Profile: "acme", Values: []export.Value{{Name: "a", Env: "Client_Id"}, {Name: "b", Env: "CLIENT_ID"}}}
	err := export.Write(io.Discard, export.AzureKeyVault(), s, export.Options{})
	if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "the same name as a") {
		t.Error(err)
	}
	if got := write(t, export.AzureKeyVault(), one(strings.Repeat("x", 25600)), export.Options{}); !strings.HasPrefix(got, "{\n  \"v\": ") {
		t.Errorf("got %.20q", got)
	}
	err = export.Write(io.Discard, export.AzureKeyVault(), one(strings.Repeat("x", 25601)), export.Options{})
	if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "the value has 25601 bytes") {
		t.Error(err)
	}
}

func TestJSONTemplate(t *testing.T) {
	t.Parallel()
	format, err := export.JSONTemplate("own", "a connection", `{
		"name": "{profile}", "type": "Mimecast {client_id}", "count": 10000000000000001, "on": true, "none": null,
		"client_secret": {"secretKey": "{secret_key}"}, "proxy": {"url": "{proxy_url}", "list": ["{proxy_user}"]},
		"list": ["{access_key}", "{proxy_user}", "<&>"], "empty": {}, "none at all": [], "\"quoted\"": "{application_key}"
	}`)
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "name": "acme",
  "type": "Mimecast {client_id}",
  "count": 10000000000000001,
  "on": true,
  "none": null,
  "client_secret": {
    "secretKey": "secret"
  },
  "list": [
    "access",
    "<&>"
  ],
  "empty": {},
  "none at all": [],
  "\"quoted\"": "app key"
}
`
	if got := write(t, format, legacy(), export.Options{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestJSONTemplateKeepsNastyValues(t *testing.T) {
	t.Parallel()
	format, err := export.JSONTemplate("own", "", `{"v": "{v}"}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range nasty() {
		if got := parseJSON(t, []byte(write(t, format, one(text), export.Options{}))); got["v"] != text || len(got) != 1 {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

func TestJSONTemplateErrors(t *testing.T) {
	t.Parallel()
	for _, template := range []string{"", "{", `{"a"`, `{"a":`, `{"a": x}`, `{"a": 1`, `{1: 2}`, `[1`, `[x]`, `{} {}`, `{} x`, `]`} {
		if _, err := export.JSONTemplate("own", "", template); err == nil || !strings.Contains(err.Error(), "the template of the format own") {
			t.Errorf("%q: %v", template, err)
		}
	}
	format, err := export.JSONTemplate("own", "", `{"a": "{proxy_url}"}`)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	refusal := wantRefusal(t, export.Write(&b, format, legacy(), export.Options{}))
	if !strings.Contains(refusal.Text, "nothing to export as own") || b.Len() > 0 {
		t.Errorf("%q and %q", refusal.Text, b.String())
	}
}
