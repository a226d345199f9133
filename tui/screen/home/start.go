package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// What begins at the list. A test of the profile that is about to be changed would tell of what is in force no longer, so it
// is stopped.

func (h *Home) start(a flow.Answers, at flow.Step) (tea.Cmd, screen.Intent) {
	h.tests.forget(a.Name)
	return nil, screen.Intent{Act: screen.Start, Step: at, Answers: &a}
}

// setUp begins a new profile.
func (h *Home) setUp() (tea.Cmd, screen.Intent) {
	return h.start(flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.SettingUp, Store: h.answers.Store}}, flow.None)
}

func (h *Home) rotate(row *row) (tea.Cmd, screen.Intent) {
	return h.start(flow.Rotation(flow.OfEntry(row.entry)), flow.None)
}

func (h *Home) edit(row *row) (tea.Cmd, screen.Intent) {
	a := flow.OfEntry(row.entry)
	a.Purpose = lifecycle.Changing
	return h.start(a, flow.None)
}

func (h *Home) rollBack(row *row) (tea.Cmd, screen.Intent) {
	a := flow.OfEntry(row.entry)
	a.Purpose = lifecycle.GoingBack
	return h.start(a, flow.None)
}

// handOff reads the credential and shows the product's form with it.
func (h *Home) handOff(row *row) (tea.Cmd, screen.Intent) {
	entry := row.entry
	return h.read(row.name, func(h *Home, record credstore.Record) (tea.Cmd, screen.Intent) {
		if record.Active == nil {
			h.fail("No hand-off", "No credential of "+entry.Name+" is in force any more.", "Look at it again in the list.")
			return h.load(), screen.Intent{}
		}
		return h.start(flow.HandingOff(flow.Of(lifecycle.Current(record, entry))), flow.None)
	}), screen.Intent{}
}

// loaded is a profile as its store has it.
type loaded struct {
	record credstore.Record
	err    error
}

// read reads a profile from its store and goes on with it.
func (h *Home) read(name string, with func(h *Home, record credstore.Record) (tea.Cmd, screen.Intent)) tea.Cmd {
	vault := h.env.Vault
	return h.begin(&job{words: "Reading " + name, ended: func(h *Home, outcome any) (tea.Cmd, screen.Intent) {
		got, _ := outcome.(loaded)
		if got.err != nil {
			h.failed("Not read", got.err)
			return h.load(), screen.Intent{}
		}
		return with(h, got.record)
	}}, func(ctx context.Context) any {
		record, err := vault.Load(ctx, name)
		return loaded{record, err}
	})
}

// goOn continues what is unfinished about a row.
func (h *Home) goOn(row *row) (tea.Cmd, screen.Intent) {
	if row.busy {
		h.note = "Another mimecred changes " + row.name + " just now. Go on there, or close it first."
		return nil, screen.Intent{}
	}
	s := row.swap
	if s == nil {
		return h.resume(row.state, nil)
	}
	switch s.Kind {
	case credstore.Renaming:
		return h.rename(s.Name, s.To), screen.Intent{}
	case credstore.Rotation, credstore.Renewal:
		return h.rotate(row)
	case credstore.GoBack:
		return h.rollBack(row)
	case credstore.Change:
		if s.Phase != credstore.Staged {
			return h.edit(row)
		}
		return h.takeUp(row, lifecycle.Changing), screen.Intent{}
	default:
		return h.goOnSettingUp(row)
	}
}

// goOnSettingUp continues a set-up: what waits is checked, what is in force is tested, and anything earlier is asked for.
func (h *Home) goOnSettingUp(row *row) (tea.Cmd, screen.Intent) {
	switch s := row.swap; {
	case s.Phase == credstore.Staged:
		return h.takeUp(row, lifecycle.SettingUp), screen.Intent{}
	case row.known && !row.entry.ActiveSince.IsZero():
		return h.test(row.name), screen.Intent{} // a test that passes confirms it
	case row.state != nil:
		return h.resume(row.state, s.Lost())
	default:
		a := flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.SettingUp, Name: row.name, Store: s.Store, Orphans: s.Lost()}}
		return h.start(a, flow.None)
	}
}

// resume continues a set-up that was left.
func (h *Home) resume(s *flow.State, lost []credstore.Orphan) (tea.Cmd, screen.Intent) {
	a, at := s.Resume(flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.SettingUp, Orphans: lost}})
	return h.start(a, at)
}

// takeUp reads the version that waits and goes on with checking it.
func (h *Home) takeUp(row *row, purpose lifecycle.Purpose) tea.Cmd {
	store := row.entry.Store
	if store == "" {
		store = row.swap.Store
	}
	location := h.env.Vault.Location(store, row.name)
	return h.read(row.name, func(h *Home, record credstore.Record) (tea.Cmd, screen.Intent) {
		a, ok := flow.Waiting(flow.Answers{Change: lifecycle.Change{Purpose: purpose}}, record, store, location)
		if !ok {
			h.note = "Nothing waits any more: it was given up, or put in force meanwhile."
			return h.load(), screen.Intent{}
		}
		if purpose == lifecycle.Changing {
			a = flow.ChangeOf(a)
		}
		return h.start(a, flow.Check)
	})
}
