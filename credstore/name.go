package credstore

import (
	"errors"
	"fmt"
)

// MaxName is the longest name of a profile, in characters.
const MaxName = 64

// ValidName tells whether name can be a profile's: 1 to 64 ASCII letters, digits, '.', '_' or '-', beginning with a letter
// or a digit. Such a name needs no quoting in a shell, in a file name or in any keyring.
func ValidName(name string) error {
	if name == "" {
		return errors.New("a profile needs a name")
	}
	if len(name) > MaxName {
		return fmt.Errorf("a profile's name has at most %d characters, this one has %d", MaxName, len(name))
	}
	for i, r := range name {
		switch {
		case letterOrDigit(r):
		case r == '.' || r == '_' || r == '-':
			if i == 0 {
				return fmt.Errorf("a profile's name begins with a letter or a digit, not with %q", r)
			}
		default:
			return fmt.Errorf("a profile's name has letters, digits, '.', '_' and '-' only, not %q", r)
		}
	}
	return nil
}

func letterOrDigit(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}
