package home

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/client/catalog/console"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// askDelete asks whether a profile is to be deleted here, and says what that does not end.
func (h *Home) askDelete(r *row) (tea.Cmd, screen.Intent) {
	e := r.entry
	lines := []string{"It is " + h.env.Vault.Location(e.Store, e.Name) + ".", step.StaysValid(e)}
	if e.Pending && !e.CurrentSince.IsZero() {
		lines = append(lines, "The pending version is deleted too.")
	}
	if e.Previous {
		lines = append(lines, "The previous version that is kept is deleted too.")
	}
	if r.change != nil {
		lines = append(lines, lifecycle.LostLines(r.change.MayBeLost())...)
	}
	if others := h.list.sharing(e); len(others) > 0 {
		lines = append(lines, step.SharedAtMimecast(others))
	}
	h.sure("Delete "+e.Name+"?", lines, choice("Delete "+e.Name, func() (tea.Cmd, screen.Intent) { return h.deleteNow(e), screen.Intent{} }))
	return nil, screen.Intent{}
}

// deleteNow deletes a profile; when a version waits in it, after having looked whether that can be had again, and a second question
// before keys are lost that nobody else has.
func (h *Home) deleteNow(e credstore.Entry) tea.Cmd {
	if !e.Pending {
		return h.delete(e)
	}
	return h.beforeLoss(e.Name, "Not deleted", "Lose the keys, and delete "+e.Name, func() tea.Cmd { return h.delete(e) })
}

// deleted is what became of a deletion, and what is still to be done.
type deleted struct {
	err  error
	todo []console.Item
}

func (h *Home) delete(e credstore.Entry) tea.Cmd {
	h.tests.forget(e.Name)
	env, others := h.env, h.list.sharing(e)
	place := env.Vault.Location(e.Store, e.Name)
	return work(h, "Deleting "+e.Name, true, func(ctx context.Context) deleted {
		if err := env.Delete(ctx, e.Name, nil); err != nil {
			return deleted{err: err}
		}
		if env.Unfinished != nil {
			_ = env.Unfinished.Forget(e.Name) // a note without a secret; it is offered once more, and leads nowhere
		}
		return deleted{todo: step.RemovalOf(e, others)}
	}, func(got deleted) (tea.Cmd, screen.Intent) {
		if got.err != nil {
			h.failed("Not deleted", got.err)
			return h.load(), screen.Intent{}
		}
		h.changes.add(e.Name, "deleted; at Mimecast its credential stays valid until it is removed there")
		h.forgetState(e.Name)
		h.open(func(width int) []string { return h.removal(e, place, others, got.todo, width) })
		return h.load(), screen.Intent{}
	})
}

// removal says that a profile is deleted and what is left to be done.
func (h *Home) removal(e credstore.Entry, place string, others []string, todo []console.Item, width int) []string {
	st, g := h.env.Theme.Styles, h.env.Theme.Glyphs
	lines := field.Wrap(e.Name+" is deleted", width, 0, st.Title)
	lines = append(lines, "")
	words := "It was " + place + ". At Mimecast it stays valid."
	if len(todo) > 0 {
		words = "It was " + place + ". Still to be done where the credential was used, and at Mimecast, where it stays valid:"
	}
	lines = append(lines, field.Wrap(words, width, 0, st.Text)...)
	if e.Identifier != "" {
		what := "Client ID"
		if e.API == client.API10 {
			what = "Application ID"
		}
		lines = append(lines, field.Wrap(what+" "+e.Identifier, width, 0, st.Value)...)
	}
	if len(others) > 0 {
		lines = append(lines, field.Hang(st.Warn.Render(g.Warning)+" ", step.SharedAtMimecast(others), width, st.Text)...)
	}
	for _, item := range todo {
		lines = append(lines, "")
		lines = append(lines, field.Hang(g.Bullet+" ", item.Title, width, st.Label)...)
		for _, path := range append([]string{item.Path}, item.Also...) {
			if path != "" {
				lines = append(lines, field.Hang("  ", path, width, st.Value)...)
			}
		}
		for _, v := range item.Values {
			if v.Text != "" {
				lines = append(lines, field.Hang("  ", v.Label+": "+v.Text, width, st.Text)...)
			}
		}
		lines = append(lines, field.Hang("  ", item.Reason, width, st.Muted)...)
	}
	return lines
}
