package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
)

// What begins at the list. A test of the profile that is about to be changed would tell of the wrong version, so it
// is stopped.

func (h *Home) start(a flow.Answers, at flow.Step) (tea.Cmd, screen.Intent) {
	h.tests.forget(a.Name)
	return nil, screen.Intent{Act: screen.Start, Step: at, Answers: &a}
}

// setUp begins a new profile.
func (h *Home) setUp() (tea.Cmd, screen.Intent) {
	return h.start(flow.Answers{Change: lifecycle.Change{Purpose: lifecycle.SettingUp, Store: h.answers.Store}, Taken: flow.Names(h.states)}, flow.None)
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
	a.Purpose = lifecycle.RollingBack
	return h.start(a, flow.None)
}

// handOff reads the credential and shows the product's form with it.
func (h *Home) handOff(row *row) (tea.Cmd, screen.Intent) {
	entry := row.entry
	return h.read(row.name, func(record credstore.Record) (tea.Cmd, screen.Intent) {
		if record.Current == nil {
			h.fail("No hand-off", entry.Name+" has no current version any more.", "Look at it again in the list.")
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

func (h *Home) loadRecord(words, name string, ended func(loaded) (tea.Cmd, screen.Intent)) tea.Cmd {
	vault := h.env.Vault
	return work(h, words, false, func(ctx context.Context) loaded {
		record, err := vault.Load(ctx, name)
		return loaded{record, err}
	}, ended)
}

// read reads a profile from its store and goes on with it.
func (h *Home) read(name string, with func(credstore.Record) (tea.Cmd, screen.Intent)) tea.Cmd {
	return h.loadRecord("Reading "+name, name, func(got loaded) (tea.Cmd, screen.Intent) {
		if got.err != nil {
			h.failed("Not read", got.err)
			return h.load(), screen.Intent{}
		}
		return with(got.record)
	})
}

// goOn continues what is unfinished about a row.
func (h *Home) goOn(row *row) (tea.Cmd, screen.Intent) {
	if row.busy {
		h.note = flow.Busy(row.name)
		return nil, screen.Intent{}
	}
	switch c := flow.ToContinue(row.change, row.entry, row.state); c.First {
	case flow.Rename:
		return h.rename(row.name, row.change.To), screen.Intent{}
	case flow.TestCurrent:
		return h.test(false, row.name), screen.Intent{}
	case flow.ReadPending:
		location := h.env.Vault.Location(c.Answers.Store, row.name)
		return h.read(row.name, func(record credstore.Record) (tea.Cmd, screen.Intent) {
			a, ok := c.WithPending(record, location)
			if !ok {
				h.note = flow.NothingPending
				return h.load(), screen.Intent{}
			}
			return h.start(a, c.At)
		}), screen.Intent{}
	default:
		return h.start(c.Answers, c.At)
	}
}
