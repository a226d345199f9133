package plain

import (
	"github.com/charmbracelet/x/ansi"

	"mimecred/client/secret"
)

// reveal.go is the one place of line mode where a stored secret becomes text: after the person asked to see or to copy it.

// throughTerminal is what copies a value to the terminal's clipboard (OSC 52).
func throughTerminal(v secret.Value) string { return ansi.SetSystemClipboard(v.Reveal()) }

// readable is a value for the eyes of the person who asked to see it.
func readable(v secret.Value) string { return v.Reveal() }
