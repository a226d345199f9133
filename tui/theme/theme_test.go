package theme_test

import (
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
