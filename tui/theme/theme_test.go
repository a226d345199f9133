package theme_test

import (
	"math"
	"reflect"
	"testing"
	"unicode"

	"charm.land/lipgloss/v2"

	"mimecred/tui/theme"
)

// TestGlyphWidths holds the drawing code to its assumption that signs of one row are equally wide.
func TestGlyphWidths(t *testing.T) {
	for name, g := range map[string]theme.Glyphs{"unicode": theme.Unicode(), "ascii": theme.ASCII()} {
		t.Run(name, func(t *testing.T) {
			same := [][]string{
				{g.Passed, g.Warning, g.Failed, g.Skipped, g.Current, g.Todo, g.Spinner[0]},
				{g.On, g.Off},
				{g.Ticked, g.Unticked},
				{g.Mask, g.Selected, g.Dot, g.Bullet, g.Vertical, g.Horizontal, g.TopLeft, g.BarFull, g.BarEmpty, g.More},
				g.Spinner,
			}
			for _, row := range same {
				for _, s := range row {
					if lipgloss.Width(s) != lipgloss.Width(row[0]) || lipgloss.Width(s) == 0 {
						t.Errorf("%q is %d cells wide, %q is %d", s, lipgloss.Width(s), row[0], lipgloss.Width(row[0]))
					}
				}
			}
		})
	}
}

// TestGlyphsComplete fails when a sign is added to one set and forgotten in the other.
func TestGlyphsComplete(t *testing.T) {
	for name, g := range map[string]theme.Glyphs{"unicode": theme.Unicode(), "ascii": theme.ASCII()} {
		v := reflect.ValueOf(g)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s has no %s", name, v.Type().Field(i).Name)
			}
		}
	}
}

func TestASCIIIsASCII(t *testing.T) {
	v := reflect.ValueOf(theme.ASCII())
	for i := range v.NumField() {
		texts := []string{v.Field(i).String()}
		if list, ok := v.Field(i).Interface().([]string); ok {
			texts = list
		}
		for _, s := range texts {
			for _, r := range s {
				if r > unicode.MaxASCII {
					t.Errorf("%s has %q", v.Type().Field(i).Name, r)
				}
			}
		}
	}
}

func TestWithoutColourHasNoColour(t *testing.T) {
	v := reflect.ValueOf(theme.New(true, theme.WithoutColour()).Styles)
	for i := range v.NumField() {
		style := v.Field(i).Interface().(lipgloss.Style)
		if _, none := style.GetForeground().(lipgloss.NoColor); !none {
			t.Errorf("%s has a colour", v.Type().Field(i).Name)
		}
	}
}

// TestContrast checks every coloured style against the darkest and lightest backgrounds that people use: at least 4.5:1
// for text and 3:1 for the border (the thresholds of WCAG 2.2 AA).
func TestContrast(t *testing.T) {
	for _, c := range []struct {
		name       string
		dark       bool
		background float64
	}{
		{"dark", true, luminance(0x1E, 0x1E, 0x2E)},
		{"light", false, luminance(0xFA, 0xFA, 0xFA)},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := reflect.ValueOf(theme.New(c.dark).Styles)
			for i := range v.NumField() {
				name, colour := v.Type().Field(i).Name, v.Field(i).Interface().(lipgloss.Style).GetForeground()
				if _, none := colour.(lipgloss.NoColor); none {
					continue
				}
				r, g, b, _ := colour.RGBA()
				ratio := contrast(luminance(r>>8, g>>8, b>>8), c.background)
				least := 4.5
				if name == "Border" {
					least = 3
				}
				if ratio < least {
					t.Errorf("%s has a contrast of %.1f", name, ratio)
				}
			}
		})
	}
}

func luminance(r, g, b uint32) float64 {
	part := func(c uint32) float64 {
		s := float64(c) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func contrast(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	return (a + 0.05) / (b + 0.05)
}
