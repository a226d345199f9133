package main

import (
	"bytes"
	"encoding/binary"
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
