package screen

import (
	tea "charm.land/bubbletea/v2"

	"mimecred/client/secret"
)

// reveal.go is the one place of the screens where a stored secret becomes text: to be pasted, or to be read on request.

// toTerminal copies a value through the terminal (OSC 52).
func toTerminal(v secret.Value) tea.Cmd { return tea.SetClipboard(v.Reveal()) }

// readable is a value for the eyes of the person who asked to see it.
func readable(v secret.Value) string { return v.Reveal() }
