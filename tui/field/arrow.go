package field

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Arrow is the key that a letter of vi means where nothing is typed: j and k are down and up, g and G the first and the last row.
// Any other key stays what it is.
func Arrow(msg tea.KeyPressMsg) tea.KeyPressMsg {
	codes := map[string]rune{"j": tea.KeyDown, "k": tea.KeyUp, "g": tea.KeyHome, "G": tea.KeyEnd}
	if code, is := codes[msg.Text]; is && msg.Mod&^tea.ModShift == 0 {
		return tea.KeyPressMsg{Code: code}
	}
	return msg
}

// Steer is where a key leads from a row of a list of n: up, down, by a page of rows, first, last. ok is false for any other key. The
// row may be outside of the list.
func Steer(msg tea.KeyPressMsg, at, n, page int) (to int, ok bool) {
	switch k := DefaultKeyMap(); {
	case key.Matches(msg, k.Up):
		return at - 1, true
	case key.Matches(msg, k.Down):
		return at + 1, true
	case key.Matches(msg, k.PageUp):
		return at - page, true
	case key.Matches(msg, k.PageDown):
		return at + page, true
	case key.Matches(msg, k.Home):
		return 0, true
	case key.Matches(msg, k.End):
		return n - 1, true
	}
	return at, false
}
