package field_test

import (
	"testing"
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/field"
	"mimecred/tui/theme"
)

// TestSpinnerTurnsWhileSomethingIsUnderWay and asks for one picture at a time.
func TestSpinnerTurnsWhileSomethingIsUnderWay(t *testing.T) {
	t.Parallel()
	s := field.NewSpinner(theme.New(true))
	if s.Turn(false) != nil {
		t.Error("it turns although nothing is under way")
	}
	first, cmd := s.View(), s.Turn(true)
	if cmd == nil || s.Turn(true) != nil {
		t.Fatal("it asks for no picture, or for two at once")
	}
	cmd = s.Update(cmd(), true)
	if cmd == nil || s.View() == first {
		t.Fatalf("it stands still at %q", s.View())
	}
	tick := cmd()
	s.Update(tick, true)
	shown := s.View()
	for _, msg := range []tea.Msg{tick, spinner.TickMsg{Time: time.Now(), ID: -1}, "other"} {
		if s.Update(msg, true) != nil || s.View() != shown {
			t.Errorf("%v turns it", msg)
		}
	}
}

// TestSpinnerStopsAndTurnsAgain: after its work has ended it asks for nothing, and the next work turns it again.
func TestSpinnerStopsAndTurnsAgain(t *testing.T) {
	t.Parallel()
	s := field.NewSpinner(theme.New(true))
	if s.Update(s.Turn(true)(), false) != nil {
		t.Error("it turns after the end")
	}
	if s.Turn(true) == nil {
		t.Error("it does not turn again")
	}
	if still := field.NewSpinner(theme.New(true, theme.WithStill())); still.Turn(true) != nil {
		t.Error("a still theme has a turning spinner")
	}
}
