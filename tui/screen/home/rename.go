package home

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
	"mimecred/tui/theme"
)

// renaming asks for another name of a profile.
type renaming struct {
	quiet
	from  string
	asked step.Question
	name  *field.Text
	form  *field.Form
}

// askRename opens the question.
func (h *Home) askRename(r *row) (tea.Cmd, screen.Intent) {
	c := &renaming{from: r.name}
	c.asked = step.RenameForm(flow.Answers{Change: lifecycle.Change{Name: r.name}}, r.name, func(to string) error { return h.free(r.name, to) }).Questions[0]
	c.name = field.NewText(field.WithThemeAt(h.look), field.WithLabel(c.asked.Label), field.WithHint(c.asked.Hint))
	c.name.SetValue(c.asked.Value.Text)
	c.form = field.NewForm(h.env.Theme, c.name)
	c.form.SetSize(h.size.Width, h.size.Height)
	h.modal = c
	return c.name.Focus(), screen.Intent{}
}

func (c *renaming) press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	k := h.env.Keys
	switch {
	case key.Matches(msg, k.Back):
		h.closeModal()
		return nil, screen.Intent{}
	case key.Matches(msg, k.Next):
		if c.name.Refuse() {
			return nil, screen.Intent{}
		}
		switch to, problem := c.answer(); {
		case problem != "":
			c.name.SetError(problem)
		case to == c.from:
			h.closeModal()
		default:
			return h.rename(c.from, to), screen.Intent{}
		}
		return nil, screen.Intent{}
	}
	cmd, _ := c.form.Update(msg)
	_, problem := c.answer()
	c.name.SetError(problem)
	return cmd, screen.Intent{}
}

// answer is the name that is typed, and why it cannot be used; "" when it can.
func (c *renaming) answer() (to, problem string) {
	var a flow.Answers
	err := c.asked.Answer(&a, step.Value{Text: c.name.Value()}).Err
	return a.Name, lifecycle.Sentence(err)
}

func (c *renaming) paste(msg tea.PasteMsg) tea.Cmd {
	cmd, _ := c.form.Update(msg)
	return cmd
}

// free tells why a profile cannot get a name. It looks only at what the list shows; the store is asked later.
func (h *Home) free(from, to string) error {
	var entries []credstore.Entry
	var unfinished []credstore.UnfinishedChange
	for _, r := range h.list.rows {
		if r.known {
			entries = append(entries, r.entry)
		}
		if r.change != nil {
			unfinished = append(unfinished, *r.change)
		}
	}
	return lifecycle.NameFree(entries, unfinished, step.Drafts{Left: h.states}, from, to)
}

func (c *renaming) click(h *Home, x, y int) (tea.Cmd, screen.Intent) {
	cmd, _ := c.form.Update(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	return cmd, screen.Intent{}
}

func (c *renaming) draw(_ *Home, width, height int) screen.Frame {
	d := c.form.View(width, height)
	return screen.Frame{Body: joinLines(d.Lines, height), Cursor: d.Cursor}
}

func (c *renaming) keys(h *Home) []key.Binding {
	k := h.env.Keys
	return []key.Binding{theme.Named(k.Next, "rename"), k.Clear, theme.Named(k.Back, "close")}
}

func (c *renaming) typing() bool { return true }

// rename gives a profile another name, or finishes what an earlier renaming began.
func (h *Home) rename(from, to string) tea.Cmd {
	h.tests.forget(from)
	profiles, drafts := h.env.Profiles, step.Drafts{Left: h.states, Kept: h.env.Unfinished}
	type renamed struct{ unmoved, err error }
	return work(h, "Renaming "+from+" to "+to, true, func(ctx context.Context) renamed {
		_, unmoved, err := lifecycle.Rename(ctx, profiles, drafts, from, to)
		return renamed{unmoved, err}
	}, func(got renamed) (tea.Cmd, screen.Intent) {
		if got.err != nil {
			sentence, fix := lifecycle.ExplainRename(got.err)
			h.fail("Not renamed", sentence, fix)
			return h.load(), screen.Intent{}
		}
		h.changes.add(from, "renamed to "+to)
		h.note, h.want = from+" is now "+to+".", to
		if got.unmoved != nil {
			h.note += " Its unfinished set-up kept the old name."
			return h.load(), screen.Intent{}
		}
		h.states = slices.Clone(h.states)
		for i := range h.states {
			if h.states[i].Name == from {
				h.states[i].Name = to
			}
		}
		return h.load(), screen.Intent{}
	})
}
