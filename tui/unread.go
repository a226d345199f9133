package tui

import (
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/screen"
)

// isInput tells whether a message is what the person did, or the end of a look-up that followed it at once.
func isInput(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.MouseClickMsg, tea.MouseWheelMsg, tea.PasteMsg, namedMsg:
		return true
	}
	return false
}

// unread tells whether a key or a click was meant for what was shown before: a step came by itself, and nobody can have read it yet.
// What is typed into a text field is never swallowed, and neither are the keys that leave, suspend or help.
func (a *app) unread(msg tea.Msg) bool {
	if a.dialog != nil || a.help || a.passphrases.now != nil || !screen.Unread(a.appeared, a.env.Now()) {
		return false
	}
	if typist, ok := a.screen.(screen.Typist); ok && typist.Typing() {
		return false
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return !matches(msg, a.env.Keys.Quit, a.env.Keys.Suspend, a.env.Keys.Help)
	case tea.MouseClickMsg:
		return true
	}
	return false
}
