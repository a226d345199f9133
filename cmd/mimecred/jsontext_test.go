package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// inUTF16 is text as Windows PowerShell 5.1 writes it with > (little endian, with a mark), or as other tools do.
func inUTF16(order binary.AppendByteOrder, mark bool, text string) []byte {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xfeff)
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func TestJSONAsPeopleHaveIt(t *testing.T) {
	t.Parallel()
	const want = "{\n  \"api\": \"2.0\",\n  \"note\": \"Grüße 🔑\"\n}"
	for name, given := range map[string][]byte{
		"UTF-8":                 []byte(want),
		"with a mark and CRLF":  []byte("\ufeff" + want + "\n"),
		"UTF-16 LE with a mark": inUTF16(binary.LittleEndian, true, want+"\r\n"),
		"UTF-16 BE with a mark": inUTF16(binary.BigEndian, true, want),
		"UTF-16 LE":             inUTF16(binary.LittleEndian, false, want),
		"UTF-16 BE":             inUTF16(binary.BigEndian, false, " "+want),
	} {
		got, err := parseJSON(given)
		if err != nil || !bytes.Equal(got, []byte(want)) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestJSONThatIsNoneIsNamed(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"":                                     "is empty",
		"\ufeff \r\n":                          "is empty",
		"{\n  “api“: “2.0“\n}":                 "(line 2), column 3: the typographic quote “ must be",
		"{\"api\": „2.0“}":                     "(line 1), column 9: the typographic quote „",
		"{\"api\": «2.0»}":                     "the typographic quote «",
		"{'api': '2.0'}":                       "(line 1), column 2: the quotes must be",
		"// mine\n{\"api\":\"2.0\"}":           "(line 1), column 1: a comment",
		"{\n# mine\n\"api\":\"2.0\"}":          "(line 2), column 1: a comment",
		"{\"api\":\"2.0\" /* mine */}":         "(line 1), column 14: a comment",
		"{\"api\":\"2.0\",\n}":                 "(line 2), column 1: a comma is before",
		"[{\"api\":\"2.0\"},]":                 "(line 1), column 16: a comma is before",
		"{\"api\":\"2.0\"}\n{\"api\":\"1.0\"}": "(line 2), column 1: something follows the first value; several are given as an array",
		"{\"api\":\"2.\x000\"}":                "(line 1), column 11: a NUL byte",
		"{\"api\":\"2.0\"}\x00":                "(line 1), column 14: a NUL byte",
		"{\"api\":\"2.0":                       "it ends too early",
		"{\"api\":\"2.\n0\"}":                  "a line break",
		`{"ca_file":"C:\certs\corp.pem"}`:      "a backslash",
		"\xff\xfe{":                            "UTF-16 and ends within a character",
		"{\"Grüße\": «}":                       "(line 1), column 11: the typographic quote",
	} {
		if _, err := parseJSON([]byte(given)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q", given, err, want)
		}
	}
}

// TestQuotesWithinQuotes: what word processors leave around keys and values is removed as in a paste, or named with its place,
// before any key is called unknown.
func TestQuotesWithinQuotes(t *testing.T) {
	t.Parallel()
	const rest = `"profile":"acme","base_url":"https://api.services.mimecast.com","client_secret":"s"`
	for given, want := range map[string]string{
		"{\n \"„client_id“\": \"a\"}":     `the key "client_id" is in the quotes „…“ (line 2, column 3)`,
		"{\n \"client_id”\": \"a\"}":      `unknown key "client_id”"`,
		`{"proxy":{"«url»":"x"}}`:         `the key "url" is in the quotes «…» (line 1, column 12)`,
		`{"api":"„2.0“"}`:                 `the value of "api" is in the quotes „…“ (line 1, column 9)`,
		`{"api":"2.0","region":"’us‘"}`:   `the value of "region" is in the quotes ’…‘ (line 1, column 24)`,
		`[{"api":"2.0"},{"api":"»2.0«"}]`: `the value of "api" is in the quotes »…« (line 1, column 24)`,
		`{"api":"\u201e2.0\u201c"}`:       `the value of "api" is in the quotes „…“ (line 1, column 9)`,
		`{"client_id":"„abc“"}`:           `key "api" is missing`,
		`{"client_id":"„abc“","nope":1}`:  `unknown key "nope"`,
	} {
		_, err := decodeFrom(strings.NewReader(given), "", true)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", given, err, want)
		}
		var f *failure
		if strings.HasPrefix(given, `{"client_id"`) && (!errors.As(err, &f) || !slices.Contains(f.hints, `the quotes „…“ around the value of "client_id" were removed`)) {
			t.Errorf("%s: %+v", given, f)
		}
	}
	list, err := decodeFrom(strings.NewReader(`{"api":"2.0","client_id":"„abc“",`+rest+`}`), "", true)
	if err != nil || list[0].credential.Identifier() != "abc" {
		t.Errorf("%+v, %v", list, err)
	}
	const password = `{"api":"1.0","profile":"acme","region":"us","application_id":"a","application_key":"k",` +
		`"create_keys":{"email":"a@example.com","type":"cloud","password":"„pass“"}}`
	list, err = decodeFrom(strings.NewReader(password), "", true)
	if err != nil || list[0].signIn.Password.Reveal() != "„pass“" {
		t.Errorf("a password: %+v, %v", list, err)
	}
}

func FuzzParseJSON(f *testing.F) {
	f.Add([]byte("{\n  “api“: 1}"))
	f.Add(inUTF16(binary.LittleEndian, true, "{}"))
	f.Add([]byte("{\"a\":1,}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		raw, err := parseJSON(data)
		if err == nil && len(raw) == 0 {
			t.Error("nothing, and no error")
		}
	})
}
