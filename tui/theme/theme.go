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
	// On and Off are the signs of a radio row; Ticked and Unticked those of a checklist.
	On, Off, Ticked, Unticked string
	// More, Above and Below say that text goes on to the right, or that rows lie above or below.
	More, Above, Below string
	Spinner            []string
}

// Option changes how a Theme is made.
type Option func(*options)

type options struct{ plain, ascii, still bool }

// WithoutColour leaves bold and takes every colour away (NO_COLOR).
func WithoutColour() Option { return func(o *options) { o.plain = true } }

// WithASCII draws every sign with ASCII characters, for fonts and terminals that have no others.
func WithASCII() Option { return func(o *options) { o.ascii = true } }

// WithStill stops animations.
func WithStill() Option { return func(o *options) { o.still = true } }

// New makes the theme for a dark or a light background. The terminal's palette is narrowed later, by the writer, so the
// colours here are chosen to fall on different ones of the 16 basic colours too.
func New(dark bool, opts ...Option) Theme {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	t := Theme{Dark: dark, Still: o.still, Glyphs: Unicode()}
	if o.ascii {
		t.Glyphs = ASCII()
	}
	if o.plain {
		t.Styles = plainStyles()
	} else {
		t.Styles = colouredStyles(dark)
	}
	return t
}

// Unicode is the set of signs for most terminals; each is one cell wide.
func Unicode() Glyphs {
	return Glyphs{
		Passed: "✓", Warning: "!", Failed: "✗", Skipped: "–",
		Current: "●", Todo: "○",
		Selected: "›", Bullet: "•", Mask: "•", Dot: "·",
		TopLeft: "╭", TopRight: "╮", BottomLeft: "╰", BottomRight: "╯",
		Horizontal: "─", Vertical: "│",
		BarFull: "█", BarEmpty: "░",
		On: "●", Off: "○", Ticked: "[✓]", Unticked: "[ ]",
		More: "…", Above: "↑", Below: "↓",
		Spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
	}
}

// ASCII is the same set in seven bits.
func ASCII() Glyphs {
	return Glyphs{
		Passed: "+", Warning: "!", Failed: "x", Skipped: "-",
		Current: "*", Todo: "o",
		Selected: ">", Bullet: "*", Mask: "*", Dot: "-",
		TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+",
		Horizontal: "-", Vertical: "|",
		BarFull: "#", BarEmpty: ".",
		On: "(*)", Off: "( )", Ticked: "[x]", Unticked: "[ ]",
		More: "~", Above: "^", Below: "v",
		Spinner: []string{"|", "/", "-", "\\"},
	}
}

// colouredStyles picks, for every meaning, a colour with a contrast of at least 4.5:1 on the background it is made for.
func colouredStyles(dark bool) Styles {
	pick := lipgloss.LightDark(dark)
	colour := func(light, dark string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(pick(lipgloss.Color(light), lipgloss.Color(dark)))
	}
	accent := colour("#0B5FB0", "#6CB6FF")
	return Styles{
		Title:    accent.Bold(true),
		Text:     lipgloss.NewStyle(),
		Muted:    colour("#5C6370", "#9AA3B2"),
		Accent:   accent,
		Good:     colour("#1A7F37", "#57C76B"),
		Warn:     colour("#8A5A00", "#E3B341"),
		Bad:      colour("#C0232C", "#FF7B72"),
		Border:   colour("#7A828E", "#6B7484"),
		Key:      accent.Bold(true),
		Label:    lipgloss.NewStyle().Bold(true),
		Value:    colour("#7A3E9D", "#D2A8FF"),
		Selected: accent.Bold(true),
	}
}

// plainStyles says the same with weight alone; the glyphs carry the rest.
func plainStyles() Styles {
	plain, bold := lipgloss.NewStyle(), lipgloss.NewStyle().Bold(true)
	return Styles{
		Title: bold, Text: plain, Muted: plain, Accent: bold,
		Good: plain, Warn: bold, Bad: bold, Border: plain,
		Key: bold, Label: bold, Value: plain, Selected: bold,
	}
}
