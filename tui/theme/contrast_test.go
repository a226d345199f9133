package theme_test

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/theme"
)

// least is the contrast that text must have (WCAG 2.2, 1.4.3, level AA). Lines of the frame get no discount.
const least = 4.5

// grounds are backgrounds that people use, by whether they are dark.
func grounds(dark bool) map[string]color.Color {
	if dark {
		return map[string]color.Color{
			"black": lipgloss.Color("#000000"), "GitHub dark": lipgloss.Color("#0D1117"), "Catppuccin Mocha": lipgloss.Color("#1E1E2E"),
			"One Dark": lipgloss.Color("#282C34"), "Solarized dark": lipgloss.Color("#002B36"), "Ubuntu": lipgloss.Color("#300A24"),
		}
	}
	return map[string]color.Color{
		"white": lipgloss.Color("#FFFFFF"), "One Light": lipgloss.Color("#FAFAFA"), "GitHub canvas": lipgloss.Color("#F6F8FA"),
		"Solarized light": lipgloss.Color("#FDF6E3"),
	}
}

// palettes are what the 16 basic colours look like by default. xterm: XTerm-col.ad of its source (invisible-island.net/xterm); VGA: the
// table of text mode, which the Linux console has (drivers/tty/vt/vt.c, default_red, default_grn, default_blu).
func palettes() map[string][16]string {
	return map[string][16]string{
		"xterm": {
			"#000000", "#CD0000", "#00CD00", "#CDCD00", "#0000EE", "#CD00CD", "#00CDCD", "#E5E5E5",
			"#7F7F7F", "#FF0000", "#00FF00", "#FFFF00", "#5C5CFF", "#FF00FF", "#00FFFF", "#FFFFFF",
		},
		"VGA": {
			"#000000", "#AA0000", "#00AA00", "#AA5500", "#0000AA", "#AA00AA", "#00AAAA", "#AAAAAA",
			"#555555", "#FF5555", "#55FF55", "#FFFF55", "#5555FF", "#FF55FF", "#55FFFF", "#FFFFFF",
		},
	}
}

// eachStyle calls do with every style of a theme that has a colour, and its background where it has one of its own.
func eachStyle(th theme.Theme, do func(name string, ink, own color.Color)) {
	v := reflect.ValueOf(th.Styles)
	for i := range v.NumField() {
		style := v.Field(i).Interface().(lipgloss.Style)
		ink, own := style.GetForeground(), style.GetBackground()
		if _, none := own.(lipgloss.NoColor); none {
			own = nil
		}
		if _, none := ink.(lipgloss.NoColor); none && own == nil {
			continue // the terminal's own pair
		}
		do(v.Type().Field(i).Name, ink, own)
	}
}

// TestContrast: every style can be read on every background, in all colours and in 256.
func TestContrast(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{true, false} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256} {
			for ground, paper := range grounds(dark) {
				t.Run(fmt.Sprintf("dark %v/%v/%s", dark, profile, ground), func(t *testing.T) {
					eachStyle(theme.New(dark, theme.WithProfile(profile)), func(name string, ink, own color.Color) {
						if own == nil {
							own = paper
						}
						if ratio := contrast(profile.Convert(ink), own); ratio < least {
							t.Errorf("%s has a contrast of %.2f", name, ratio)
						}
					})
				})
			}
		}
	}
}

// TestContrastOfBasicColours: in 16 colours every style can be read on black, or on white, with either palette.
func TestContrastOfBasicColours(t *testing.T) {
	t.Parallel()
	for name, palette := range palettes() {
		for _, dark := range []bool{true, false} {
			paper := lipgloss.Color("#FFFFFF")
			if dark {
				paper = lipgloss.Color("#000000")
			}
			t.Run(fmt.Sprintf("%s/dark %v", name, dark), func(t *testing.T) {
				seen := 0
				eachStyle(theme.New(dark, theme.WithProfile(colorprofile.ANSI)), func(name string, ink, own color.Color) {
					seen++
					basic, ok := ink.(ansi.BasicColor)
					if !ok || own != nil {
						t.Fatalf("%s is %v on %v, which is none of the 16", name, ink, own)
					}
					for _, shown := range []ansi.BasicColor{basic, basic | 8} { // some terminals brighten what is bold
						if ratio := contrast(lipgloss.Color(palette[shown]), paper); ratio < least && (shown == basic || bolds(name)) {
							t.Errorf("%s (%d) has a contrast of %.2f", name, shown, ratio)
						}
					}
				})
				if seen < 6 {
					t.Errorf("%d styles have a colour", seen)
				}
			})
		}
	}
}

// bolds tells whether a style, by its name, is bold in 16 colours.
func bolds(name string) bool {
	styles := reflect.ValueOf(theme.New(true, theme.WithProfile(colorprofile.ANSI)).Styles)
	return styles.FieldByName(name).Interface().(lipgloss.Style).GetBold()
}

// TestToneIsToldByColourAndSign: what is doubtful and what is wrong differ in colour and in sign, and neither looks like what is well.
func TestToneIsToldByColourAndSign(t *testing.T) {
	t.Parallel()
	for _, g := range []theme.Glyphs{theme.Unicode(), theme.ASCII()} {
		signs := map[string]bool{g.Passed: true, g.Warning: true, g.Failed: true, g.Skipped: true}
		if len(signs) != 4 {
			t.Errorf("signs are alike: %v", signs)
		}
	}
	for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI} {
		for _, dark := range []bool{true, false} {
			s := theme.New(dark, theme.WithProfile(profile)).Styles
			inks := map[color.Color]bool{}
			for _, style := range []lipgloss.Style{s.Good, s.Warn, s.Bad, s.Accent} {
				inks[profile.Convert(style.GetForeground())] = true
			}
			if len(inks) != 4 {
				t.Errorf("%v, dark %v: two of good, warning, error and accent have one colour", profile, dark)
			}
		}
	}
}

// TestSentenceThatMattersHasTheTerminalsColour: ordinary text has no colour of ours, and what is muted has less contrast than it
// wherever colours allow that.
func TestSentenceThatMattersHasTheTerminalsColour(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{true, false} {
		for _, profile := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
			s := theme.New(dark, theme.WithProfile(profile)).Styles
			if _, none := s.Text.GetForeground().(lipgloss.NoColor); !none {
				t.Errorf("%v, dark %v: ordinary text has a colour", profile, dark)
			}
			if _, none := s.Muted.GetForeground().(lipgloss.NoColor); none && profile >= colorprofile.ANSI256 {
				t.Errorf("%v, dark %v: muted text looks like ordinary text", profile, dark)
			}
		}
	}
}

// luminance is WCAG's relative luminance (w3.org/TR/WCAG22/#dfn-relative-luminance).
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(c uint32) float64 {
		s := float64(c>>8) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

// contrast is WCAG's contrast ratio (w3.org/TR/WCAG22/#dfn-contrast-ratio).
func contrast(x, y color.Color) float64 {
	a, b := luminance(x), luminance(y)
	if a < b {
		a, b = b, a
	}
	return (a + 0.05) / (b + 0.05)
}
