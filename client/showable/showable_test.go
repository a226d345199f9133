package showable_test

import (
	"encoding/json"
	"testing"

	"mimecred/client/showable"
)

func TestLine(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"plain":                             "plain",
		" a\tb\r\nc ":                       " a b  c ",
		"\x1b[2Jcleared":                    "[2Jcleared",
		"\u009b2Jcleared":                   "2Jcleared",
		"us-api\u202emoc.tsacemim\u202c":    "us-apimoc.tsacemim",
		"zero\u200bwidth\u2066\u200d\ufeff": "zerowidth",
		"a\u2028b\u0085c\u007f":             "a b c",
		"Grüße 日本語 🔑":                       "Grüße 日本語 🔑",
	} {
		if got := showable.Line(given); got != want {
			t.Errorf("Line(%q) = %q, want %q", given, got, want)
		}
	}
	if got := showable.Lines("a\n\tb\x1b\u202e"); got != "a\n\tb" {
		t.Errorf("Lines keeps %q", got)
	}
}

func FuzzShowable(f *testing.F) {
	f.Add("\x1b\u009b\u202e😀\U000e0001\u2028")
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range showable.Line(text) {
			if !showable.Seen(r) {
				t.Errorf("Line leaves %U", r)
			}
		}
		raw, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		escaped := showable.JSON(raw)
		for _, r := range string(escaped) {
			if !showable.Seen(r) {
				t.Errorf("JSON leaves %U", r)
			}
		}
		var before, after string
		if json.Unmarshal(raw, &before) != nil || json.Unmarshal(escaped, &after) != nil || before != after {
			t.Errorf("%q became %q", before, after)
		}
	})
}
