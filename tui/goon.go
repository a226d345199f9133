package tui

import (
	tea "charm.land/bubbletea/v2"

	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// goOn moves to the next step, straight back to where the person came from to change a value. A set-up's name is looked up before
// the first step that needs it.
func (a *app) goOn() tea.Cmd {
	a.answers = step.Settle(a.env.Env, a.answers)
	if to := a.following(); !a.env.ToName(a.answers, a.step, to) {
		return a.moveOn(to)
	}
	env, answers, at := a.env.Env, a.answers, a.screen
	return func() tea.Msg { return namedMsg{at, env.Name(answers)} }
}

// namedMsg has the answers of a screen with the name looked up.
type namedMsg struct {
	of      screen.Screen
	answers flow.Answers
}

// named goes on once the name is known.
func (a *app) named(msg namedMsg) tea.Cmd {
	if msg.of != a.screen {
		return nil
	}
	a.answers = step.Settle(a.env.Env, msg.answers)
	return a.moveOn(a.following())
}

// following is the step that comes next for the answers as they are.
func (a *app) following() flow.Step {
	if a.returnTo != flow.None {
		return flow.Resume(a.step, a.returnTo, a.before, a.answers)
	}
	return flow.Next(a.step, a.answers)
}

func (a *app) moveOn(to flow.Step) tea.Cmd {
	switch {
	case to != flow.None:
		return a.goTo(to)
	case a.home != nil:
		return a.goHome()
	default:
		return a.quit()
	}
}

// goBack shows a step that is gone back to, as it was left.
func (a *app) goBack(to flow.Step) tea.Cmd {
	cmd := a.goTo(to)
	if returner, ok := a.screen.(screen.Returner); ok {
		returner.Returned()
	}
	return cmd
}
