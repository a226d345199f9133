package catalog

import (
	"slices"
	"strings"

	"mimecred/client/typo"
)

// near lists up to three ids that look like a wrong one: those that share a word, also a misspelt one, or differ in few letters.
func near(id string) []string {
	type guess struct {
		id       string
		distance int
	}
	var guesses []guess
	wrong := strings.ToLower(id)
	all := load().Integrations
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	like := typo.Near(wrong, ids)
	for _, i := range all {
		d := typo.Distance(wrong, i.ID)
		switch {
		case wrong != "" && (strings.Contains(i.ID, wrong) || strings.Contains(strings.ToLower(i.Name), wrong)):
			d = 0
		case sharesWord(wrong, i.ID):
			d = min(d, 2*typo.Slip)
		case !slices.Contains(like, i.ID) && d > typo.Slip*max(2, len(i.ID)/3):
			continue
		}
		guesses = append(guesses, guess{i.ID, d})
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return a.distance - b.distance })
	var nearest []string
	for _, g := range guesses[:min(3, len(guesses))] {
		nearest = append(nearest, g.id)
	}
	return nearest
}

// sharesWord compares the parts between dashes; parts that say little ("v2", "mimecast", "api") do not count.
func sharesWord(a, b string) bool {
	words := strings.Split(b, "-")
	for word := range strings.SplitSeq(a, "-") {
		if len(word) > 3 && word != "mimecast" && slices.Contains(words, word) {
			return true
		}
	}
	return false
}
