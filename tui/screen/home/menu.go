package home

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/screen"
)

// press handles a key of the list.
func (h *Home) press(msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	if h.moveKey(msg) {
		return nil, screen.Intent{}
	}
	k := h.env.Keys
	row := h.list.current()
	switch {
	case key.Matches(msg, k.Leave):
		return nil, screen.Intent{Act: screen.Quit}
	case key.Matches(msg, k.New):
		return h.setUp()
	case key.Matches(msg, k.Retry) && h.problem != "":
		return h.load(), screen.Intent{}
	case key.Matches(msg, k.Back):
		h.stopOrWiden()
	case key.Matches(msg, k.TestAll):
		return h.test(true, h.names()...), screen.Intent{}
	case key.Matches(msg, k.Filter) && len(h.list.rows) > 0:
		h.filtering = true
		return h.filter.Focus(), screen.Intent{}
	case row == nil:
	case h.tests.concluding(row.name):
		h.note = "A test is activating its pending version; wait for that."
	case row.unfinished && key.Matches(msg, k.Open, k.GoOn):
		return h.goOn(row)
	case row.unfinished && key.Matches(msg, k.Delete):
		return h.askDiscard(row)
	case key.Matches(msg, k.Open):
		h.openMenu(row)
	default:
		return h.act(row, msg)
	}
	return nil, screen.Intent{}
}

// act does what a key means for the profile of a row. What cannot be done now says why.
func (h *Home) act(row *row, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	for _, o := range h.actions(row) {
		if !key.Matches(msg, o.Key) {
			continue
		}
		if o.Off != "" {
			h.note = o.Off
			return nil, screen.Intent{}
		}
		return o.do()
	}
	return nil, screen.Intent{}
}

// moveKey moves through the list.
func (h *Home) moveKey(msg tea.KeyPressMsg) bool {
	if !h.filtering {
		msg = field.Arrow(msg)
	}
	l := &h.list
	to, moves := field.Steer(msg, l.at, len(l.shown), max(1, h.layout(h.size.Width, h.size.Height).tableRows-1))
	if moves {
		l.move(to)
	}
	return moves
}

// stopOrWiden is esc in the list: it stops the tests, or else takes the filter away.
func (h *Home) stopOrWiden() {
	if h.tests.active() > 0 {
		h.tests.stopAll()
		h.note = "The tests were stopped."
		return
	}
	h.filter.SetValue("")
	h.list.narrow(nil)
}

// names are the profiles that the filter leaves.
func (h *Home) names() []string {
	var names []string
	for _, at := range h.list.shown[h.list.leftShown:] {
		names = append(names, h.list.rows[at].name)
	}
	return names
}

// openMenu offers everything that can be done with a profile.
func (h *Home) openMenu(row *row) {
	h.ask(field.MenuText{Title: row.name, About: []string{h.subject(row)}}, h.actions(row)...).beside = true
}

// actions are everything that can be done with the profile of a row, in the order of the menu.
func (h *Home) actions(r *row) []option {
	if !r.known {
		return nil
	}
	k, e := h.env.Keys, r.entry
	noCredential, unfinished, noPrevious := "", "", ""
	if e.CurrentSince.IsZero() {
		noCredential = "It has no current version yet."
	}
	if r.change != nil || e.Pending {
		unfinished = "A change is not finished: continue it first."
	}
	if !e.Previous {
		noPrevious = "No previous version is kept."
	}
	does := func(label string, key key.Binding, off string, do func(*Home, *row) (tea.Cmd, screen.Intent)) option {
		return option{field.MenuRow{Label: label, Key: key, Off: off}, func() (tea.Cmd, screen.Intent) { return do(h, r) }}
	}
	var none key.Binding
	var list []option
	if r.change != nil {
		list = append(list, does("Continue: "+lifecycle.ProgressOf(*r.change).Words, k.GoOn, "", (*Home).goOn))
		if off := lifecycle.NotDiscarded(*r.change); off == "" {
			list = append(list, does("Discard what is unfinished", none, "", (*Home).askDiscard))
		}
	}
	refused := lifecycle.PreviousRefused(e)
	back := does("Roll back", none, noPrevious, (*Home).rollBack)
	if refused != "" {
		back = does("Roll back: "+refused, none, "", (*Home).rollBack)
	}
	list = append(
		list,
		does("Test", k.Test, "", func(h *Home, r *row) (tea.Cmd, screen.Intent) { return h.test(false, r.name), screen.Intent{} }),
		does("Rotate", k.Rotate, noCredential, (*Home).rotate),
		does("Hand-off", k.HandOff, noCredential, (*Home).handOff),
		does("Edit", k.Edit, noCredential, (*Home).edit),
		back,
		does("Rename", none, unfinished, (*Home).askRename),
		does("Show details", none, "", (*Home).showDetails),
		does("Retire previous", none, noPrevious, (*Home).askRetire),
		does("Delete", k.Delete, "", (*Home).askDelete),
	)
	if at := slices.IndexFunc(list, func(o option) bool { return o.Label == back.Label }); refused != "" {
		list = append(slices.Delete(list, at, at+1), back)
	}
	return list
}
