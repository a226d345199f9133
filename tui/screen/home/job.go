package home

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/screen"
	"mimecred/tui/theme"
)

// job is one operation of a store that was begun from the list: a deletion, a renaming, or reading a profile.
type job struct {
	run *screen.Attempt
	// words say what is done: "Deleting acme". writes is set when it changes the store, so that its answer is waited for.
	words  string
	writes bool
	// ended handles what came of it.
	ended   func(outcome any) (tea.Cmd, screen.Intent)
	waiting *credstore.Waiting
}

// work does something with a store, with a modal over the list meanwhile, and goes on with what came of it. writes is as in job.
func work[T any](h *Home, words string, writes bool, do func(ctx context.Context) T, ended func(T) (tea.Cmd, screen.Intent)) tea.Cmd {
	run, cmd := screen.Begin(h.env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		emit(do(credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(lifecycle.Waiting{Waiting: w}) })))
	})
	h.job = &job{run: run, words: words, writes: writes, ended: func(outcome any) (tea.Cmd, screen.Intent) {
		got, _ := outcome.(T)
		return ended(got)
	}}
	h.modal, h.trouble = &working{}, nil
	return forHome(cmd)
}

// worked handles one message of the job.
func (h *Home) worked(m screen.AttemptMsg) (tea.Cmd, screen.Intent) {
	j := h.job
	if w, ok := m.Said().(lifecycle.Waiting); ok {
		j.waiting = &w.Waiting
		return forHome(m.Of().Next()), screen.Intent{}
	}
	j.run.Stop()
	h.job = nil
	h.closeModal()
	return j.ended(m.Said())
}

// failed says why something could not be done.
func (h *Home) failed(title string, err error) {
	sentence, fix := credstore.Explain(err)
	h.fail(title, sentence, fix)
}

func (h *Home) fail(title, sentence, fix string) {
	h.trouble = []string{sentence, fix}
	h.tell(title, sentence, fix)
}

// tell shows words over the list until a key is pressed.
func (h *Home) tell(title string, lines ...string) {
	h.open(func(width int) []string {
		all := append(field.Wrap(title, width, 0, h.env.Theme.Styles.Title), "")
		for _, line := range lines {
			all = append(all, field.Wrap(line, width, 0, h.env.Theme.Styles.Text)...)
		}
		return all
	})
}

// Busy implements Screen: what a deletion, a renaming or an activation has begun, only its answer tells.
func (h *Home) Busy() string {
	if h.job != nil && h.job.writes {
		return h.job.words
	}
	for _, one := range h.tests.running {
		if one.concluding {
			return "Activating " + one.name
		}
	}
	return ""
}

// Stop implements Stopper: the store is told to stop.
func (h *Home) Stop() {
	if h.job != nil {
		h.job.run.Cancel()
	}
	h.tests.stopAll()
}

// Waiting implements Waiter.
func (h *Home) Waiting() string {
	if h.job == nil || h.job.waiting == nil {
		return ""
	}
	return waitingWords(h.job.waiting)
}

// Ended implements Waiter.
func (h *Home) Ended() []string { return h.trouble }

func waitingWords(w *credstore.Waiting) string {
	return fmt.Sprintf("Waiting for %s until %s; esc stops it", w.What, w.Until.Format("15:04:05"))
}

// working is the modal while a job is done.
type working struct{ quiet }

func (*working) press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, screen.Intent) {
	switch {
	case h.job == nil || !key.Matches(msg, h.env.Keys.Back):
	case h.job.writes:
		h.job.run.Cancel() // its answer is waited for, since the write may have happened
	default:
		h.job.run.Stop()
		h.job = nil
		h.closeModal()
	}
	return nil, screen.Intent{}
}

func (*working) draw(h *Home, width, height int) screen.Frame {
	t := h.env.Theme
	if h.job == nil {
		return screen.Frame{}
	}
	lines := field.Hang(t.Styles.Accent.Render(h.spinner.View())+" ", h.job.words, width, t.Styles.Text)
	if w := h.job.waiting; w != nil {
		lines = append(lines, "")
		lines = append(lines, field.Wrap(waitingWords(w)+".", width, 0, t.Styles.Accent)...)
		lines = append(lines, field.Wrap("A dialog of the system may be open behind this window.", width, 0, t.Styles.Text)...)
	}
	return screen.Frame{Body: joinLines(lines, height)}
}

func (*working) keys(h *Home) []key.Binding {
	return []key.Binding{theme.Named(h.env.Keys.Back, "stop")}
}

// joinLines is at most height lines as one text.
func joinLines(lines []string, height int) string {
	lines = lines[:min(len(lines), max(height, 0))]
	text := ""
	for i, line := range lines {
		if i > 0 {
			text += "\n"
		}
		text += line
	}
	return text
}
