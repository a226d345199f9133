package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// chooseAnswer asks which answer is to be changed: any before this step, and those that were settled without a question.
func (a *app) chooseAnswer() {
	steps := step.Changeable(a.step, a.answers)
	if len(steps) == 0 || a.screen.Busy() != "" {
		return
	}
	d := &dialog{title: "Change an answer", lines: []string{"Afterwards you come back to " + a.step.String() + "."}}
	d.choices = []choice{{"Go back", (*app).closeDialog}}
	for _, s := range steps {
		d.choices = append(d.choices, choice{a.answerLine(s), func(a *app) tea.Cmd {
			a.dialog = nil
			return a.change(s)
		}})
	}
	d.again = func(a *app) tea.Cmd {
		a.dialog = nil
		return a.quitKey()
	}
	a.open(d)
	d.opened = time.Time{} // it was asked for: what is pressed next is meant for it
}

// answerLine is a step with its answer.
func (a *app) answerLine(s flow.Step) string {
	if words := step.Short(a.env.Env, s, a.answers); words != "" {
		return s.String() + ": " + words
	}
	return s.String()
}
