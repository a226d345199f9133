package catalog

import (
	"slices"
	"strings"
)

// near lists up to three ids that look like a wrong one: those that share a word or differ in few letters.
func near(id string) []string {
	type guess struct {
		id       string
		distance int
	}
	var guesses []guess
	wrong := strings.ToLower(id)
	for _, i := range load().Integrations {
		d := distance(wrong, i.ID)
		switch {
		case wrong != "" && (strings.Contains(i.ID, wrong) || strings.Contains(strings.ToLower(i.Name), wrong)):
			d = 0
		case sharesWord(wrong, i.ID):
			d = min(d, 2)
		case d > max(2, len(i.ID)/3):
			continue
		}
		guesses = append(guesses, guess{i.ID, d})
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return a.distance - b.distance })
	var ids []string
	for _, g := range guesses[:min(3, len(guesses))] {
		ids = append(ids, g.id)
	}
	return ids
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

// distance is the number of letters to put in, leave out or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		previous := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := previous
			if a[i] != b[j] {
				change++
			}
			previous = row[j+1]
			row[j+1] = min(change, previous+1, row[j]+1)
		}
	}
	return row[len(b)]
}
