package typo_test

import (
	"slices"
	"strings"
	"testing"

	"mimecred/client/typo"
)

// slips are all words that are one slip of the fingers away: a letter too few, twice, another, or two that changed places.
func slips(word string) []string {
	var all []string
	for i := range len(word) {
		all = append(all, word[:i]+word[i+1:], word[:i+1]+word[i:], word[:i]+"z"+word[i+1:])
		if i > 0 {
			all = append(all, word[:i-1]+word[i:i+1]+word[i-1:i]+word[i+1:])
		}
	}
	return all
}

func names() []string {
	return []string{
		"api", "check", "get", "list", "show", "setup", "rotate", "rollback", "retire", "rename", "keyring", "memory", "client_secret", "client_id",
		"application_key", "no-color", "keep-previous", "json", "table", "env", "proxy.password",
	}
}

// TestNearForgivesOneSlip: whatever one slip makes of a name, the name is among what is offered.
func TestNearForgivesOneSlip(t *testing.T) {
	t.Parallel()
	for _, name := range names() {
		for _, word := range slips(name) {
			if near := typo.Near(word, names()); !slices.Contains(near, name) && len(near) < 3 {
				t.Errorf("%q is near %q, want %q among them", word, near, name)
			}
			if near := typo.Near(strings.ToUpper(word), names()); !slices.Contains(near, name) && len(near) < 3 {
				t.Errorf("in capitals %q is near %q, want %q among them", word, near, name)
			}
		}
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"chekc": "check", "colour": "no-color", "color": "no-color", "rot": "rotate", "secret": "client_secret", "clientsecret": "client_secret",
		"Client_ID": "client_id", "previous": "keep-previous",
		"": "", "q": "", "nothing-like-it": "", "docker": "", "zzz": "", strings.Repeat("x", 5000): "",
	} {
		near := typo.Near(word, names())
		if want == "" && len(near) > 0 || want != "" && (len(near) == 0 || near[0] != want) {
			t.Errorf("%.20q is near %q, want %q", word, near, want)
		}
	}
	if near := typo.Near("aaa", []string{"aab", "aac", "aaa", "aad", "aaa"}); len(near) != 3 || near[0] != "aaa" || near[1] == "aaa" {
		t.Errorf("%q are not three different words, the nearest first", near)
	}
}
