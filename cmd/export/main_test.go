package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"mimecred/client/secret"
	"mimecred/cmd/export"
)

// acme is what most tests export.
func acme() export.Set {
	return export.Set{
		Profile: "acme", Integration: "axonius-mimecast-v2",
		Values: []export.Value{
			{Name: "base_url", Label: "Mimecast Domain", Text: "https://api.services.mimecast.com"},
			{Name: "client_id", Label: "Client ID", Text: "pK3vQ7"},
			{Name: "client_secret", Label: "Client Secret", Secret: secret.New("s3cr3t+/value==")},
			{Name: "internal_domain", Label: "Internal Domain", Env: "AX_DOMAIN", Text: "example.com"},
		},
	}
}

// nasty are values that have broken an exporter somewhere.
func nasty() []string {
	return []string{
		"", " ", "  both ends  ", "plain", "s3cr3t+/value==", "=first", "a:=b", "~", "~root", "a:~b", "-n", "--", "#no comment", "a #b", "a# b",
		"'", "''", "'quoted'", `"`, `"quoted"`, `'"`, `"'`, `it's "both"`, `ends with '`, `ends with "`, `ends' with "`, `'\''`, `'"'"'`, `"'"'"`,
		`\`, `\\`, `a\`, `a\\`, `a\b`, `a\\b`, `\n`, `\\n`, `it's \n`, `it's \\n`, `\'`, `\"`, `it's \"`, `it's a \`, `\$`, `it's \$x`, `it's \\$x`, `\ `,
		"$", "$$", "$HOME", "${HOME}", "$(id)", "`id`", "it's $HOME", "it's ${HOME}", "it's ${HOME:-x}", "it's $$", "it's $${x}", "it's $(id)", "it's `id`", "$'x'",
		"!", "!!", "!x", "it's!", `"!"`, "*", "?", "[a]", "{a,b}", "a;id", "a|b", "a&b", "a>b", "a<b>", "(a)", "a\tb", "\t",
		"line\nbreak", "\n", "\n\n", "ends\n", "\nbegins", "it's\ntwo", "it's\\\ntwo", "a\\\nb", "A=1\nB=2", "x'\nid\n'", "\r", "a\rb", "a\r\nb", "it's\r\n",
		"%", "%%", "%s%d%n", "%{", "%%{", "%{if}", "${", "$${", "$$${", "$$$${", "%${", "$%{", "${}", "%{}", `\${`, `"${x}"`, "$\n{", "it's $${",
		"yes", "no", "null", "~", "true", "1", "0o7", "1e3", "1_000", "0x1f", "2026-11-22", "12:30:45", ".inf", ".", "..", "---", "...", "- a", "a: b", "? a", "a:", ": a",
		"&a", "*a", "!!str a", "|", ">", "@a", "%YAML", "{}", "[]", "{{ x }}", "<<", "</script>", "\x1b[31m", "\a\b\f\v", "\x7f", "\x00", "a\x00b",
		"é", "e\u0301", "ß", "日本語", "😀", "\U0001f468\u200d\U0001f469", "\u00a0", "\u0085", "\u2028", "\u2029", "\ufeff", "a\ufeff", "\u200b", "\u202e", "\ufffd", "\ufffe", "\uffff",
		"\U0010ffff", "\ue000", strings.Repeat("x", 2500), strings.Repeat("'", 100), strings.Repeat(`\`, 101), strings.Repeat("$", 101),
	}
}

// random gives n texts made of what matters to shells and parsers, always the same.
func random(n int) []string {
	pieces := []string{
		"'", "'", `"`, `"`, `\`, `\`, "$", "$", "{", "}", "%", "`", "!", "#", " ", "\n", "\r", "\t", "=", ":", "~", "(", ")", "a", "n", "A", "0", "x41", "é", "😀", "\u2028", ",", "-",
	}
	source := rand.New(rand.NewPCG(1, 2))
	texts := make([]string, 0, n)
	for range n {
		var b strings.Builder
		for range source.IntN(9) {
			b.WriteString(pieces[source.IntN(len(pieces))])
		}
		texts = append(texts, b.String())
	}
	return texts
}

// one is a set with a single secret called v.
func one(text string) export.Set {
	return export.Set{Profile: "acme", Values: []export.Value{{Name: "v", Env: "V", Secret: secret.New(text)}}}
}

// many is a set of v0, v1, … with a variable V0, V1, … each.
func many(texts []string) export.Set {
	s := export.Set{Profile: "acme"}
	for i, text := range texts {
		v := export.Value{Name: fmt.Sprintf("v%d", i), Env: fmt.Sprintf("V%d", i), Text: text}
		if i%2 == 0 {
			v.Text, v.Secret = "never seen", secret.New(text)
			if text == "" {
				v.Text = ""
			}
		}
		s.Values = append(s.Values, v)
	}
	return s
}

// carried are the texts that the format carries; the others must be refused before anything is written, by an *Error.
func carried(t *testing.T, format export.Format, texts []string) []string {
	t.Helper()
	var kept []string
	for _, text := range texts {
		var b bytes.Buffer
		err := export.Write(&b, format, one(text), export.Options{})
		if err == nil {
			kept = append(kept, text)
			continue
		}
		wantRefusal(t, err)
		if b.Len() > 0 {
			t.Errorf("%s wrote %q before it refused %q", format.Name, b.String(), text)
		}
	}
	return kept
}

func wantRefusal(t *testing.T, err error) export.Error {
	t.Helper()
	var refusal *export.Error
	if !errors.As(err, &refusal) {
		t.Fatalf("got %v (%T), want an *export.Error", err, err)
	}
	return *refusal
}

func write(t *testing.T, format export.Format, s export.Set, o export.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(&b, format, s, o); err != nil {
		t.Fatalf("write %s: %v", format.Name, err)
	}
	return b.String()
}

// wantTexts compares what a reader made of many(texts), by name or variable.
func wantTexts(t *testing.T, reader string, got map[string]string, name string, texts []string) {
	t.Helper()
	for i, want := range texts {
		key := fmt.Sprintf("%s%d", name, i)
		if text, ok := got[key]; !ok || text != want {
			t.Errorf("%s: %s is %q (there: %v), want %q", reader, key, text, ok, want)
		}
	}
	if len(got) != len(texts) {
		t.Errorf("%s: got %d values, want %d", reader, len(got), len(texts))
	}
}
