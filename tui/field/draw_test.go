package field_test

import (
	"slices"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/field"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text    string
		width, margin int
		want          []string
	}{
		{"nothing", "", 20, 0, nil},
		{"at a space", "one two three", 8, 0, []string{"one two", "three"}},
		{"hosts stay whole", "the host uk-api.example.com is", 20, 0, []string{"the host", "uk-api.example.com", "is"}},
		{"what is too long is cut", "aaaaaaaaaaaa", 5, 0, []string{"aaaaa", "aaaaa", "aa"}},
		{"a margin", "one two three", 20, 2, []string{"  one two three"}},
		{"no margin where it is narrow", "one two", 9, 4, []string{"one two"}},
		{"wide characters", "東京 大阪", 5, 0, []string{"東京", "大阪"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := field.Wrap(c.text, c.width, c.margin, lipgloss.NewStyle())
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			for _, l := range got {
				if lipgloss.Width(l) > c.width {
					t.Errorf("%q is too wide", l)
				}
			}
			if strings.Contains(strings.Join(got, ""), "\u2011") {
				t.Error("hyphens were replaced")
			}
		})
	}
}

// TestCut: what does not fit ends after a whole word where that leaves half of the width, styled or not, and is never wider.
func TestCut(t *testing.T) {
	t.Parallel()
	const text = "Make an authentication profile that never expires"
	styled := lipgloss.NewStyle().Bold(true).Render(text)
	for width := range 60 {
		got := ansi.Strip(field.Cut(styled, width, "…"))
		if got != field.Cut(text, width, "…") || ansi.StringWidth(got) > width {
			t.Errorf("%d: %q", width, got)
		}
		kept, cut := strings.CutSuffix(got, "…")
		if cut && width > 30 && !strings.HasPrefix(text[len(kept):], " ") {
			t.Errorf("%d: a word is broken in %q", width, got)
		}
	}
	for _, c := range [][2]string{{"Directories", "Direc…"}, {"A Directory", "A Dir…"}, {"Reach Mimecast", "Reach…"}} {
		if got := field.Cut(c[0], 6, "…"); got != c[1] {
			t.Errorf("%q", got)
		}
	}
}
