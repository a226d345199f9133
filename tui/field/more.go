package field

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// SayMore makes the form say, in a line of its own, how many lines do not fit and which keys show them.
func (f *Form) SayMore(says bool) { f.says = says }

// Len is how many items the form has.
func (f *Form) Len() int { return len(f.items) }

// ScrollTo shows an item at the top, as far as there are lines enough below it; the next key that is not for scrolling goes back to
// the field.
func (f *Form) ScrollTo(item int) {
	f.scroll = 0
	height := f.room(f.width, f.height)
	d, starts, _ := f.fitted(f.width, height)
	_, top := clip(d, f.width, height, 0, f.theme)
	f.scrollBy(starts[item] - top)
}

// room is the height that is left for the items.
func (f *Form) room(width, height int) int {
	if f.says && height >= lowHeight {
		if d, _ := f.layout(width); len(d.Lines) > height {
			return height - 1
		}
	}
	return height
}

// more says how many lines are above and below those shown.
func (f *Form) more(above, below, width int) string {
	g := f.theme.Glyphs
	var parts []string
	if below > 0 {
		parts = append(parts, fmt.Sprintf("%s %d more lines: %s", g.Below, below, f.keys.PageDown.Help().Key))
	}
	if above > 0 {
		parts = append(parts, fmt.Sprintf("%s %d above: %s", g.Above, above, f.keys.PageUp.Help().Key))
	}
	return f.theme.Styles.Muted.Render(ansi.Truncate(strings.Join(parts, " "+g.Dot+" "), width, ""))
}
