package export_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	compose "github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/joho/godotenv"

	"mimecred/cmd/export"
)

const readDotenv = `set -a; . "$1"`

func TestDotenvIsReadAlike(t *testing.T) {
	t.Parallel()
	texts := carried(t, export.Dotenv(), append(nasty(), random(600)...))
	file := write(t, export.Dotenv(), many(texts), export.Options{})

	got, err := godotenv.Unmarshal(file)
	if err != nil {
		t.Fatalf("godotenv: %v", err)
	}
	wantTexts(t, "godotenv", got, "V", texts)

	got, err = compose.Parse(strings.NewReader(file))
	if err != nil {
		t.Fatalf("docker compose: %v", err)
	}
	wantTexts(t, "docker compose", got, "V", texts)

	for _, shell := range shells(t) {
		t.Run(filepath.Base(shell[0]), func(t *testing.T) {
			t.Parallel()
			wantTexts(t, "sourced", sourced(t, shell, readDotenv, file), "V", texts)
		})
	}
}

func FuzzDotenv(f *testing.F) {
	for _, text := range nasty() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		if err := export.Write(&b, export.Dotenv(), one(text), export.Options{}); err != nil {
			wantRefusal(t, err)
			return
		}
		want := fmt.Sprint(map[string]string{"V": text})
		if got, err := godotenv.Unmarshal(b.String()); err != nil || fmt.Sprint(got) != want {
			t.Errorf("godotenv read %q as %q, %v", text, got, err)
		}
		if got, err := compose.Parse(&b); err != nil || fmt.Sprint(got) != want {
			t.Errorf("docker compose read %q as %q, %v", text, got, err)
		}
	})
}

func TestDotenvQuotesOnlyWhereNeeded(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                  "",
		"s3cr3t+/value==":                   "s3cr3t+/value==",
		"https://api.services.mimecast.com": "https://api.services.mimecast.com",
		"=x":                                "'=x'",
		"a b":                               "'a b'",
		"$HOME":                             "'$HOME'",
		`say "x"`:                           `'say "x"'`,
		`it's`:                              `"it's"`,
		`it's "$5" \o/`:                     `"it's \"\$5\" \\o/"`,
	} {
		if got := write(t, export.Dotenv(), one(text), export.Options{}); got != "V="+want+"\n" {
			t.Errorf("%q is written as %q, want %q", text, got, want)
		}
	}
}

func TestDotenvRefusesWhatReadersDisagreeOn(t *testing.T) {
	t.Parallel()
	for text, reason := range map[string]string{
		`a b\`:      "ends with a backslash",
		"a\rb":      "a carriage return",
		"it's `id`": "a single quote and a backtick",
		`it's "x"`:  "ends with a double quote",
		"a\x00":     "a NUL byte",
	} {
		err := export.Write(&bytes.Buffer{}, export.Dotenv(), one(text), export.Options{})
		refusal := wantRefusal(t, err)
		if !strings.Contains(refusal.Text, reason) || !strings.HasPrefix(refusal.Text, "dotenv cannot carry v: ") || refusal.Fix == "" {
			t.Errorf("%q: %q (%q)", text, refusal.Text, refusal.Fix)
		}
		if strings.Contains(err.Error(), text) {
			t.Errorf("the error shows the value: %v", err)
		}
	}
}
