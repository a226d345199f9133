package client

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that its first user compiles. Most commands read no paste, and compiling all of them costs
// each start of the program half a millisecond.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
