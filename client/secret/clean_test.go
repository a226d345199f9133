package secret_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"mimecred/client/secret"
)

func TestClean(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, want, removed string }{
		{"clean already", "abc+/=", "abc+/=", ""},
		{"empty", "", "", ""},
		{"line feed at the end", "abc\n", "abc", "1 line break removed"},
		{"windows line break counts once", "abc\r\n", "abc", "1 line break removed"},
		{"carriage return alone", "a\rb", "ab", "1 line break removed"},
		{"wrapped key", "abc\ndef\nghi\n", "abcdefghi", "3 line breaks removed"},
		{"blanks and tabs", "  a b\tc ", "abc", "5 spaces removed"},
		{"no-break space", "a\u00a0b", "ab", "1 space removed"},
		{"byte order mark", "\ufeffabc", "abc", "1 invisible character removed"},
		{"zero-width space inside", "a\u200bb\u200cc", "abc", "2 invisible characters removed"},
		{"control characters", "a\x00b\x1b", "ab", "2 invisible characters removed"},
		{"double quotes", `"abc"`, "abc", "2 quotes removed"},
		{"nested quotes", `"'abc'"`, "abc", "4 quotes removed"},
		{"typographic quotes", "“abc”", "abc", "2 quotes removed"},
		{"quotes around blanks", ` "abc" `, "abc", "2 spaces and 2 quotes removed"},
		{"one quote is kept", `"abc`, `"abc`, ""},
		{"a lone quote is kept", `"`, `"`, ""},
		{"two quotes are empty", `""`, "", "2 quotes removed"},
		{"everything", "\ufeff\"a b\"\r\n", "ab", "1 line break, 1 space, 1 invisible character and 2 quotes removed"},
		{"bytes that are no text are kept", "a\xffb", "a\xffb", ""},
		{"line separator", "a\u2028b", "ab", "1 line break removed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, removed := secret.Clean(tt.raw)
			if got != tt.want || removed.String() != tt.removed {
				t.Errorf("got %q, %q; want %q, %q", got, removed, tt.want, tt.removed)
			}
			if removed.Any() != (tt.removed != "") {
				t.Errorf("Any is %v with %q", removed.Any(), removed)
			}
		})
	}
}

func TestCleanLine(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, raw, want, removed string }{
		{"a password keeps its blanks", "  pass word ", "  pass word ", ""},
		{"quotes are part of it", `"pass"`, `"pass"`, ""},
		{"line breaks at the end", "pass\r\n\n", "pass", "2 line breaks removed"},
		{"line break inside is kept", "pa\nss", "pa\nss", ""},
		{"byte order mark", "\ufeffpass", "pass", "1 invisible character removed"},
		{"zero-width space is kept", "pa\u200bss", "pa\u200bss", ""},
		{"only line breaks", "\n\r", "", "2 line breaks removed"},
		{"empty", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, removed := secret.CleanLine(tt.raw)
			if got != tt.want || removed.String() != tt.removed {
				t.Errorf("got %q, %q; want %q, %q", got, removed, tt.want, tt.removed)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"abc", "\ufeff\"a b\"\r\n", "a\xffb", "“x”", "''", "\u200b", "a\r\r\nb", "\xef\xbb \xbf", "„x“", "»x«", "a\ufe0fb\ufffdc", "\xff\ufffd", "「x」"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, removed := secret.Clean(raw)
		for i, r := range got {
			if r == utf8.RuneError {
				continue
			}
			if unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b' {
				t.Fatalf("%q keeps %q at %d", got, r, i)
			}
		}
		again, nothing := secret.Clean(got)
		if again != got || nothing.Any() {
			t.Fatalf("cleaning twice changes %q to %q (%v)", got, again, nothing)
		}
		if (len(got) < len(raw)) != removed.Any() {
			t.Fatalf("%q to %q is reported as %q", raw, got, removed)
		}
		line, cut := secret.CleanLine(raw)
		if !strings.Contains(raw, line) || (len(line) < len(raw)) != cut.Any() {
			t.Fatalf("CleanLine makes %q of %q (%v)", line, raw, cut)
		}
	})
}

// TestCleanOfOtherLanguages: whatever a word processor of another language puts around a value, or a web page into it, goes.
func TestCleanOfOtherLanguages(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"„abc“", "“abc”", "„abc”", "”abc”", "‚abc‘", "‘abc’", "’abc’", "»abc«", "«abc»", "« abc »", "«\u00a0abc\u00a0»", "›abc‹", "‹abc›",
		"「abc」", "『abc』", "〝abc〟", "＂abc＂", "a\ufe0fbc", "a\u034fbc", "a\u3164bc", "a\uffa0bc", "a\u115fb\u1160c", "a\u2800bc",
		"\ufffcabc", "abc\ufffd", "ab\U000e0100c", "a\u180bbc", "\ufeff„a\u00adbc“\r\n", "»„abc“«",
	} {
		if got, removed := secret.Clean(raw); got != "abc" || !removed.Any() {
			t.Errorf("%q gives %q (%v)", raw, got, removed)
		}
	}
	for _, raw := range []string{"abc“", "“abc", "a“b”c", "」abc「", "abc", "a\xffbc", "äbc"} {
		if got, _ := secret.Clean(raw); got != raw {
			t.Errorf("%q gives %q", raw, got)
		}
	}
}
