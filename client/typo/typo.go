// Package typo finds what a misspelt word was meant to be.
package typo

import (
	"slices"
	"strings"
)

// Slip is what one wrong letter costs in Distance; a letter too many or too few, and two that changed places, cost less.
const Slip = 3

// longest is how long texts are compared: no host and no name of ours is longer, in bytes.
const longest = 253

// Distance is how far two texts are apart: the edit distance in which letters that changed places count once.
func Distance(a, b string) int {
	const move = Slip - 1
	if len(a) > longest || len(b) > longest {
		return Slip * longest
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i * move
	}
	for j := range rows[0] {
		rows[0][j] = j * move
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := Slip
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j-1]+cost, rows[i-1][j]+move, rows[i][j-1]+move)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+move)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}

// most is how many words Near gives.
const most = 3

// Near gives those of the known words that a word may be a misspelling of, the nearest first, at most three. Capital letters do
// not count. A word that begins one of them, or is a part of one between dashes, dots and underscores, is near as well.
func Near(word string, known []string) []string {
	type guess struct {
		word string
		d    int
	}
	var guesses []guess
	for _, k := range known {
		if d, is := near(strings.ToLower(word), strings.ToLower(k)); is {
			guesses = append(guesses, guess{k, d})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return a.d - b.d })
	var words []string
	for _, g := range guesses {
		if len(words) < most && !slices.Contains(words, g.word) {
			words = append(words, g.word)
		}
	}
	return words
}

// near tells how far a word is from a known one, and whether that is near.
func near(word, known string) (int, bool) {
	if word == "" || len(word) > longest {
		return 0, false
	}
	d := Distance(word, known)
	if d <= allowed(len(known)) {
		return d, true
	}
	if len(word) >= 2 && strings.HasPrefix(known, word) {
		return d, true
	}
	for _, part := range parts(known) {
		if p := Distance(word, part); len(part) > 3 && p <= Slip {
			return d, true
		}
	}
	return d, false
}

// allowed is how far a word may be away from a known one of that many letters: one slip, and another for every four letters from the sixth on.
func allowed(letters int) int {
	if letters < 3 {
		return Slip - 1
	}
	return Slip * (1 + max(0, letters-2)/4)
}

// parts are the words of a name, when there are several.
func parts(name string) []string {
	all := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	if len(all) < 2 {
		return nil
	}
	return all
}

// In tells whether a text has a word that another one may be a misspelling of, or the beginning of. One of three letters or fewer
// has to be right.
func In(text, word string) bool {
	for _, known := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '/' }) {
		if known == word || len(word) > 3 && (Distance(word, known) <= Slip || len(known) > len(word) && Distance(word, known[:len(word)]) <= Slip) {
			return true
		}
	}
	return false
}
