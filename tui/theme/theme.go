// Package theme has the styles, glyphs and keys of every screen. A Theme is made once and passed down; nothing here is
// global.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
)

// Theme is how everything looks.
type Theme struct {
	Styles Styles
	Glyphs Glyphs
	// Dark tells which background it is made for.
	Dark bool
	// Still stops animations, for tests and for people who ask for it.
	Still bool
}

// Styles are by meaning, not by colour. Colour is never the only sign: what went wrong and what is doubtful have signs too.
// The one sentence that matters has the terminal's own colour (Text); what is around it is Muted.
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

type options struct{ plain, basic, ascii, still bool }

// WithoutColour leaves bold and removes every colour (NO_COLOR).
func WithoutColour() Option { return func(o *options) { o.plain = true } }

// WithProfile uses what the terminal can show: colours made for the 16 basic ones where it has no others, and none where it
// has none.
func WithProfile(p colorprofile.Profile) Option {
	return func(o *options) {
		o.basic = o.basic || p == colorprofile.ANSI
		o.plain = o.plain || p == colorprofile.ASCII || p == colorprofile.NoTTY
	}
}

// WithASCII draws every sign with ASCII characters, for fonts and terminals that have no others.
func WithASCII() Option { return func(o *options) { o.ascii = true } }

// WithStill stops animations.
func WithStill() Option { return func(o *options) { o.still = true } }

// New makes the theme for a dark or a light background, with all the colours there are.
func New(dark bool, opts ...Option) Theme {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	t := Theme{Dark: dark, Still: o.still, Glyphs: Unicode()}
	if o.ascii {
		t.Glyphs = ASCII()
	}
	switch {
	case o.plain:
		t.Styles = plainStyles()
	case o.basic:
		t.Styles = basicColours(dark).styles()
	default:
		t.Styles = fullColours(dark).styles()
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

// colours are those of a theme; nil is the terminal's own.
type colours struct{ accent, muted, border, good, warn, bad, value color.Color }

// fullColours have a contrast of at least 4.5:1, WCAG's for text, on the backgrounds that people use: black to Ubuntu's aubergine and the
// greys of editors, white to Solarized's cream. A palette of 256 keeps that.
func fullColours(dark bool) colours {
	c := lipgloss.Color
	if dark {
		return colours{
			accent: c("#6CB6FF"), muted: c("#A2ABB9"), border: c("#949DAB"),
			good: c("#57C76B"), warn: c("#E3B341"), bad: c("#FF7B72"), value: c("#D2A8FF"),
		}
	}
	return colours{
		accent: c("#0B5FB0"), muted: c("#5C6370"), border: c("#656D76"),
		good: c("#0F6B2C"), warn: c("#8A5A00"), bad: c("#C0232C"), value: c("#7A3E9D"),
	}
}

// basicColours are those of the 16 that can be read, in the palettes of xterm and of VGA alike: of the greys none can be on both, and
// on white no green, yellow or cyan. There the terminal's own colour says it, and weight and signs tell the rest apart.
func basicColours(dark bool) colours {
	if dark {
		return colours{
			accent: lipgloss.BrightCyan, muted: lipgloss.White, border: lipgloss.White,
			good: lipgloss.BrightGreen, warn: lipgloss.BrightYellow, bad: lipgloss.BrightRed, value: lipgloss.BrightMagenta,
		}
	}
	return colours{accent: lipgloss.Blue, warn: lipgloss.Magenta, bad: lipgloss.Red, value: lipgloss.Blue}
}

// styles are the colours by meaning.
func (c colours) styles() Styles {
	in := func(c color.Color) lipgloss.Style {
		if c == nil {
			return lipgloss.NewStyle()
		}
		return lipgloss.NewStyle().Foreground(c)
	}
	accent := in(c.accent)
	return Styles{
		Title:    accent.Bold(true),
		Text:     lipgloss.NewStyle(),
		Muted:    in(c.muted),
		Accent:   accent,
		Good:     in(c.good),
		Warn:     in(c.warn),
		Bad:      in(c.bad),
		Border:   in(c.border),
		Key:      accent.Bold(true),
		Label:    lipgloss.NewStyle().Bold(true),
		Value:    in(c.value),
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
