package lifecycle

import (
	"slices"
	"testing"

	"mimecred/credstore"
)

// TestSharesInWords: another use is named by its product, its profile, or both, as far as they are known.
func TestSharesInWords(t *testing.T) {
	t.Parallel()
	for want, share := range map[string]Share{
		"Nothing Known":                 {Integration: "Nothing Known"},
		"the profile other":             {Profile: "other"},
		"Nothing Known (profile other)": {Profile: "other", Integration: "Nothing Known"},
		"":                              {},
	} {
		if got := share.Words(); got != want {
			t.Errorf("%+v: %q", share, got)
		}
	}
	if got := (Share{Integration: "axonius-mimecast-v2"}).Words(); got == "" || got == "axonius-mimecast-v2" {
		t.Errorf("a known product is called %q", got)
	}
}

// TestSharesAreOtherProfiles: those that have the same identifier share it, and the profile itself does not.
func TestSharesAreOtherProfiles(t *testing.T) {
	t.Parallel()
	in := func(name, id string) credstore.Entry {
		return credstore.Entry{Name: name, Identifier: id, Integration: "of " + name}
	}
	own := in("acme", "id")
	got := Shares(credstore.Profile{Also: []string{"more"}}, own, []credstore.Entry{in("a", "other"), own, in("b", "id")})
	if want := []Share{{Integration: "more"}, {Profile: "b", Integration: "of b"}}; !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if got = Shares(credstore.Profile{}, own, nil); len(got) != 0 {
		t.Errorf("alone: %+v", got)
	}
}
