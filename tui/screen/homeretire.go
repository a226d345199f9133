package screen

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// askRetire reads the version that was replaced, and asks what is to become of it.
func (h *Home) askRetire(row *homeRow) (tea.Cmd, Intent) {
	name := row.name
	return h.read(name, func(h *Home, record credstore.Record) (tea.Cmd, Intent) {
		if record.Previous == nil {
			h.note = "No previous version of " + name + " is kept any more."
			return h.load(), Intent{}
		}
		id := record.Previous.ID
		options := []homeOption{{label: "Go back", do: nothing}}
		lines := []string{"You can roll back to it for as long as it is kept here."}
		if _, is := record.OldKeys(); is {
			lines = append(lines, "Logged out at Mimecast, the old key stops wherever it is still used.")
			options = append(options, homeOption{label: "Log the old key out at Mimecast", do: func(h *Home) (tea.Cmd, Intent) {
				return h.retire(name, id, lifecycle.LoggedOut), Intent{}
			}})
		}
		options = append(options, homeOption{label: "Forget it here", do: func(h *Home) (tea.Cmd, Intent) {
			return h.retire(name, id, lifecycle.Forgotten), Intent{}
		}})
		h.cover = &homeQuestion{title: "Retire the previous version of " + name + "?", lines: lines, opened: h.env.Now(), options: options}
		return nil, Intent{}
	}), Intent{}
}

// retire ends a previous version, whose id is given.
func (h *Home) retire(name, id string, how lifecycle.Retired) tea.Cmd {
	env := h.env
	words := "Forgetting the previous version of " + name
	if how == lifecycle.LoggedOut {
		words = "Logging the old key of " + name + " out at Mimecast"
	}
	return h.begin(&homeJob{words: words, writes: true, ended: func(h *Home, outcome any) (tea.Cmd, Intent) {
		got, _ := outcome.(retiredMsg)
		if got.problem != "" {
			h.trouble = []string{got.problem, got.fix}
			h.tell("Not retired", got.problem, got.fix)
			return h.load(), Intent{}
		}
		h.changes.add(name, "the previous version is retired"+step.RetiredWords(flow.Answers{Change: lifecycle.Change{Retired: got.retired}}))
		h.note = name + ": " + strings.TrimPrefix(step.RetiredWords(flow.Answers{Change: lifecycle.Change{Retired: got.retired}}), "; ") + "."
		return h.load(), Intent{}
	}}, func(ctx context.Context) any {
		done, _, err := env.Retire(ctx, name, id, how, nil)
		problem, fix := lifecycle.ExplainRetire(name, err)
		return retiredMsg{retired: done, problem: problem, fix: fix}
	})
}
