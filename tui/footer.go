package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/help"
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// keyMap is what can be pressed now. It implements help.KeyMap, so that footer and help show what really works.
type keyMap struct{ screen, app []key.Binding }

// ShortHelp implements help.KeyMap.
func (k keyMap) ShortHelp() []key.Binding { return append(slices.Clone(k.screen), k.app...) }

// FullHelp implements help.KeyMap: the step's keys, then those that always work.
func (k keyMap) FullHelp() [][]key.Binding { return [][]key.Binding{k.screen, k.app} }

// keys are the keys that do something now.
func (a *app) keys() keyMap {
	k := a.env.Keys
	if a.passphrases.now != nil {
		helpKey := k.Help
		helpKey.SetKeys("f1")
		helpKey.SetHelp("f1", "help")
		return keyMap{screen: a.passphrases.screen.Keys(), app: []key.Binding{helpKey}}
	}
	if a.dialog != nil {
		return keyMap{screen: a.dialog.hints(k)}
	}
	own := a.screen.Keys()
	if !a.atHome() && flow.Previous(a.step, a.answers) == flow.None && (a.home == nil || !a.firstStep()) {
		own = slices.DeleteFunc(slices.Clone(own), func(b key.Binding) bool {
			return slices.Equal(b.Keys(), k.Back.Keys()) && b.Help().Desc == k.Back.Help().Desc
		})
	}
	helpKey := k.Help
	if a.typing() {
		helpKey.SetKeys("f1")
		helpKey.SetHelp("f1", "help")
	}
	if len(step.Changeable(a.step, a.answers)) > 0 {
		return keyMap{screen: own, app: []key.Binding{k.Goto, helpKey, k.Quit}}
	}
	return keyMap{screen: own, app: []key.Binding{helpKey, k.Quit}}
}

// typing tells whether letters are text now.
func (a *app) typing() bool {
	if a.passphrases.now != nil {
		return true
	}
	if typist, ok := a.screen.(screen.Typist); ok {
		return typist.Typing()
	}
	b := a.bodyBox()
	return a.screen.View(b.width, b.height).Cursor != nil
}

// helpKey tells whether msg opens the help: F1 always, '?' where it is no text.
func (a *app) helpKey(msg tea.KeyPressMsg) bool {
	return matches(msg, a.env.Keys.Help) && (msg.String() == "f1" || !a.typing())
}

// span is where one hint of the footer lies, relative to its beginning.
type span struct {
	from, to int
	key      string
}

// footer is the line of keys in at most width cells, and where each lies. When not all fit, those in the middle go: the
// first key, the way back and the help stay.
func (a *app) footer(width int) (string, []span) {
	t := a.env.Theme
	hints := enabled(a.keys().ShortHelp())
	separator := " " + t.Glyphs.Dot + " "
	cells := hintCells(hints, separator)
	for len(hints) > 0 && cells > width {
		drop := dispensable(hints, a.env.Keys)
		cells -= hintWidth(hints[drop]) + theme.Cells(separator)
		hints = slices.Delete(hints, drop, drop+1)
	}
	var line strings.Builder
	x, spans := 0, make([]span, 0, len(hints))
	for i, b := range hints {
		if i > 0 {
			a.styles.muted.Write(&line, separator)
			x += theme.Cells(separator)
		}
		a.styles.key.Write(&line, b.Help().Key)
		line.WriteByte(' ')
		a.styles.muted.Write(&line, b.Help().Desc)
		spans = append(spans, span{x, x + hintWidth(b), b.Keys()[0]})
		x += hintWidth(b)
	}
	return line.String(), spans
}

// dispensable is the hint to drop first: ctrl+c, then those that only move about, then from the end those that are neither
// first, back, leave nor help, then leave.
func dispensable(hints []key.Binding, k theme.KeyMap) int {
	last := len(hints) - 1
	if slices.Equal(hints[last].Keys(), k.Quit.Keys()) {
		return last
	}
	for i := last; i > 0; i-- {
		for _, moves := range []key.Binding{k.Up, k.Down, k.NextField, k.PrevField, k.PageUp, k.PageDown, k.FirstRow, k.LastRow} {
			if slices.Equal(hints[i].Keys(), moves.Keys()) {
				return i
			}
		}
	}
	for _, kept := range [][]key.Binding{{k.Back, k.Leave}, {k.Back}} {
		for i := last - 1; i > 0; i-- {
			if !slices.ContainsFunc(kept, func(b key.Binding) bool { return slices.Equal(hints[i].Keys(), b.Keys()) }) {
				return i
			}
		}
	}
	return last
}

func enabled(bindings []key.Binding) []key.Binding {
	return slices.DeleteFunc(slices.Clone(bindings), func(b key.Binding) bool { return !b.Enabled() || b.Help().Key == "" })
}

func hintWidth(b key.Binding) int {
	return theme.Cells(b.Help().Key) + 1 + theme.Cells(b.Help().Desc)
}

func hintCells(hints []key.Binding, separator string) int {
	cells := (len(hints) - 1) * theme.Cells(separator)
	for _, b := range hints {
		cells += hintWidth(b)
	}
	return cells
}

// helpView is what the screen explains and every key that works now, generated from the key map.
func (a *app) helpView(b box) string {
	lines := a.helpText(b)
	if len(lines)+2 > b.height {
		return a.reader.Closable(lines, b.width, b.height, a.env.Theme)
	}
	return strings.Join(append(lines, "", a.env.Theme.Styles.Muted.Render("Any key closes this.")), "\n")
}

// helpText is the help without the line that says how to close it.
func (a *app) helpText(b box) []string {
	t := a.env.Theme
	h := help.New()
	h.ShowAll = true
	h.Styles = help.Styles{
		FullKey: t.Styles.Key, FullDesc: t.Styles.Text, FullSeparator: t.Styles.Muted,
	}
	keys := a.keys()
	keys.screen, keys.app = a.steering(enabled(keys.screen)), enabled(keys.app)
	text := h.View(keys)
	if lipgloss.Width(text) > b.width {
		text = h.FullHelpView([][]key.Binding{keys.ShortHelp()})
	}
	var lines []string
	for _, said := range a.explained() {
		lines = append(append(lines, field.Wrap(said, b.width, 0, t.Styles.Text)...), "")
	}
	return append(append(lines, t.Styles.Title.Render("Keys of this step"), ""), strings.Split(text, "\n")...)
}

// explained is what the help says of the step, and of the question that has the focus.
func (a *app) explained() []string {
	if a.passphrases.now != nil {
		return a.passphrases.screen.Explain()
	}
	if a.dialog != nil {
		return nil
	}
	said := step.About(a.step, a.answers)
	if e, ok := a.screen.(screen.Explainer); ok {
		said = append(said, e.Explain()...)
	}
	return said
}

// steering names every key that goes through a list or a text, where one of them is named: footers have no room for them.
func (a *app) steering(keys []key.Binding) []key.Binding {
	k := a.env.Keys
	all := []key.Binding{k.Up, k.Down, k.PageUp, k.PageDown, k.FirstRow, k.LastRow}
	is := func(b key.Binding) bool {
		return slices.ContainsFunc(all, func(one key.Binding) bool { return slices.Equal(one.Keys(), b.Keys()) })
	}
	if !slices.ContainsFunc(keys, is) {
		return keys
	}
	switch _, letters := a.screen.(screen.Lettered); {
	case a.dialog == nil && a.typing():
		all = all[:4] // the rest edits what is typed
	case a.dialog != nil || !letters:
		for i, letter := range map[int]string{0: "k", 1: "j", 4: "g", 5: "G"} {
			all[i].SetHelp(all[i].Help().Key+"/"+letter, all[i].Help().Desc)
		}
	}
	return append(slices.DeleteFunc(slices.Clone(keys), is), all...)
}

// readHelp closes the help, unless the message moves through one that does not fit.
func (a *app) readHelp(msg tea.Msg) {
	b := a.bodyBox()
	lines := a.helpText(b)
	if len(lines)+2 > b.height && a.reader.Moves(msg, lines, b.width, b.height) {
		return
	}
	if _, wheel := msg.(tea.MouseWheelMsg); !wheel {
		a.help = false
	}
}
