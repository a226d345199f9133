package home

import "slices"

// cutMiddle is text in at most width cells with a sign where something is missing. The first and the last characters stay, and the
// one at differs, by which it is told from its neighbours.
func cutMiddle(text string, width, differs int, more string) string {
	r, sign := []rune(text), cells(more)
	n, room := len(r), width-sign
	if cells(text) <= width || cells(text) != n || room < 3 {
		return cut(text, width, more)
	}
	head := (room + 1) / 2
	if differs < head || differs >= n-(room-head) {
		return string(r[:head]) + more + string(r[n-(room-head):])
	}
	if tail := n - differs; tail < room {
		return string(r[:room-tail]) + more + string(r[differs:])
	}
	room -= sign
	head = room / 3
	if room < 2 {
		return more + string(r[differs:differs+width-sign])
	}
	return string(r[:head]) + more + string(r[differs:differs+room-head]) + more
}

// differences are, for each of several texts, how many characters it begins with like another one of them.
func differences(texts []string, into map[string]int) {
	texts = slices.Compact(slices.Sorted(slices.Values(texts)))
	for i, text := range texts {
		if i > 0 {
			n := alike(texts[i-1], text)
			into[text] = n
			into[texts[i-1]] = max(into[texts[i-1]], n)
		}
	}
}

// alike is how many characters two texts begin with in common.
func alike(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return n
}
