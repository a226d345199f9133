package tui

import (
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/flow"
)

// What a terminal counts as when it says something absurd, and the largest that is drawn.
const (
	defaultWidth  = 80
	defaultHeight = 24
	maxWidth      = 1000
	maxHeight     = 500
)

// Where the layouts change, in cells.
const (
	railWidth  = 72
	frameWidth = 40
	frameLines = 10
	lineWidth  = 20
	lineLines  = 5
)

// layout is how much can be shown at a size.
type layout int

const (
	oneLine   layout = iota // says that the window is too small
	frameless               // one field, no frame
	narrow                  // a frame, and the step as "Check · 8 of 11"
	wide                    // a frame with the rail of steps
	whole                   // a frame alone: the list of profiles is no step of a path
)

// layoutFor picks the layout for a size and a path of that many steps.
func layoutFor(width, height, steps int) layout {
	switch {
	case width < lineWidth || height < lineLines:
		return oneLine
	case width < frameWidth || height < frameLines:
		return frameless
	case width < railWidth || height < steps+2:
		return narrow
	default:
		return wide
	}
}

// layout is the layout of what is shown now.
func (a *app) layout() layout {
	if !a.atHome() {
		return layoutFor(a.width, a.height, len(flow.Path(a.answers)))
	}
	if l := layoutFor(a.width, a.height, 1); l == oneLine || l == frameless {
		return l
	}
	return whole
}

// saneSize gives 80×24 for a size that no terminal has. A pseudo-terminal that nobody sized says 0×0, and Bubble Tea would
// draw nothing on it.
func saneSize(msg tea.WindowSizeMsg) tea.WindowSizeMsg {
	if msg.Width <= 0 || msg.Height <= 0 || msg.Width > maxWidth || msg.Height > maxHeight {
		return tea.WindowSizeMsg{Width: defaultWidth, Height: defaultHeight}
	}
	return msg
}
