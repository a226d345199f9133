package field_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
)

func TestReader(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 10 {
		lines = append(lines, fmt.Sprint("line ", i))
	}
	for _, c := range []struct {
		name  string
		keys  []string
		lines int
		first string
		below int
	}{
		{"at first", nil, 10, "line 0", 6},
		{"a line down", []string{"down"}, 10, "line 1", 5},
		{"not above the first", []string{"down", "up", "up"}, 10, "line 0", 6},
		{"a page down", []string{"pgdown"}, 10, "line 4", 2},
		{"not below the last", []string{"pgdown", "pgdown", "pgdown", "down"}, 10, "line 6", 0},
		{"a page up", []string{"pgdown", "pgdown", "pgup"}, 10, "line 2", 4},
		{"all of it fits", []string{"down", "pgdown"}, 4, "line 0", 0},
		{"letters of vi", []string{"j", "j", "k"}, 10, "line 1", 5},
		{"the end and the start", []string{"end"}, 10, "line 6", 0},
		{"the start", []string{"G", "home"}, 10, "line 0", 6},
		{"the last line", []string{"g", "G"}, 10, "line 6", 0},
		{"other letters are not for it", []string{"d", "space", "right"}, 10, "line 0", 6},
	} {
		r := field.NewReader()
		for _, name := range c.keys {
			msg := press(name)
			moves := slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end", "j", "k", "g", "G"}, name)
			if got := r.Update(msg, lines[:c.lines], 20, 4); got != moves {
				t.Errorf("%s: %s is for it: %v", c.name, name, got)
			}
		}
		text, below := r.View(lines[:c.lines], 20, 4)
		if first, _, _ := strings.Cut(text, "\n"); strings.TrimSpace(first) != c.first || below != c.below {
			t.Errorf("%s: first %q, %d below; want %q, %d", c.name, first, below, c.first, c.below)
		}
	}
}

// TestReaderFollowsItsText: when the window grows, or the text gets shorter, there is no empty pane; and the wheel moves a line.
func TestReaderFollowsItsText(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.Repeat("x\n", 30), "\n")
	r := field.NewReader()
	if !r.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown}, lines, 5, 10) {
		t.Error("the wheel is not for it")
	}
	if _, below := r.View(lines, 5, 10); below != 20 {
		t.Errorf("%d below after a turn of the wheel", below)
	}
	for range 9 {
		r.Update(press("pgdown"), lines, 5, 10)
	}
	if text, below := r.View(lines[:12], 5, 10); below != 0 || !strings.HasPrefix(text, "x") {
		t.Errorf("a shorter text: %q, %d below", text, below)
	}
	r.Top()
	if _, below := r.View(lines, 5, 10); below != 21 {
		t.Errorf("%d below at the top", below)
	}
}
