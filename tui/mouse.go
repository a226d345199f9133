package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"mimecred/tui/flow"
)

// click follows a click on a step of the rail, a key of the footer, a choice of a dialog; the rest is the screen's.
func (a *app) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if a.help {
		a.help = false
		return nil
	}
	if press, ok := a.footerKey(msg.X, msg.Y); ok {
		return a.key(press)
	}
	if s := a.railStep(msg.X, msg.Y); s != flow.None && a.dialog == nil && a.passphrases.now == nil {
		return a.change(s)
	}
	b := a.bodyBox()
	msg.X, msg.Y = msg.X-b.x, msg.Y-b.y
	if msg.X < 0 || msg.Y < 0 || msg.X >= b.width || msg.Y >= b.height {
		return nil
	}
	switch {
	case a.passphrases.now != nil:
		return a.typed(msg)
	case a.dialog != nil:
		return a.ask(msg)
	}
	return a.forward(msg)
}

// wheel scrolls the screen, or moves through a dialog's choices.
func (a *app) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	if a.help {
		a.readHelp(msg)
		return nil
	}
	if a.dialog != nil && a.passphrases.now == nil {
		return a.ask(msg)
	}
	b := a.bodyBox()
	if a.passphrases.now != nil {
		return a.typed(msg)
	}
	msg.X, msg.Y = msg.X-b.x, msg.Y-b.y
	return a.forward(msg)
}

// footerKey is the key press that a click on the footer means.
func (a *app) footerKey(x, y int) (tea.KeyPressMsg, bool) {
	start, width := 2, a.width-4
	switch a.layout() {
	case oneLine:
		return tea.KeyPressMsg{}, false
	case frameless:
		start, width = 0, a.width
	case narrow, wide, whole:
	}
	if y != a.height-1 {
		return tea.KeyPressMsg{}, false
	}
	_, spans := a.footer(width)
	for _, s := range spans {
		if x >= start+s.from && x < start+s.to {
			return pressOf(s.key)
		}
	}
	return tea.KeyPressMsg{}, false
}

// pressOf is the key press whose name is name, for the names that the key map uses.
func pressOf(name string) (tea.KeyPressMsg, bool) {
	var mod tea.KeyMod
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		mod, name = tea.ModCtrl, rest
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		mod, name = mod|tea.ModShift, rest
	}
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "f1": tea.KeyF1, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"backspace": tea.KeyBackspace, "home": tea.KeyHome, "end": tea.KeyEnd, "delete": tea.KeyDelete,
	}
	if code, ok := codes[name]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}, true
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}, true
	}
	runes := []rune(name)
	if len(runes) != 1 {
		return tea.KeyPressMsg{}, false
	}
	press := tea.KeyPressMsg{Code: runes[0], Mod: mod}
	if mod == 0 {
		press.Text = name
	}
	return press, true
}
