// Package theme has the styles, glyphs and keys of every screen. A Theme is made once and passed down; nothing here is
// global.
package theme

import "charm.land/lipgloss/v2"

// Theme is how everything looks.
type Theme struct {
	Styles Styles
	Glyphs Glyphs
	Dark   bool
	// Still stops animations, for tests and for people who ask for it.
	Still bool
}

// Styles are by meaning, not by colour. Colour is never the only sign.
type Styles struct {
	Title    lipgloss.Style // the step's heading
	Text     lipgloss.Style // ordinary text
	Muted    lipgloss.Style // explanations, hosts, what is not yet
	Accent   lipgloss.Style // the current step, the selected row
	Good     lipgloss.Style
	Warn     lipgloss.Style
	Bad      lipgloss.Style
	Border   lipgloss.Style
	Key      lipgloss.Style // a key in the footer
	Label    lipgloss.Style // a field's label
	Value    lipgloss.Style // a value to type or copy
	Selected lipgloss.Style // the row under the cursor
}

// Glyphs are the signs, in Unicode or ASCII.
type Glyphs struct {
	Passed, Warning, Failed, Skipped string
	Current, Todo                    string
	Selected, Bullet, Mask, Dot      string
	TopLeft, TopRight                string
	BottomLeft, BottomRight          string
	Horizontal, Vertical             string
	BarFull, BarEmpty                string
	Spinner                          []string
}
