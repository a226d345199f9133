package home

import (
	"maps"
	"slices"
	"strings"
)

// changeLog is what happened to profiles.
type changeLog struct{ words map[string][]string }

// Change is what happened to one profile, in words.
type Change struct{ Name, Words string }

// add notes something that happened. What was said last of a profile is not said twice.
func (c *changeLog) add(name, words string) {
	if c.words == nil {
		c.words = map[string][]string{}
	}
	said := c.words[name]
	if len(said) > 0 && said[len(said)-1] == words {
		return
	}
	c.words[name] = append(said, words)
}

// tested notes the outcome of a test; it takes the place of the test right before it.
func (c *changeLog) tested(name, words string) {
	if said := c.words[name]; len(said) > 0 && strings.HasPrefix(said[len(said)-1], testedWord) {
		c.words[name] = said[:len(said)-1]
	}
	c.add(name, testedWord+words)
}

const testedWord = "tested: "

// list is one entry a profile, by name.
func (c changeLog) list() []Change {
	var list []Change
	for _, name := range slices.Sorted(maps.Keys(c.words)) {
		list = append(list, Change{name, strings.Join(c.words[name], "; ")})
	}
	return list
}
