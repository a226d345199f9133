package field

import tea "charm.land/bubbletea/v2"

// Arrow is the key that a letter of vi means where nothing is typed: j and k are down and up, g and G the first and the last row.
// Any other key stays what it is.
func Arrow(msg tea.KeyPressMsg) tea.KeyPressMsg {
	codes := map[string]rune{"j": tea.KeyDown, "k": tea.KeyUp, "g": tea.KeyHome, "G": tea.KeyEnd}
	if code, is := codes[msg.Text]; is && msg.Mod&^tea.ModShift == 0 {
		return tea.KeyPressMsg{Code: code}
	}
	return msg
}
