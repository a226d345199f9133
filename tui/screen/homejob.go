package screen

import (
	"context"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
)

// homeJob is one operation of a store that was begun from the list: a deletion, a renaming, or reading a profile.
type homeJob struct {
	run *attempt
	// words say what is done: "Deleting acme". writes is set when it changes the store, so that its answer is waited for.
	words  string
	writes bool
	// ended takes what came of it.
	ended   func(h *Home, outcome any) (tea.Cmd, Intent)
	waiting *credstore.Waiting
}

// begin starts a job and covers the list with it.
func (h *Home) begin(j *homeJob, do func(ctx context.Context) any) tea.Cmd {
	run, cmd := begin(h.env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		emit(do(credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(lifecycle.Waiting{Waiting: w}) })))
	})
	j.run = run
	h.job, h.cover, h.trouble = j, &homeWorking{}, nil
	return forHome(cmd)
}

// worked takes one message of the job.
func (h *Home) worked(m attemptMsg) (tea.Cmd, Intent) {
	j := h.job
	if w, ok := m.msg.(lifecycle.Waiting); ok {
		j.waiting = &w.Waiting
		return forHome(m.of.next()), Intent{}
	}
	j.run.stop()
	h.job = nil
	h.uncover()
	return j.ended(h, m.msg)
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
	h.cover = &homeText{opened: h.env.Now(), lines: func(h *Home, width int) []string {
		all := append(field.Wrap(title, width, 0, h.env.Theme.Styles.Title), "")
		for _, line := range lines {
			all = append(all, field.Wrap(line, width, 0, h.env.Theme.Styles.Text)...)
		}
		return all
	}}
}

// Busy implements Screen: what a deletion or a renaming has begun, only its answer tells.
func (h *Home) Busy() string {
	if h.job != nil && h.job.writes {
		return h.job.words
	}
	return ""
}

// Stop implements Stopper: the store is told to give up.
func (h *Home) Stop() {
	if h.job != nil {
		h.job.run.cancel()
	}
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

// homeWorking is the cover while a job is done.
type homeWorking struct{ homeQuiet }

func (*homeWorking) press(h *Home, msg tea.KeyPressMsg) (tea.Cmd, Intent) {
	switch {
	case h.job == nil || !key.Matches(msg, h.env.Keys.Back):
	case h.job.writes:
		h.Stop() // its answer is waited for, since the write may have happened
	default:
		h.job.run.stop()
		h.job = nil
		h.uncover()
	}
	return nil, Intent{}
}

func (*homeWorking) draw(h *Home, width, height int) Frame {
	t := h.env.Theme
	if h.job == nil {
		return Frame{}
	}
	sign := h.ink.spinner[h.spin%len(h.ink.spinner)]
	lines := wrapRow(t.Styles.Accent.Render(sign)+" ", h.job.words, width, t.Styles.Text)
	if w := h.job.waiting; w != nil {
		lines = append(lines, "")
		lines = append(lines, field.Wrap(waitingWords(w)+".", width, 0, t.Styles.Accent)...)
		lines = append(lines, field.Wrap("A dialog of the system may be open behind this window.", width, 0, t.Styles.Text)...)
	}
	return Frame{Body: joinLines(lines, height)}
}

func (*homeWorking) keys(h *Home) []key.Binding {
	return []key.Binding{renamed(h.env.Keys.Back, h.env.Keys.Back.Help().Key, "stop")}
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
