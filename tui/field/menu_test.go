package field_test

import (
	"fmt"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
)

func menu(lines int) *field.Menu {
	look, text := plain(), field.MenuText{Title: "Delete acme?", About: []string{"API 2.0"}}
	for i := range lines {
		text.Lines = append(text.Lines, fmt.Sprint("line ", i))
	}
	return field.NewMenu(&look, text, []field.MenuRow{
		{Label: "Go back"}, {Label: "Delete", Key: key.NewBinding(key.WithKeys("d"), key.WithHelp("d", "delete"))}, {Label: "Roll back", Off: "Nothing is kept."},
	})
}

func TestMenu(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		keys   []string
		at     int
		chosen int
	}{
		{"the first", []string{"enter"}, 0, 0},
		{"the second", []string{"down", "enter"}, 1, 1},
		{"tab goes down as well", []string{"tab", "tab", "shift+tab", "enter"}, 1, 1},
		{"its own key", []string{"d"}, 1, 1},
		{"what is off is not chosen", []string{"end", "enter"}, 2, -1},
		{"not below the last", []string{"pgdown", "down"}, 2, -1},
		{"back to the first", []string{"pgdown", "pgup"}, 0, -1},
		{"other letters", []string{"x", "space"}, 0, -1},
	} {
		m, chosen := menu(1), -1
		for _, name := range c.keys {
			chosen = m.Update(press(name), 40, 12)
		}
		if m.At() != c.at || chosen != c.chosen {
			t.Errorf("%s: at %d, chosen %d; want %d, %d", c.name, m.At(), chosen, c.at, c.chosen)
		}
	}
}

// TestMenuInALowWindow: its choices are in sight first, the words can be read from there, and a click hits what is drawn.
func TestMenuInALowWindow(t *testing.T) {
	t.Parallel()
	m := menu(20)
	seen := func(words string) bool { return strings.Contains(text(m.View(40, 8)), words) }
	if !seen("Go back") || seen("line 0") {
		t.Fatalf("at first:\n%s", text(m.View(40, 8)))
	}
	for range 10 {
		m.Update(press("pgup"), 40, 8)
	}
	if !seen("Delete acme?") || seen("Go back") || m.At() != 0 {
		t.Errorf("read from its beginning:\n%s", text(m.View(40, 8)))
	}
	for range 30 {
		m.Update(press("down"), 40, 8)
	}
	if !seen("Roll back: Nothing is kept.") || m.At() != 2 {
		t.Errorf("at the end:\n%s", text(m.View(40, 8)))
	}
	for y, line := range m.View(40, 8).Lines {
		want := -1
		if strings.Contains(line, "Delete ") {
			want = 1
		}
		if strings.Contains(line, "Go back") {
			continue
		}
		if got := m.Update(tea.MouseClickMsg{X: 3, Y: y}, 40, 8); got != want {
			t.Errorf("a click on %q chose %d, want %d", line, got, want)
		}
		m.Update(press("end"), 40, 8)
	}
	for width := range 50 {
		for height := range 14 {
			fits(t, m.View(width+1, height+1), width+1)
		}
	}
}
