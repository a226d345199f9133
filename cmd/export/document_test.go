package export_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclparse"
	"golang.org/x/text/unicode/norm"
	"sigs.k8s.io/yaml"

	"mimecred/cmd/export"
)

// parsers read a file back into name and text.
func parsers() map[string]struct {
	format export.Format
	parse  func(t *testing.T, file []byte) map[string]string
} {
	type reader = struct {
		format export.Format
		parse  func(t *testing.T, file []byte) map[string]string
	}
	return map[string]reader{
		"json":   {export.JSON(), parseJSON},
		"yaml":   {export.YAML(), parseYAML},
		"tfvars": {export.TFVars(), parseTFVars},
	}
}

func parseJSON(t *testing.T, file []byte) map[string]string {
	t.Helper()
	var got map[string]string
	if err := json.Unmarshal(file, &got); err != nil {
		t.Fatalf("JSON: %v in %q", err, file)
	}
	return got
}

func parseYAML(t *testing.T, file []byte) map[string]string {
	t.Helper()
	var got map[string]string
	if err := yaml.UnmarshalStrict(file, &got); err != nil {
		t.Fatalf("YAML: %v in %q", err, file)
	}
	return got
}

func parseTFVars(t *testing.T, file []byte) map[string]string {
	t.Helper()
	parsed, diagnostics := hclparse.NewParser().ParseHCL(file, "x.tfvars")
	if diagnostics.HasErrors() {
		t.Fatalf("HCL: %v in %q", diagnostics, file)
	}
	attributes, diagnostics := parsed.Body.JustAttributes()
	if diagnostics.HasErrors() {
		t.Fatalf("HCL: %v in %q", diagnostics, file)
	}
	got := map[string]string{}
	for name, attribute := range attributes {
		value, diagnostics := attribute.Expr.Value(nil)
		if diagnostics.HasErrors() {
			t.Fatalf("HCL: %v in %q", diagnostics, file)
		}
		got[name] = value.AsString()
	}
	return got
}

// read is what a reader of the format makes of a text: Terraform's normalises.
func read(format, text string) string {
	if format == "tfvars" {
		return norm.NFC.String(text)
	}
	return text
}

func TestDocumentsSurviveTheirParsers(t *testing.T) {
	t.Parallel()
	texts := append(nasty(), random(600)...)
	for name, reader := range parsers() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := make([]string, len(texts))
			for i, text := range texts {
				want[i] = read(name, text)
			}
			file := write(t, reader.format, many(texts), export.Options{})
			wantTexts(t, name, reader.parse(t, []byte(file)), "v", want)
			if lines := strings.Count(file, "\n"); lines > len(texts)+2 {
				t.Errorf("%d lines for %d values: a value broke out of its line", lines, len(texts))
			}
		})
	}
}

func FuzzDocuments(f *testing.F) {
	for _, text := range nasty() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, reader := range parsers() {
			var b bytes.Buffer
			err := export.Write(&b, reader.format, one(text), export.Options{})
			if !utf8.ValidString(text) {
				wantRefusal(t, err)
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := reader.parse(t, b.Bytes()); len(got) != 1 || got["v"] != read(name, text) {
				t.Errorf("%s: %q is read as %q from %s", name, text, got, b.String())
			}
		}
	})
}

func TestDocumentsKeepTheOrderOfTheForm(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"json": `{
  "base_url": "https://api.services.mimecast.com",
  "client_id": "pK3vQ7",
  "client_secret": "s3cr3t+/value==",
  "internal_domain": "example.com"
}
`,
		"yaml": `base_url: "https://api.services.mimecast.com"
client_id: "pK3vQ7"
client_secret: "s3cr3t+/value=="
internal_domain: "example.com"
`,
		"tfvars": `base_url        = "https://api.services.mimecast.com"
client_id       = "pK3vQ7"
client_secret   = "s3cr3t+/value=="
internal_domain = "example.com"
`,
		"form": `Mimecast Domain: https://api.services.mimecast.com
Client ID: pK3vQ7
Client Secret: s3cr3t+/value==
Internal Domain: example.com
`,
		"azure-keyvault": `{
  "mimecast-base-url": "https://api.services.mimecast.com",
  "mimecast-client-id": "pK3vQ7",
  "mimecast-client-secret": "s3cr3t+/value==",
  "ax-domain": "example.com"
}
`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			format, err := export.Standard().Lookup(name)
			if err != nil {
				t.Fatal(err)
			}
			if got := write(t, format, acme(), export.Options{}); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestYAMLKeysAreText(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"y", "No", "ON", "null", "true", "x", "a b", "1", "a: b", "with-dash", "#"} {
		format := export.Renamed(export.YAML(), "own", "", map[string]string{"client_id": key})
		if got := parseYAML(t, []byte(write(t, format, acme(), export.Options{}))); len(got) != 1 || got[key] != "pK3vQ7" {
			t.Errorf("the key %q is read as %q", key, got)
		}
	}
}

func TestFormIsOneLineAField(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\nb", "a\rb", "\x1b[31m", "\x00", "\u0085", "a\u2028b", "\t"} {
		err := export.Write(&bytes.Buffer{}, export.Form(), one(text), export.Options{})
		if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "control character") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if got := write(t, export.Form(), one(` it's "$5" `), export.Options{}); got != "v:  it's \"$5\" \n" {
		t.Errorf("got %q", got)
	}
}
