package lifecycle

import "strconv"

// FreeName is a name like first that no profile has: first itself, or with a number from 2 to 99 behind it. Where the list cannot be
// read it is first.
func FreeName(list Vault, first string) string {
	name := first
	for i := 2; i < 100; i++ {
		if _, exists, err := list.Lookup(name); err != nil || !exists {
			return name
		}
		name = first + "-" + strconv.Itoa(i)
	}
	return name
}
