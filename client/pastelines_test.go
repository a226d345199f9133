package client

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestPasteLinesTakesEveryShape gives each shape of several lines that names its values, with two answers of later questions behind it.
func TestPasteLinesTakesEveryShape(t *testing.T) {
	t.Parallel()
	shapes := pastesOfBoth()
	maps.DeleteFunc(shapes, func(name, _ string) bool { // nothing in a line of these names its value
		return strings.HasPrefix(name, "bare") || slices.Contains([]string{"names of one's own", "one name missing", "table with more"}, name)
	})
	for name, text := range shapes {
		text = strings.TrimRight(filled(text, pastedID, pastedSecret), "\n")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			lines := strings.Split(text, "\n")
			want := len(lines)
			n, more := PasteLines(append(slices.Clone(lines), "yes", "1"))
			if n != want || more {
				t.Errorf("%d of %d lines, more %v:\n%s", n, want, more, text)
			}
			for i := 1; i < want; i++ {
				if n, more := PasteLines(lines[:i]); n == 0 && !more {
					t.Errorf("the first %d lines are no paste", i)
				}
			}
		})
	}
}

func TestPasteLines(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		n    int
		more bool
	}{
		"nothing":              {"", 0, false},
		"an ID":                {pastedID + "\n" + pastedSecret, 0, false},
		"a choice":             {"1\nyes", 0, false},
		"an address":           {"https://api.example.com:8080\nyes", 0, false},
		"a mailbox":            {"svc@example.com", 0, false},
		"a proxy":              {"http://proxy:3128", 0, false},
		"a secret key":         {vectorSecretKey, 0, false},
		"JSON begun":           {"{\n \"client_id\": \"x\"", 2, true},
		"JSON ended":           {"{\n \"client_id\": \"}\"\n}\nyes", 3, false},
		"braces in a text":     {"{\"a\": \"\\\"}{{\"}\nyes", 1, false},
		"a label":              {"Client ID", 1, true},
		"a label, bold":        {"**Client ID:**", 1, true},
		"a label and value":    {"Client ID:\nabc\nyes", 2, false},
		"a blank between":      {"Client ID\n\nabc\n\nClient Secret\nxyz\n\nyes", 6, false},
		"the second label":     {"Client ID\nabc\nClient Secret", 3, true},
		"one setting":          {"export MIMECAST_CLIENT_ID=abcdefgh12345678\nyes", 1, false},
		"a setting of another": {"export MIMECAST_BASE_URL=https://api.services.mimecast.com", 1, true},
		"it ends there":        {"export MIMECAST_BASE_URL=https://api.services.mimecast.com\nyes", 1, false},
		"a remark first":       {"# acme\nMIMECAST_CLIENT_ID=abcdefgh12345678\nyes", 2, false},
		"names of columns":     {"client_id,client_secret", 1, true},
		"blank lines behind":   {"client_id=abcdefgh12345678\n\n\nyes", 1, false},
	} {
		if n, more := PasteLines(strings.Split(tt.text, "\n")); n != tt.n || more != tt.more {
			t.Errorf("%s: %d, %v", name, n, more)
		}
	}
	if n, more := PasteLines(nil); n != 0 || more {
		t.Error("no lines are no paste")
	}
}

func TestLabelled(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Secret Key: " + vectorSecretKey:                                    FieldSecretKey,
		"Secret Key\n" + vectorSecretKey:                                    FieldSecretKey,
		"Secret Key: " + vectorSecretKey[:40] + "\n" + vectorSecretKey[40:]: FieldSecretKey,
		"secret_key=" + vectorSecretKey:                                     FieldSecretKey,
		"export MIMECAST_SECRET_KEY='" + vectorSecretKey + "'":              FieldSecretKey,
		"$env:MIMECAST_SECRET_KEY = \"" + vectorSecretKey + "\"":            FieldSecretKey,
		"| Secret Key | `" + vectorSecretKey + "` |":                        FieldSecretKey,
		"- **Secret Key:** " + vectorSecretKey:                              FieldSecretKey,
		`{"secret_key": "` + vectorSecretKey + `"}`:                         FieldSecretKey,
		"\"secret_key\": \"" + vectorSecretKey + "\",":                      FieldSecretKey,
		"Secret Key " + vectorSecretKey:                                     FieldSecretKey,
	} {
		field, value, ok := Labelled(text)
		if joined := strings.ReplaceAll(value, "\n", ""); !ok || field != want || joined != vectorSecretKey {
			t.Errorf("%q: %v, %s, %q", text, ok, field, value)
		}
	}
	for _, text := range []string{
		"", vectorSecretKey, "Secret Key", "Secret Key: ", "Secret Key: two words", "Secret Key is shown once", "Secret Key " + "short",
		"client_id=" + pastedID + " client_secret=" + pastedSecret, "SecretKey" + vectorSecretKey, "client_secret_file=/run/x",
		"client_secret=abc\nprofile=acme", "AZURE_CLIENT_SECRET=" + pastedSecret, strings.Repeat("x", maxPaste+1),
	} {
		if field, value, ok := Labelled(text); ok {
			t.Errorf("%q: %s, %q", text, field, value)
		}
	}
}

func TestValueAlone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		pastedSecret:                     pastedSecret,
		"any thing = else":               "any thing = else",
		"Client Secret: " + pastedSecret: pastedSecret,
		"# acme\nMIMECAST_BASE_URL=https://api.services.mimecast.com\nMIMECAST_CLIENT_SECRET=" + pastedSecret: pastedSecret,
	} {
		if got, err := ValueAlone(FieldClientSecret, text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"Client ID: " + pastedID:                                   "by its name this is the Client ID, not the Client Secret",
		pastedID + "," + pastedSecret:                              "this holds more than the Client Secret",
		"access_key=" + vectorAccessKey + "\nsecret_key=x12345678": "this holds more than the Client Secret",
		pastedUUID + "\n" + pastedUUIDKey:                          "this holds more than the Client Secret",
		"{\n\"profile\": \"acme\"\n}":                              "this holds more than the Client Secret",
	} {
		if got, err := ValueAlone(FieldClientSecret, text); err == nil || err.Error() != want || got != "" {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func FuzzPasteLines(f *testing.F) {
	for _, text := range pastesOfBoth() {
		f.Add(filled(text, pastedID, pastedSecret))
	}
	f.Add("{\n\"}\n}{\nClient ID\n\n|\n||\n--|\nexport A=b")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Split(text, "\n")
		n, more := PasteLines(lines)
		if n < 0 || n > len(lines) || more && n == 0 {
			t.Fatalf("%d of %d, more %v", n, len(lines), more)
		}
		if again, _ := PasteLines(lines[:n]); n > 0 && again != n {
			t.Fatalf("%d of %d, and %d of these alone", n, len(lines), again)
		}
		for _, field := range shapedFields() {
			if value, err := ValueAlone(field, text); err == nil && len(value) > len(text) {
				t.Fatal("more than there was")
			}
		}
	})
}
