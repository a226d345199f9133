package client

import (
	"fmt"
	"strings"
	"unicode"

	"mimecred/client/secret"
)

// CodeLength is how many digits a one-time code has: Mimecast for Outlook asks for a verification code of
// six (a helpdesk article of Wixon).
const CodeLength = 6

// CleanCode gives the digits of a one-time code as somebody types or pastes it: digits of any script become 0 to 9, and
// blanks, dashes and dots between them go. other is the first character that has no place in a code, "" when there is none.
func CleanCode(text string) (digits, other string) {
	cleaned, _ := secret.Clean(text)
	var b strings.Builder
	for _, r := range cleaned {
		digit, is := digitOf(r)
		switch {
		case is:
			b.WriteByte(digit)
		case unicode.Is(unicode.Pd, r), strings.ContainsRune("−.·_", r):
		case other == "":
			other = string(r)
		}
	}
	return b.String(), other
}

// ParseCode gives a one-time code ready to be sent. Anything but six digits is an error; SignIn sends nothing else.
func ParseCode(text string) (secret.Value, error) {
	digits, other := CleanCode(text)
	switch {
	case other != "":
		return secret.Value{}, fmt.Errorf("a one-time code has %d digits and nothing else", CodeLength)
	case len(digits) != CodeLength:
		return secret.Value{}, fmt.Errorf("a one-time code has %d digits, not %d", CodeLength, len(digits))
	default:
		return secret.New(digits), nil
	}
}

// digitOf gives a decimal digit of any script as one of 0 to 9. Unicode keeps the ten of each script together, from 0 to 9.
func digitOf(r rune) (byte, bool) {
	for _, range16 := range unicode.Nd.R16 {
		if lo := int(range16.Lo); int(r) >= lo && int(r) <= int(range16.Hi) {
			return "0123456789"[(int(r)-lo)%10], true
		}
	}
	for _, range32 := range unicode.Nd.R32 {
		if lo := int64(range32.Lo); int64(r) >= lo && int64(r) <= int64(range32.Hi) {
			return "0123456789"[(int64(r)-lo)%10], true
		}
	}
	return 0, false
}
