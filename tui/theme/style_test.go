package theme_test

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"mimecred/tui/theme"
)

// TestStyleIsDrawnAlike: what a Style draws looks as what its lipgloss style draws.
func TestStyleIsDrawnAlike(t *testing.T) {
	for name, th := range map[string]theme.Theme{
		"dark": theme.New(true), "light": theme.New(false), "no colour": theme.New(true, theme.WithoutColour()),
	} {
		for _, style := range []lipgloss.Style{th.Styles.Text, th.Styles.Title, th.Styles.Muted, th.Styles.Selected, th.Styles.Bad, th.Styles.Label} {
			for _, text := range []string{"x", "two words", "xx · xx", "─╮"} {
				quick := theme.StyleOf(style)
				var b strings.Builder
				quick.Write(&b, text)
				if want := style.Render(text); quick.Of(text) != want || b.String() != want {
					t.Errorf("%s: %q is drawn as %q and %q, want %q", name, text, quick.Of(text), b.String(), want)
				}
			}
		}
	}
}

// TestCells measures as the library does.
func TestCells(t *testing.T) {
	g := theme.Unicode()
	texts := []string{
		"", "plain", "acme · us", g.Passed + g.Failed + g.Skipped + g.Current + g.Todo, g.Selected + g.Bullet + g.More + g.Above + g.Below,
		strings.Join(g.Spinner, ""), g.Horizontal + g.Vertical + g.TopLeft, "日本語", "✓\ufe0f", "e\u0301", "→\ufe0f…", "\u200b",
	}
	for _, text := range texts {
		if got, want := theme.Cells(text), ansi.StringWidth(text); got != want {
			t.Errorf("%q is %d cells wide, want %d", text, got, want)
		}
	}
}
