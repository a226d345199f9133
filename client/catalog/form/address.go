package form

import (
	"strings"

	"mimecred/client/catalog"
)

// address spells a base URL as a form wants it: with https:// and without a slash at the end, or the host alone.
func address(base string, f catalog.Field) string {
	base = strings.TrimRight(base, "/")
	if hostOnly(f) {
		if _, host, ok := strings.Cut(base, "://"); ok {
			return host
		}
	}
	return base
}

// hostOnly tells whether a field takes a host name without https://: its rule says so, or its default is one.
func hostOnly(f catalog.Field) bool {
	if f.Default != "" {
		return !strings.Contains(f.Default, "://")
	}
	rule := strings.ToLower(f.Rule)
	for _, words := range []string{"host name only", "host name without", "without scheme", "without https", "no https://", "no scheme"} {
		if strings.Contains(rule, words) {
			return true
		}
	}
	return false
}
