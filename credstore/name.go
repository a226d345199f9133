package credstore

import (
	"errors"
	"fmt"
	"strings"
)

// maxName is the longest name of a profile, in characters.
const maxName = 64

// ValidName tells whether name can be a profile's: 1 to 64 ASCII letters, digits, '.', '_' or '-', beginning with a letter
// or a digit. Such a name needs no quoting in a shell, in a file name or in any keyring.
func ValidName(name string) error {
	if name == "" {
		return errors.New("a profile needs a name")
	}
	if len(name) > maxName {
		return fmt.Errorf("a profile's name has at most %d characters, this one has %d", maxName, len(name))
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

// NewName tells whether name can be given to a profile: a ValidName that no system reserves. A profile that has such a name
// from before can still be used, renamed and deleted.
//
// Windows reads con, nul and the like as devices in every folder, in any case and with any extension:
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
func NewName(name string) error {
	if err := ValidName(name); err != nil {
		return err
	}
	if reserved(name) {
		return fmt.Errorf("Windows reserves the name %q for a device; choose another one", name) //nolint:staticcheck // a proper name begins it
	}
	return nil
}

func reserved(name string) bool {
	base, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	number, port := strings.CutPrefix(base, "com")
	if !port {
		number, port = strings.CutPrefix(base, "lpt")
	}
	return port && len(number) == 1 && number[0] >= '0' && number[0] <= '9'
}
