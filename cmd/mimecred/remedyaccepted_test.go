package main

import (
	"regexp"
	"strings"
	"testing"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// TestRemediesAreAccepted: whatever versions a profile has, each command that a remedy names is accepted there, one after the other.
func TestRemediesAreAccepted(t *testing.T) {
	t.Parallel()
	command := regexp.MustCompile(`mimecred [a-z]+ acme[a-z0-9 -]*? (?:changes|replaces|renews|repeats|asks|discards)`)
	for name, s := range map[string]standing{
		"pending alone":                   {change: credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Staged}},
		"created keys pending alone":      {change: credstore.UnfinishedChange{Kind: credstore.SetUp, Phase: credstore.Staged}, created: true},
		"pending beside a current one":    {change: credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Staged}, current: true},
		"created keys beside one":         {change: credstore.UnfinishedChange{Kind: credstore.Rotation, Phase: credstore.Staged}, current: true, created: true},
		"current alone, without a change": {current: true},
	} {
		s.change.Name, s.change.Store, s.change.Keep = "acme", storeKeyring, credstore.DefaultKeep
		done := map[string]bool{}
		for _, where := range client.Wheres() {
			for _, tried := range []bool{true, false} {
				held := lifecycle.Held{Current: s.current, Pending: s.change.Phase == credstore.Staged}
				if held.Tried = tried && held.Pending; !held.Current && !held.Tried {
					continue
				}
				words := held.Commands("acme").Remedy("Do it.", where)
				found := command.FindAllString(words, -1)
				if len(found) != strings.Count(words, "mimecred ") {
					t.Errorf("%s: not every command is known in %q", name, words)
				}
				typed := strings.Join(found, ", ")
				if len(found) == 0 || where == client.WhereLater || done[typed] {
					continue
				}
				done[typed] = true
				d, _ := s.left(t)
				for _, one := range found {
					one = one[:strings.LastIndex(one, " ")]
					if strings.HasSuffix(one, " --pending") {
						one += " --yes --lose-keys"
					}
					if got, asks := d.types(one, ""); got.code != exitDone && !asks {
						t.Errorf("%s: %s: exit %d: %s", name, one, got.code, got.err)
					}
				}
			}
		}
	}
}
