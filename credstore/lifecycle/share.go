package lifecycle

import (
	"slices"

	"mimecred/client/catalog"
	"mimecred/credstore"
)

// Share is another use of an application.
type Share struct {
	// Profile is the name of the profile that uses it, "" for an integration of the same profile.
	Profile     string
	Integration string
}

// Shares are the other uses of a profile's application that are known: its own further integrations, and the profiles that
// have the same identifier.
func Shares(p credstore.Profile, own credstore.Entry, entries []credstore.Entry) []Share {
	var list []Share
	for _, id := range p.Also {
		list = append(list, Share{Integration: id})
	}
	for _, e := range entries {
		if own.SharesWith(e) {
			list = append(list, Share{Profile: e.Name, Integration: e.Integration})
		}
	}
	return slices.Clip(list)
}

// Words say a share as a person would: "Axonius (profile other)".
func (s Share) Words() string {
	name := s.Integration
	if i, ok := catalog.Lookup(s.Integration); ok {
		name = i.Name
	}
	switch {
	case s.Profile == "":
		return name
	case name == "":
		return "the profile " + s.Profile
	default:
		return name + " (profile " + s.Profile + ")"
	}
}
