package theme

import "charm.land/bubbles/v2/key"

// KeyMap is every key of the program. The same key means the same thing everywhere.
type KeyMap struct {
	Next, Back, NextField, PrevField key.Binding
	Up, Down                         key.Binding
	Toggle                           key.Binding
	Reveal, Clear                    key.Binding
	Retry, Change, Continue, Resend  key.Binding
	Other                            key.Binding // the other way of doing this step
	Fill                             key.Binding // demo: fill in the made-up values
	Copy                             key.Binding // copy the value of a row
	Browse                           key.Binding // open the page in the browser
	Skip                             key.Binding // the wait is not needed
	Goto                             key.Binding // change an answer
	Notes                            key.Binding // notes on the vendor's guide
	Help, Quit                       key.Binding
	Suspend                          key.Binding // back to the shell for a while

	// The list of profiles.
	Open, New, Rotate, Test, TestAll    key.Binding
	HandOff, Edit, Delete, GoOn         key.Binding
	Filter, Leave                       key.Binding
	PageUp, PageDown, FirstRow, LastRow key.Binding
}

// DefaultKeyMap is the key map of the program.
func DefaultKeyMap() KeyMap {
	bind := func(help, desc string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, desc))
	}
	return KeyMap{
		Next:      bind("enter", "next", "enter"),
		Back:      bind("esc", "back", "esc"),
		NextField: bind("tab", "next field", "tab"),
		PrevField: bind("shift+tab", "previous field", "shift+tab"),
		Up:        bind("↑", "up", "up"),
		Down:      bind("↓", "down", "down"),
		Toggle:    bind("space", "choose", "space"),
		Reveal:    bind("ctrl+r", "reveal", "ctrl+r"),
		Clear:     bind("ctrl+u", "clear", "ctrl+u"),
		Retry:     bind("r", "try again", "r"),
		Change:    bind("e", "change this value", "e"),
		Continue:  bind("c", "continue anyway", "c"),
		Resend:    bind("ctrl+s", "send another code", "ctrl+s"),
		Other:     bind("ctrl+o", "the other way", "ctrl+o"),
		Fill:      bind("ctrl+f", "fill in the demo's value", "ctrl+f"),
		Copy:      bind("y", "copy", "y"),
		Browse:    bind("o", "open the console", "o"),
		Goto:      bind("ctrl+g", "change an answer", "ctrl+g"),
		Notes:     bind("n", "notes", "n"),
		Skip:      bind("s", "skip, it is older", "s"),
		Help:      bind("f1/?", "help", "f1", "?"),
		Quit:      bind("ctrl+c", "quit", "ctrl+c"),
		Suspend:   bind("ctrl+z", "to the shell", "ctrl+z"),

		Open:     bind("enter", "menu", "enter"),
		New:      bind("n", "new", "n"),
		Rotate:   bind("r", "rotate", "r"),
		Test:     bind("t", "test", "t"),
		TestAll:  bind("T", "test all", "T"),
		HandOff:  bind("h", "hand-off", "h"),
		Edit:     bind("e", "edit", "e"),
		Delete:   bind("d", "delete", "d"),
		GoOn:     bind("c", "continue", "c"),
		Filter:   bind("/", "filter", "/"),
		Leave:    bind("q", "quit", "q"),
		PageUp:   bind("pgup", "page up", "pgup"),
		PageDown: bind("pgdn", "page down", "pgdown"),
		FirstRow: bind("home", "first", "home"),
		LastRow:  bind("end", "last", "end"),
	}
}

// Named is a binding that the footer and the help describe in other words.
func Named(b key.Binding, desc string) key.Binding {
	b.SetHelp(b.Help().Key, desc)
	return b
}
