package lifecycle

import (
	"slices"
	"strconv"
)

// FreeName is a name like first that no profile has, and that is none of others: first itself, or with a number from 2 to 99 behind
// it. Where the list cannot be
// read it is first.
func FreeName(list Vault, first string, others ...string) string {
	name := first
	for i := 2; i < 100; i++ {
		if _, exists, err := list.Lookup(name); err != nil || !exists && !slices.Contains(others, name) {
			return name
		}
		name = first + "-" + strconv.Itoa(i)
	}
	return name
}
