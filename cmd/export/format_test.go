package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"mimecred/client/secret"
	"mimecred/cmd/export"
)

func TestSetsThatCannotBeExported(t *testing.T) {
	t.Parallel()
	type values = []export.Value
	for name, c := range map[string]struct {
		values values
		want   string
	}{
		"nothing":         {nil, "nothing to export"},
		"no name":         {values{{Text: "x"}}, `"" is no name of a value`},
		"upper case":      {values{{Name: "ClientID"}}, `"ClientID" is no name of a value`},
		"a digit first":   {values{{Name: "2fa"}}, `"2fa" is no name of a value`},
		"twice":           {values{{Name: "a"}, {Name: "a", Env: "B"}}, "two values called a"},
		"a bad variable":  {values{{Name: "a", Env: "A-B"}}, `"A-B" is no name of a variable (for a)`},
		"digit variable":  {values{{Name: "a", Env: "1A"}}, `"1A" is no name of a variable`},
		"a variable over": {values{{Name: "a", Env: "X"}, {Name: "b", Env: "X"}}, "a and b would both become the variable X"},
		"label in lines":  {values{{Name: "a", Label: "A\nB"}}, "is not one line of text"},
		"label in bytes":  {values{{Name: "a", Label: "\xff"}}, "is not one line of text"},
		"bytes":           {values{{Name: "a", Text: "caf\xe9"}}, "the value of a is no text: it holds bytes that are not valid UTF-8"},
		"secret bytes":    {values{{Name: "a", Secret: secret.New("\xff")}}, "the value of a is no text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, format := range export.Standard().All() {
				var b bytes.Buffer
				err := export.Write(&b, format, export.Set{Profile: "acme", Values: c.values}, export.Options{})
				if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, c.want) || b.Len() > 0 {
					t.Errorf("%s: %q and %d bytes, want %q and none", format.Name, refusal.Text, b.Len(), c.want)
				}
			}
		})
	}
	err := export.Write(io.Discard, export.Env(), acme(), export.Options{Prefix: "MY-"})
	if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, `"MY-BASE_URL" is no name of a variable`) {
		t.Error(err)
	}
}

func TestNothingIsWrittenWhenOneValueIsRefused(t *testing.T) {
	t.Parallel()
	s := many([]string{"fine", "fine too", "not\x00fine"})
	for _, format := range []export.Format{export.Env(), export.Dotenv(), export.Form()} {
		var b bytes.Buffer
		err := export.Write(&b, format, s, export.Options{})
		if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, "v2") || b.Len() > 0 {
			t.Errorf("%s: %v and %q", format.Name, err, b.String())
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestErrorsOfTheWriterComeBack(t *testing.T) {
	t.Parallel()
	for _, format := range export.Standard().All() {
		err := export.Write(brokenWriter{}, format, acme(), export.Options{})
		if !errors.Is(err, io.ErrClosedPipe) || !strings.Contains(err.Error(), "write the values as "+format.Name) {
			t.Errorf("%s: %v", format.Name, err)
		}
	}
	late := export.Format{Name: "late", Encode: func(w io.Writer, _ export.Document) error {
		_, err := io.WriteString(w, strings.Repeat("x", 1<<16))
		return err
	}}
	if err := export.Write(brokenWriter{}, late, acme(), export.Options{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

func TestOpenedFieldsPrintWithoutTheirSecret(t *testing.T) {
	t.Parallel()
	const text = "s3cr3t+/value=="
	var seen []string
	format := export.Format{Name: "own", Encode: func(_ io.Writer, d export.Document) error {
		encoded, err := json.Marshal(d)
		if err != nil {
			return err
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("export", "document", d, "field", d.Fields[2])
		seen = append(seen, string(encoded), log.String())
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			seen = append(seen, fmt.Sprintf(verb, d), fmt.Sprintf(verb, &d), fmt.Sprintf(verb, d.Fields[2]))
		}
		if d.Fields[2].Text != text {
			t.Errorf("the encoder got %q", d.Fields[2].Text)
		}
		return nil
	}}
	if err := export.Write(io.Discard, format, acme(), export.Options{}); err != nil {
		t.Fatal(err)
	}
	if len(seen) == 0 || !strings.Contains(seen[0], "client_id=pK3vQ7") || !strings.Contains(seen[0], "client_secret=[redacted]") {
		t.Errorf("the fields are not recognisable: %q", seen)
	}
	for _, s := range seen {
		if strings.Contains(s, text) || strings.Contains(s, fmt.Sprintf("%x", text)) {
			t.Errorf("the secret shows in %s", s)
		}
	}
}

func TestRegistry(t *testing.T) {
	t.Parallel()
	standard := export.Standard()
	want := []string{"env", "dotenv", "json", "yaml", "tfvars", "k8s-secret", "form", "azure-keyvault", "sh", "powershell"}
	if got := standard.Names(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, format := range standard.All() {
		if format.About == "" || strings.Contains(format.About, "\n") {
			t.Errorf("%s says %q about itself", format.Name, format.About)
		}
	}
	_, err := standard.Lookup("xml")
	if refusal := wantRefusal(t, err); !strings.Contains(refusal.Text, `"xml"`) || !strings.Contains(refusal.Fix, "env, dotenv, json") {
		t.Errorf("%q, %q", refusal.Text, refusal.Fix)
	}
	own := export.Renamed(export.Env(), "jupiterone", "JupiterOne's .env", map[string]string{"access_key": "CLIENT_ID"})
	longer, err := standard.With(own)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := longer.Lookup("jupiterone"); err != nil || got.About != own.About {
		t.Errorf("got %v, %v", got.About, err)
	}
	if len(standard.Names()) != len(want) {
		t.Error("the standard registry has changed")
	}
	for _, bad := range []export.Format{{Name: "env", Encode: own.Encode}, {Name: "", Encode: own.Encode}, {Name: "A b", Encode: own.Encode}, {Name: "empty"}} {
		_, err := standard.With(bad)
		wantRefusal(t, err)
	}
}
