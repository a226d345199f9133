// Package secret holds values that must not be seen: they redact themselves in every format that Go prints or encodes.
//
// A Value is made from a string and gives it back only through Reveal. The files that may call Reveal are listed in
// reveal_test.go; a call anywhere else fails that test.
package secret

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode/utf8"
)

// Redacted is what is shown in place of every secret.
const Redacted = "[redacted]"

// Value is a secret string. The zero Value is empty and ready to use. It is safe to copy and to share.
//
// The text sits behind a function, not behind a pointer: the fmt package follows one level of pointers when a verb does
// not fit the type, and prints what it finds.
type Value struct{ text func() string }

// New makes a Value of s, unchanged. Pasted text goes through Clean first.
func New(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{text: func() string { return s }}
}

// Reveal gives the secret itself. Only the files listed in reveal_test.go call it.
func (v Value) Reveal() string {
	if v.text == nil {
		return ""
	}
	return v.text()
}

// IsZero tells whether there is no secret.
func (v Value) IsZero() bool { return v.text == nil }

// Len is the number of bytes of the secret, which may be shown.
func (v Value) Len() int { return len(v.Reveal()) }

// Words is how many words the value has, with white space between them.
func (v Value) Words() int { return len(strings.Fields(v.Reveal())) }

// Characters is the number of characters of the secret, which may be shown.
func (v Value) Characters() int { return utf8.RuneCountInString(v.Reveal()) }

// Equal compares two secrets in constant time (their lengths may be learnt).
func (v Value) Equal(other Value) bool {
	return subtle.ConstantTimeCompare([]byte(v.Reveal()), []byte(other.Reveal())) == 1
}

// String implements fmt.Stringer and redacts.
func (v Value) String() string {
	if v.IsZero() {
		return ""
	}
	return Redacted
}

// GoString implements fmt.GoStringer and redacts.
func (v Value) GoString() string { return "secret.Value{" + v.String() + "}" }

// Format implements fmt.Formatter, so that no verb, known or not, reaches the text.
func (v Value) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, v.String()) }

// MarshalText implements encoding.TextMarshaler and redacts; JSON and most encoders use it.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// LogValue implements slog.LogValuer and redacts.
func (v Value) LogValue() slog.Value { return slog.StringValue(v.String()) }
