package field_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// clock is a fake clock that tests move by hand.
type clock struct{ t time.Time }

func newClock() *clock { return &clock{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)} }

func (c *clock) now() time.Time          { return c.t }
func (c *clock) advance(d time.Duration) { c.t = c.t.Add(d) }

func plain() theme.Theme { return theme.New(true, theme.WithoutColour(), theme.WithStill()) }

// press makes a key press from its name, such as "a", "enter" or "ctrl+u".
func press(name string) tea.KeyPressMsg {
	named := map[string]rune{
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "esc": tea.KeyEscape,
		"pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp,
	}
	var mod tea.KeyMod
	base := name
	for {
		if rest, ok := strings.CutPrefix(base, "ctrl+"); ok {
			mod, base = mod|tea.ModCtrl, rest
		} else if rest, ok := strings.CutPrefix(base, "shift+"); ok {
			mod, base = mod|tea.ModShift, rest
		} else {
			break
		}
	}
	if base == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " ", Mod: mod}
	}
	if code, ok := named[base]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	k := tea.KeyPressMsg{Code: []rune(base)[0], Mod: mod}
	if mod&tea.ModCtrl == 0 {
		k.Text = base
	}
	return k
}

// send presses keys one after the other; a name with more than one letter that is no key is typed letter by letter.
func send(f field.Field, names ...string) {
	for _, n := range names {
		f.Update(press(n))
	}
}

func typeIn(f field.Field, text string) {
	for _, r := range text {
		if r == ' ' {
			f.Update(press("space"))
			continue
		}
		f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func paste(f field.Field, text string) { f.Update(tea.PasteMsg{Content: text}) }

func text(d field.Drawn) string { return strings.Join(d.Lines, "\n") }

// fits fails when a drawing overflows or its cursor lies outside of it.
func fits(t *testing.T, d field.Drawn, width int) {
	t.Helper()
	for i, l := range d.Lines {
		if w := lipgloss.Width(l); w > width {
			t.Errorf("line %d is %d cells wide in %d: %q", i, w, width, l)
		}
	}
	if c := d.Cursor; c != nil && (c.X < 0 || c.X >= max(width, 1) || c.Y < 0 || c.Y >= len(d.Lines)) {
		t.Errorf("the cursor %v lies outside of %d×%d", c.Position, width, len(d.Lines))
	}
}
