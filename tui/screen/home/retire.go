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
	return h.read(name, func(h *Home, record credstore.Record) (tea.Cmd, screen.Intent) {
		if record.Previous == nil {
			h.note = "No previous version of " + name + " is kept any more."
			return h.load(), screen.Intent{}
		}
		id := record.Previous.ID
		var options []option
		lines := []string{"You can roll back to it for as long as it is kept here."}
		if _, is := record.OldKeys(); is {
			lines = append(lines, "Logged out at Mimecast, the old key stops wherever it is still used.")
			options = append(options, choice("Log the old key out at Mimecast", func() (tea.Cmd, screen.Intent) {
				return h.retire(name, id, lifecycle.LoggedOut), screen.Intent{}
			}))
		}
		options = append(options, choice("Forget it here", func() (tea.Cmd, screen.Intent) { return h.retire(name, id, lifecycle.Forgotten), screen.Intent{} }))
		h.sure("Retire the previous version of "+name+"?", lines, options...)
		return nil, screen.Intent{}
	}), screen.Intent{}
}

// retiredMsg is what became of a previous version.
type retiredMsg struct {
	done         lifecycle.Retired
	problem, fix string
}

// retire ends a previous version, whose id is given.
func (h *Home) retire(name, id string, how lifecycle.Retired) tea.Cmd {
	env := h.env
	words := "Forgetting the previous version of " + name
	if how == lifecycle.LoggedOut {
		words = "Logging the old key of " + name + " out at Mimecast"
	}
	return h.begin(&job{words: words, writes: true, ended: func(h *Home, outcome any) (tea.Cmd, screen.Intent) {
		got, _ := outcome.(retiredMsg)
		if got.problem != "" {
			h.trouble = []string{got.problem, got.fix}
			h.tell("Not retired", got.problem, got.fix)
			return h.load(), screen.Intent{}
		}
		h.changes.add(name, "the previous version is retired"+step.RetiredWords(flow.Answers{Change: lifecycle.Change{Retired: got.done}}))
		h.note = name + ": " + strings.TrimPrefix(step.RetiredWords(flow.Answers{Change: lifecycle.Change{Retired: got.done}}), "; ") + "."
		return h.load(), screen.Intent{}
	}}, func(ctx context.Context) any {
		done, _, err := env.Retire(ctx, name, id, how, nil)
		problem, fix := lifecycle.ExplainRetire(name, err)
		return retiredMsg{done, problem, fix}
	})
}
