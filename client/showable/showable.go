// Package showable makes stored and received text safe to show: what a file or a server says must not move a cursor, turn the
// direction of a line, or hide in it. Every place that shows such a text uses this package.
package showable

import (
	"strings"
	"unicode"
)

// Line is text as one line: line breaks and tabs become blanks; control characters (C0, C1), bidirectional controls and
// everything else that has no picture are left out.
func Line(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isBreak(r) || r == '\t':
			return ' '
		case !Seen(r):
			return -1
		}
		return r
	}, text)
}

// Lines is Line for a text of several lines, whose line breaks and tabs stay.
func Lines(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && !Seen(r) {
			return -1
		}
		return r
	}, text)
}

// Seen tells whether a character has a picture, or is a blank, and does not turn the direction of what follows.
func Seen(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.Is(unicode.Bidi_Control, r) && !isBreak(r)
}

func isBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085'
}

// JSON is JSON in which every character that is not Seen is written as an escape. It says the same as before.
func JSON(text []byte) []byte {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for _, r := range string(text) {
		if r < 0x80 && r != 0x7f || Seen(r) {
			b.WriteRune(r)
			continue
		}
		units := []rune{r}
		if r > 0xffff {
			units = []rune{0xd800 + (r-0x10000)>>10, 0xdc00 + (r-0x10000)&0x3ff}
		}
		for _, u := range units {
			b.WriteString(`\u` + string([]byte{hex[u>>12&15], hex[u>>8&15], hex[u>>4&15], hex[u&15]}))
		}
	}
	return []byte(b.String())
}
