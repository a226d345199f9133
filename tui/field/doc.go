// Package field has what screens are made of: a line of text, a secret, a one-time code, a choice, a checklist, and the
// form that holds them. The rules of this room:
//
// A field draws itself for a width and nothing else; it never does input or output, and View changes nothing. The real
// cursor is used: View says where it belongs. Text is measured in cells, so wide characters never push a line beyond the
// edge. A field is owned by one screen and used from Update only.
package field

import (
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/theme"
)

// Drawn is a field as lines of at most the width that was asked for.
type Drawn struct {
	Lines []string
	// Cursor is relative to the first line; nil when the field has none now.
	Cursor *tea.Cursor
	// From and To are the lines that must stay in sight, To exclusive; equal when none must.
	From, To int
}

// Item is anything that a Form shows.
type Item interface {
	View(width int) Drawn
}

// Field is an Item that can be focused and typed into.
type Field interface {
	Item
	Update(msg tea.Msg) tea.Cmd
	Focus() tea.Cmd
	Blur()
	Focused() bool
	// Takes tells whether a key belongs to the field now although it would otherwise move between fields: an arrow inside
	// a list, or a line break in the middle of a paste.
	Takes(msg tea.KeyPressMsg) bool
	// Typing tells whether letters are text now.
	Typing() bool
	// Click tells the field that its cell x, y was clicked when it was drawn with the given width.
	Click(width, x, y int)
}

// KeyMap is every key that fields react to.
type KeyMap struct {
	Left, Right, Home, End                    key.Binding
	Backspace, Delete, DeleteWord, DeleteRest key.Binding
	Clear, Reveal                             key.Binding
	Up, Down, PageUp, PageDown                key.Binding
	Toggle                                    key.Binding
	Submit, NextField, PrevField              key.Binding
}

// DefaultKeyMap is the key map of fields.
func DefaultKeyMap() KeyMap {
	bind := func(help, desc string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, desc))
	}
	return KeyMap{
		Left:       bind("←", "left", "left"),
		Right:      bind("→", "right", "right"),
		Home:       bind("home", "to the start", "home", "ctrl+a"),
		End:        bind("end", "to the end", "end", "ctrl+e"),
		Backspace:  bind("backspace", "delete", "backspace", "ctrl+h", "shift+backspace"),
		Delete:     bind("del", "delete forward", "delete"),
		DeleteWord: bind("ctrl+w", "delete a word", "ctrl+w", "alt+backspace", "ctrl+backspace"),
		DeleteRest: bind("ctrl+k", "delete to the end", "ctrl+k"),
		Clear:      bind("ctrl+u", "clear", "ctrl+u"),
		Reveal:     bind("ctrl+r", "reveal", "ctrl+r"),
		Up:         bind("↑", "up", "up"),
		Down:       bind("↓", "down", "down"),
		PageUp:     bind("pgup", "page up", "pgup"),
		PageDown:   bind("pgdn", "page down", "pgdown"),
		Toggle:     bind("space", "tick", "space"),
		Submit:     bind("enter", "next", "enter"),
		NextField:  bind("tab", "next field", "tab"),
		PrevField:  bind("shift+tab", "previous field", "shift+tab"),
	}
}

// config is what the options of every field set.
type config struct {
	theme       *theme.Theme
	keys        KeyMap
	now         func() time.Time
	label       string
	placeholder string
	hint        string
	password    bool
	identifier  bool
	anyLength   bool
	filter      bool
	details     func(id string, width int) []string
	room        func() int
}

// Option changes how a field is made.
type Option func(*config)

// WithTheme sets how the field looks; the default is made for a dark background.
func WithTheme(t theme.Theme) Option { return func(c *config) { c.theme = &t } }

// WithThemeAt is WithTheme for a theme that its owner may change between two drawings, when the terminal tells its
// background after the first one.
func WithThemeAt(t *theme.Theme) Option { return func(c *config) { c.theme = t } }

// WithClock sets the clock that tells typing from pasting; the default is time.Now.
func WithClock(now func() time.Time) Option { return func(c *config) { c.now = now } }

// WithLabel sets the line above the field.
func WithLabel(s string) Option { return func(c *config) { c.label = s } }

// WithPlaceholder sets what an empty field shows.
func WithPlaceholder(s string) Option { return func(c *config) { c.placeholder = s } }

// WithHint sets the explanation below the field.
func WithHint(s string) Option { return func(c *config) { c.hint = s } }

// WithPassword makes a Secret keep spaces and quotes, which passwords may contain; only what cannot be part of one line
// is removed.
func WithPassword() Option { return func(c *config) { c.password = true } }

// WithIdentifier makes a Text accept an ID or key: no kind of space is part of it, and what surrounds a paste is removed.
func WithIdentifier() Option { return func(c *config) { c.identifier = true } }

// WithAnyLength makes a Text accept a single value as long as a client secret: that client IDs are shorter is known from
// samples only. It is not shown.
func WithAnyLength() Option { return func(c *config) { c.anyLength = true } }

// WithFilter lets a Choice be narrowed by typing.
func WithFilter() Option { return func(c *config) { c.filter = true } }

// WithDetails sets what a Choice shows below the row under the cursor, besides what the row itself says.
func WithDetails(lines func(id string, width int) []string) Option {
	return func(c *config) { c.details = lines }
}

// WithRoom sets how many lines the rows of a Choice may fill, so that its label and its filter stay in sight in a long
// list; 0 is no limit.
func WithRoom(lines func() int) Option { return func(c *config) { c.room = lines } }

func newConfig(opts []Option) config {
	c := config{keys: DefaultKeyMap(), now: time.Now}
	for _, opt := range opts {
		opt(&c)
	}
	if c.theme == nil {
		WithTheme(theme.New(true))(&c)
	}
	return c
}
