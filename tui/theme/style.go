package theme

import (
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Style is a style as what goes before and after a text of one line. What is drawn at every key in many small pieces is drawn
// with it: asking lipgloss for each of them takes longer than all the rest.
type Style struct{ on, off string }

// StyleOf is the Style of a lipgloss style that has colours and weight alone.
func StyleOf(s lipgloss.Style) Style {
	on, off, _ := strings.Cut(s.Render("x"), "x")
	return Style{on, off}
}

// Of is text in that style.
func (i Style) Of(text string) string {
	if text == "" || i.on == "" {
		return text
	}
	return i.on + text + i.off
}

// Write writes text in that style.
func (i Style) Write(b *strings.Builder, text string) {
	if text == "" || i.on == "" {
		b.WriteString(text)
		return
	}
	b.WriteString(i.on)
	b.WriteString(text)
	b.WriteString(i.off)
}

// Cells is how wide a text without colours is. Most of what is shown is ASCII and the signs of this program, which need no
// looking up.
func Cells(text string) int {
	n := 0
	for _, r := range text {
		if r >= utf8.RuneSelf && !narrow(r) {
			return ansi.StringWidth(text)
		}
		n++
	}
	return n
}

// narrow tells of some signs that they are one cell wide, whatever is beside them.
func narrow(r rune) bool {
	switch {
	case r == '·', r == '–', r == '…', r == '›', r == '•', r == '✓', r == '✗', r == '●', r == '○':
		return true
	case r >= '←' && r <= '↓', r >= '─' && r <= '╿', r >= '⠀' && r <= '⣿':
		return true
	default:
		return false
	}
}
