package field

import (
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/theme"
)

// spinTime is how long one picture of the spinner stays.
const spinTime = 120 * time.Millisecond

// Spinner shows that something is under way. A theme that is still has one that does not turn.
type Spinner struct {
	model   spinner.Model
	still   bool
	turning bool // a picture is asked for
}

// NewSpinner makes a Spinner that does not turn.
func NewSpinner(t theme.Theme) Spinner {
	return Spinner{model: spinner.New(spinner.WithSpinner(spinner.Spinner{Frames: t.Glyphs.Spinner, FPS: spinTime})), still: t.Still}
}

// Turn begins to turn the spinner where something is under way and it does not turn yet.
func (s *Spinner) Turn(busy bool) tea.Cmd {
	if !busy || s.turning || s.still {
		return nil
	}
	s.turning = true
	return tea.Tick(spinTime, func(model spinner.Model) func(time.Time) tea.Msg {
		return func(time.Time) tea.Msg { return model.Tick() }
	}(s.model))
}

// Update shows the next picture when msg asks for it, and goes on while something is under way.
func (s *Spinner) Update(msg tea.Msg, busy bool) tea.Cmd {
	tick, ok := msg.(spinner.TickMsg)
	if !ok || tick.ID != s.model.ID() {
		return nil
	}
	var next tea.Cmd
	s.model, next = s.model.Update(tick)
	if s.turning = busy; !busy {
		return nil
	}
	return next
}

// View is the picture, without colour.
func (s *Spinner) View() string { return s.model.View() }
