package client

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"mimecred/client/secret"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"svc@example.com":                     "svc@example.com",
		"  svc@example.com \t\r\n":            "svc@example.com",
		"\ufeffsvc@example.com\u200b":         "svc@example.com",
		"o'neil+api@mail.example.co.uk":       "o'neil+api@mail.example.co.uk",
		"":                                    "",
		"svc":                                 "",
		"svc@":                                "",
		"@example.com":                        "",
		"svc@example":                         "",
		"a@.com":                              "",
		"a@com.":                              "",
		"a@b@c.com":                           "",
		"a b@example.com":                     "",
		"svc@exam ple.com":                    "",
		"Service <svc@example.com>":           "",
		"<svc@example.com>":                   "",
		"svc@example.com, other@example.com":  "",
		"svc:password@example.com":            "",
		`"svc"@example.com`:                   "",
		"svc@[192.0.2.1]":                     "",
		"svc@example.com\r\nBcc: x@y.example": "",
	} {
		got, err := ParseAddress(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
}

func TestParseCode(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"123456":                  "123456",
		" 123 456\n":              "123456",
		"123-456":                 "123456",
		"123–456":                 "123456",
		"1.2.3.4.5.6":             "123456",
		"１２３４５６":                  "123456",
		"١٢٣٤٥٦":                  "123456",
		"۱۲۳۴۵۶":                  "123456",
		"१२३४५६":                  "123456",
		"\U0001d7cf23\u00a0456":   "123456",
		"\u200e123\u202c456":      "123456",
		`"123456"`:                "123456",
		"000000":                  "000000",
		"":                        "",
		"12345":                   "",
		"1234567":                 "",
		"12345a":                  "",
		"resend":                  "",
		"①②③④⑤⑥":                  "",
		"G-123456":                "",
		"+123456":                 "",
		"123456\u0301":            "",
		"Your code is 123456":     "",
		"1e5000":                  "",
		"½23456":                  "",
		"<script>123456</script>": "",
	} {
		got, err := ParseCode(text)
		if !got.Equal(secret.New(want)) || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v", text, got.Reveal(), err)
		}
	}
}

// TestSignInSendsOnlyWhatItShould: a code that is none, or an address that is none, never leaves this machine; what is left
// of the others is sent in one spelling.
func TestSignInSendsOnlyWhatItShould(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		email, code string
		sent        bool
	}{
		{"svc@example.com", "", true},
		{" svc@example.com ", "１２３-４５６", true},
		{"svc@example.com", "12345", false},
		{"svc@example.com", "12345x", false},
		{"svc@example.com", "resend", false},
		{"Service <svc@example.com>", "", false},
		{"svc@example", "", false},
	} {
		var got string
		f := serve(t, plain, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got = r.Header.Get("Authorization") + string(body)
			fmt.Fprint(w, `{"meta":{"status":200},"data":[{"accessKey":"a","secretKey":"s"}],"fail":[]}`)
		})
		ask := signIn()
		ask.Email, ask.Code = c.email, secret.New(c.code)
		_, err := newClient(t, f.endpoint(t)).SignIn(within(t), ask)
		if (err == nil) != c.sent || f.count("") != map[bool]int{true: 1, false: 0}[c.sent] {
			t.Errorf("%q, %q: %v, %d requests", c.email, c.code, err, f.count(""))
		}
		if c.sent && (!strings.Contains(got, `"svc@example.com"`) || c.code != "" && !strings.Contains(got, `"123456"`)) {
			t.Errorf("%q, %q: sent %s", c.email, c.code, got)
		}
		if e, ok := errors.AsType[*Error](err); !c.sent && (!ok || e.Kind != Validation) {
			t.Errorf("%q, %q: %v", c.email, c.code, err)
		}
	}
}

// FuzzParseCode holds that nothing but six ASCII digits ever comes out.
func FuzzParseCode(f *testing.F) {
	for _, text := range []string{"123456", "１２３-４５６", "12345a", "\U0001d7ce\U0001d7ff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, err := ParseCode(text)
		digits := code.Reveal()
		if err != nil {
			if digits != "" {
				t.Errorf("%q: %q with %v", text, digits, err)
			}
			return
		}
		if len(digits) != CodeLength {
			t.Errorf("%q: %q", text, digits)
		}
		for _, c := range digits {
			if c < '0' || c > '9' {
				t.Errorf("%q: %q", text, digits)
			}
		}
	})
}
