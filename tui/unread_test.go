package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// TestKeysBeforeAStepCameByItself: what was pressed for the step before is no answer to the one that appeared; what leaves, and what is
// typed into a text field, is never swallowed.
func TestKeysBeforeAStepCameByItself(t *testing.T) {
	t.Parallel()
	press := func(name string) tea.KeyPressMsg {
		p, ok := pressOf(name)
		if !ok {
			t.Fatalf("no key %q", name)
		}
		return p
	}
	click := tea.MouseClickMsg{Button: tea.MouseLeft, X: 30, Y: 5}
	for name, tt := range map[string]struct {
		step flow.Step
		msg  tea.Msg
		want bool
	}{
		"enter":                    {flow.HandOff, press("enter"), true},
		"a click":                  {flow.HandOff, click, true},
		"a letter":                 {flow.Console, press("o"), true},
		"ctrl+c":                   {flow.HandOff, press("ctrl+c"), false},
		"help":                     {flow.HandOff, press("f1"), false},
		"the wheel":                {flow.HandOff, tea.MouseWheelMsg{Button: tea.MouseWheelDown}, false},
		"a letter for a text":      {flow.Application, press("x"), false},
		"enter in a text":          {flow.Application, press("enter"), false},
		"a paste, a whole message": {flow.HandOff, tea.PasteMsg{Content: "x"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t, setting{answers: handedOff()})
			w.app.byHand = false
			w.app.goTo(tt.step)
			if got := w.app.unread(tt.msg); got != tt.want {
				t.Errorf("swallowed: %v, want %v", got, tt.want)
			}
			w.clock.add(screen.ReadTime)
			if w.app.unread(tt.msg) {
				t.Error("it is swallowed although the step could be read")
			}
			w.app.byHand = true
			w.app.goTo(tt.step)
			if w.app.unread(tt.msg) {
				t.Error("it is swallowed although the person went there")
			}
			w.clock.add(time.Second)
		})
	}
}
