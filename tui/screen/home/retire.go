package home

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// askRetire reads the version that was replaced, and asks what is to become of it.
func (h *Home) askRetire(row *row) (tea.Cmd, screen.Intent) {
	name := row.name
	return h.read(name, func(record credstore.Record) (tea.Cmd, screen.Intent) {
		if record.Previous == nil {
			h.note = "No previous version of " + name + " is kept any more."
			return h.load(), screen.Intent{}
		}
		id := record.Previous.ID
		var options []option
		lines := []string{"You can roll back to it for as long as it is kept here."}
		if _, is := record.PreviousKeys(); is {
			lines = append(lines, "Logged out at Mimecast, the previous key stops wherever it is still used.")
			options = append(options, choice("Log the previous key out at Mimecast", func() (tea.Cmd, screen.Intent) {
				return h.retire(name, id, lifecycle.LoggedOut), screen.Intent{}
			}))
		}
		options = append(options, choice("Delete it here", func() (tea.Cmd, screen.Intent) { return h.retire(name, id, lifecycle.Forgotten), screen.Intent{} }))
		h.sure("Retire the previous version of "+name+"?", lines, options...)
		return nil, screen.Intent{}
	}), screen.Intent{}
}

// retire ends a previous version, whose id is given.
func (h *Home) retire(name, id string, how lifecycle.Retired) tea.Cmd {
	env := h.env
	words := "Deleting the previous version of " + name
	if how == lifecycle.LoggedOut {
		words = "Logging out the previous key of " + name + " at Mimecast"
	}
	type retired struct {
		done lifecycle.Retired
		err  error
	}
	return work(h, words, true, func(ctx context.Context) retired {
		done, _, err := env.Retire(ctx, name, id, how, nil)
		return retired{done, err}
	}, func(got retired) (tea.Cmd, screen.Intent) {
		if problem, fix := lifecycle.ExplainRetire(name, got.err); problem != "" {
			h.fail("Not retired", problem, fix)
			return h.load(), screen.Intent{}
		}
		said := step.RetiredWords(flow.Answers{Change: lifecycle.Change{Retired: got.done}})
		h.changes.add(name, "the previous version is retired"+said)
		h.note = name + ": " + strings.TrimPrefix(said, "; ") + "."
		return h.load(), screen.Intent{}
	})
}
