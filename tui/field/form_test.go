package field_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
)

type stack struct {
	form *field.Form
	name *field.Text
	key  *field.Secret
	list *field.Choice
}

func newStack() stack {
	s := stack{
		name: field.NewText(field.WithTheme(plain()), field.WithLabel("Name")),
		key:  newSecret(newClock(), field.WithLabel("Key")),
		list: field.NewChoice(rows(), field.WithTheme(plain()), field.WithLabel("Where")),
	}
	s.key.Blur()
	intro := field.Prose(func(int) []string { return []string{"Intro", ""} })
	s.form = field.NewForm(plain(), intro, s.name, s.key, s.list)
	return s
}

func (s stack) focus() string {
	switch s.form.Focused() {
	case s.name:
		return "name"
	case s.key:
		return "key"
	case s.list:
		return "list"
	}
	return ""
}

func TestFormOrder(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []string
		want string
		done bool
	}{
		{"begins with the first field", nil, "name", false},
		{"tab", []string{"tab"}, "key", false},
		{"enter", []string{"enter", "enter"}, "list", false},
		{"tab goes around", []string{"tab", "tab", "tab"}, "name", false},
		{"shift+tab goes around", []string{"shift+tab"}, "list", false},
		{"down leaves a line of text", []string{"down"}, "key", false},
		{"up at the first field", []string{"up"}, "name", false},
		{"arrows stay in a list", []string{"down", "down", "down"}, "list", false},
		{"up leaves a list at its first row", []string{"down", "down", "up", "up"}, "key", false},
		{"down at the last row", []string{"shift+tab", "down", "down", "down"}, "list", false},
		{"enter on the last field", []string{"shift+tab", "enter"}, "list", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStack()
			done := false
			for _, k := range c.keys {
				_, done = s.form.Update(press(k))
			}
			if s.focus() != c.want || done != c.done {
				t.Errorf("focus on %q, done %v; want %q, %v", s.focus(), done, c.want, c.done)
			}
		})
	}
}

func TestFormGivesTextToTheFocusedField(t *testing.T) {
	s := newStack()
	s.form.Update(tea.PasteMsg{Content: "acme"})
	s.form.Update(press("tab"))
	s.form.Update(tea.PasteMsg{Content: "k3y"})
	if s.name.Value() != "acme" || s.key.Value().Reveal() != "k3y" {
		t.Errorf("name %q, key of %d bytes", s.name.Value(), s.key.Value().Len())
	}
	if !s.form.Typing() {
		t.Error("a text field does not count as typing")
	}
	s.form.Focus(s.list)
	if s.form.Typing() {
		t.Error("a list counts as typing")
	}
}

func TestFormKeepsFocusWhenItemsChange(t *testing.T) {
	s := newStack()
	s.form.Focus(s.list)
	s.form.SetItems(s.list, s.name)
	if s.focus() != "list" {
		t.Errorf("focus on %q", s.focus())
	}
	s.form.SetItems(s.name, s.key)
	if s.focus() != "name" || s.list.Focused() {
		t.Errorf("focus on %q, list focused %v", s.focus(), s.list.Focused())
	}
	s.form.SetItems()
	if _, done := s.form.Update(press("enter")); !done || s.form.Focused() != nil {
		t.Error("enter does not submit a form without fields")
	}
	s.form.Update(tea.PasteMsg{Content: "x"})
}

// TestFormScrolls keeps the focused field in sight at every height, and says where there is more.
func TestFormScrolls(t *testing.T) {
	for height := 1; height <= 20; height++ {
		s := newStack()
		for _, want := range []string{"Name", "Key", "Encrypted file"} {
			d := s.form.View(40, height)
			if len(d.Lines) > height {
				t.Fatalf("%d lines in a height of %d", len(d.Lines), height)
			}
			fits(t, d, 40)
			if d.Cursor == nil {
				t.Errorf("height %d, %s: the cursor is out of sight", height, want)
			}
			if height >= 3 && !strings.Contains(text(d), want) {
				t.Errorf("height %d: %q is out of sight:\n%s", height, want, text(d))
			}
			s.form.Update(press("tab"))
		}
	}
	s := newStack()
	if d := s.form.View(40, 5); !strings.HasSuffix(d.Lines[4], "↓") {
		t.Errorf("nothing says that there is more below: %q", d.Lines[4])
	}
	s.form.Update(press("shift+tab"))
	if d := s.form.View(40, 5); !strings.HasSuffix(d.Lines[0], "↑") {
		t.Errorf("nothing says that there is more above: %q", d.Lines[0])
	}
}

func TestFormWheelScrollsAndKeysComeBack(t *testing.T) {
	s := newStack()
	s.form.SetSize(40, 5)
	for range 10 {
		s.form.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	}
	if !strings.Contains(text(s.form.View(40, 5)), "lost at the end") || s.focus() != "name" {
		t.Errorf("the wheel did not scroll to the end:\n%s", text(s.form.View(40, 5)))
	}
	s.form.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	if strings.Contains(text(s.form.View(40, 5)), "lost at the end") {
		t.Error("the wheel does not turn back at once")
	}
	typeInForm(s.form, "a")
	if !strings.Contains(text(s.form.View(40, 5)), "Name") || s.name.Value() != "a" {
		t.Error("a key does not bring the focused field back")
	}
}

func typeInForm(f *field.Form, text string) {
	for _, r := range text {
		f.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestFormClick(t *testing.T) {
	for _, height := range []int{30, 6} {
		s := newStack()
		s.form.SetSize(40, height)
		s.form.Focus(s.list)
		for _, row := range []string{"This session only", "Encrypted file"} {
			clicked := false
			for y, line := range s.form.View(40, height).Lines {
				if strings.Contains(line, row) && !clicked {
					clicked = true
					s.form.Update(tea.MouseClickMsg{X: 8, Y: y, Button: tea.MouseLeft})
					if got, _ := s.list.Current(); got.Title != row {
						t.Errorf("height %d: a click on %q chose %q", height, row, got.Title)
					}
				}
			}
		}
	}
	s := newStack()
	s.form.SetSize(40, 30)
	s.form.Update(tea.MouseClickMsg{X: 8, Y: 5, Button: tea.MouseLeft})
	if s.focus() != "key" {
		t.Errorf("a click on the key went to %q", s.focus())
	}
	s.form.Update(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft})
	s.form.Update(tea.MouseClickMsg{X: 0, Y: 99, Button: tea.MouseLeft})
	s.form.Update(tea.MouseClickMsg{X: 8, Y: 3, Button: tea.MouseRight})
	if s.focus() != "key" {
		t.Errorf("a click on nothing went to %q", s.focus())
	}
}
