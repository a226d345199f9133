package tui

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/screen"
	"mimecred/tui/step"
)

// leaveWhen says that leaving waits for the screen's work.
type leaveWhen int

const (
	leaveNot leaveWhen = iota
	leaveAsking
	leaveOnSignal
)

// aboutBusy is the subject of a dialog that awaits the screen's work.
const aboutBusy = "busy"

type (
	// leaveMsg reports a signal that asks the program to end.
	leaveMsg struct{}
	// hurryMsg tells that whoever sent the signal waits no longer.
	hurryMsg struct{}
	// storedMsg is the end of "keep it as pending" in the dialog d.
	storedMsg struct {
		d      *dialog
		change lifecycle.Change
		err    error
	}
	// rescuedMsg is the end of storing created keys after a signal.
	rescuedMsg struct {
		change lifecycle.Change
		err    error
	}
	// discardedMsg is the end of "remove it" in the dialog d.
	discardedMsg struct {
		d   *dialog
		err error
	}
)

// quitKey is ctrl+c: it leaves at once when nothing would be lost and asks otherwise.
func (a *app) quitKey() tea.Cmd {
	if busy := a.screen.Busy(); busy != "" {
		a.leaveWhenDone = leaveAsking
		d := &dialog{
			title: "One moment", about: aboutBusy,
			lines:   []string{busy + ". It cannot be undone, so mimecred waits for the answer first."},
			working: "Waiting for the answer",
		}
		if s, ok := a.screen.(screen.Stopper); ok {
			d.working, d.stop = "Waiting for the answer; esc stops it", s.Stop
		}
		a.open(d)
		return nil
	}
	if d := a.dialog; d != nil {
		switch {
		case d.working != "" || !d.readable(a.env.Now()):
			return nil
		case d.again != nil:
			return d.again(a)
		default:
			return nil
		}
	}
	if title, text := step.MemoryOnly(a.env.Env, a.answers); title != "" && !flow.AtRisk(a.answers).Any() {
		a.open(&dialog{
			title: title, lines: []string{text}, again: (*app).quit,
			choices: []choice{{"Go back", (*app).closeDialog}, {"Leave, and lose it", (*app).quit}},
		})
		return nil
	}
	if !flow.AtRisk(a.answers).Any() {
		return a.quit()
	}
	a.open(a.leaveDialog())
	return nil
}

// leaveOnSignal is SIGTERM or SIGINT: nobody can be asked, so it leaves as soon as nothing is under way.
func (a *app) leaveOnSignal() tea.Cmd {
	if a.screen.Busy() != "" {
		a.leaveWhenDone = leaveOnSignal
		return nil
	}
	if flow.AtRisk(a.answers).Created {
		return a.rescue()
	}
	return a.quit()
}

// hurry leaves although something is under way. What it brings until the very end is still kept, and what it may have done at
// Mimecast has been noted before it began.
func (a *app) hurry() tea.Cmd {
	if a.rescuing {
		return nil // it has a limit of its own
	}
	a.done, a.hurried = true, true
	return tea.Quit
}

// rescue stores created keys as pending before the program obeys a signal: nobody can be asked, and nobody else has them.
func (a *app) rescue() tea.Cmd {
	a.rescuing = true
	env, answers := a.env, a.answers
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(env.Context, lifecycle.RescueTime)
		defer cancel()
		change, _, err := env.Stage(ctx, answers.Change, nil)
		return rescuedMsg{change, err}
	}
}

// leaveDialog is the question that fits what would be lost.
func (a *app) leaveDialog() *dialog {
	risk := flow.AtRisk(a.answers)
	d := &dialog{title: "Leave now?", lines: risk.Lines(a.env.Passing(a.answers.StagedStore)), about: about(risk)}
	d.choices = []choice{{"Go back", (*app).closeDialog}}
	add := func(label string, do func(*app) tea.Cmd) { d.choices = append(d.choices, choice{label, do}) }
	if a.home != nil {
		a.addHome(d, risk)
	}
	switch {
	case risk.Created:
		add("Save them on trial, and leave", (*app).keep)
		add("Leave and lose the keys", (*app).confirmLoss)
	case risk.Staged && a.env.Passing(a.answers.StagedStore):
		d.again = (*app).quit
		add("Leave, and lose it", (*app).quit)
	case risk.Staged:
		d.again = (*app).quit
		add("Quit, and leave it on trial", (*app).quit)
		if a.answers.KeysCreatedAt.IsZero() {
			add("Remove it, and quit", (*app).discard)
		} else {
			add("Remove it, and lose the keys", (*app).confirmLoss)
		}
	default:
		d.again = (*app).quit
		add("Leave", (*app).quit)
	}
	return d
}

func about(r flow.Risk) string {
	switch {
	case r.Created:
		return "created"
	case r.Staged:
		return "staged"
	case r.Any():
		return "typed"
	default:
		return "nothing"
	}
}

// refreshDialog renews the question when what it says is no longer so: the keys it warns about may have been stored meanwhile.
func (a *app) refreshDialog() tea.Cmd {
	if a.dialog == nil || a.dialog.working != "" || a.dialog.about == "" {
		return nil
	}
	if now := about(flow.AtRisk(a.answers)); now != a.dialog.about {
		a.open(a.leaveDialog())
	}
	return nil
}

// askFirst asks what a screen wants asked before it goes on.
func (a *app) askFirst(intent screen.Intent) {
	a.open(&dialog{title: intent.Title, lines: []string{intent.Text}, choices: []choice{{"Go back", (*app).closeDialog}, {cmp.Or(intent.Yes, "Leave it"), func(a *app) tea.Cmd {
		if a.dialog = nil; intent.Do != nil {
			return func() tea.Msg { return intent.Do }
		}
		return a.goOn()
	}}}})
}

func (a *app) closeDialog() tea.Cmd {
	a.dialog = nil
	return nil
}

// confirmLoss is the second question before created keys are lost.
func (a *app) confirmLoss() tea.Cmd {
	risk := flow.AtRisk(a.answers)
	lose := func(a *app) tea.Cmd {
		a.givenUp = true
		return a.quit()
	}
	if risk.Staged {
		lose = (*app).discard
	}
	a.open(&dialog{
		title: "Lose the keys?", about: about(risk),
		lines: []string{
			"The keys stay valid at Mimecast, and nobody will have them. You can create new keys at any time.",
		},
		choices: []choice{{"Go back", (*app).closeDialog}, {"Lose the keys, and leave", lose}},
	})
	return nil
}

// keep stores the credential as pending and leaves when that worked.
func (a *app) keep() tea.Cmd {
	env, answers := a.env, a.answers
	ctx, mine := a.workOn("Saving the keys on trial; esc stops it")
	return func() tea.Msg {
		defer mine.stop()
		change, _, err := env.Stage(ctx, answers.Change, nil)
		return storedMsg{d: mine, change: change, err: err}
	}
}

// discard removes the pending version and leaves when that worked.
func (a *app) discard() tea.Cmd {
	env, change := a.env, a.answers.Change
	ctx, mine := a.workOn("Removing it from the store; esc stops it")
	return func() tea.Msg {
		defer mine.stop()
		return discardedMsg{d: mine, err: env.Discard(ctx, change, nil)}
	}
}

// workOn turns the dialog into one that awaits a store, and gives the context for that.
func (a *app) workOn(what string) (context.Context, *dialog) {
	d := *a.dialog
	d.working = what
	ctx, cancel := context.WithTimeout(a.env.Context, lifecycle.StoreTime)
	d.stop = cancel
	a.dialog = &d
	return ctx, &d
}

// finished handles the outcome of keep and discard.
func (a *app) finished(msg tea.Msg) tea.Cmd {
	var err error
	switch msg := msg.(type) {
	case storedMsg:
		if msg.d != a.dialog {
			return nil
		}
		if err = msg.err; err == nil {
			a.answers.Change = msg.change
			if msg.d.home {
				return a.goHome()
			}
			return a.quit()
		}
	case rescuedMsg:
		a.givenUp = true // there is no second try
		if msg.err == nil {
			a.answers.Change = msg.change
		}
		return a.quit()
	case discardedMsg:
		if msg.d != a.dialog {
			return nil
		}
		if err = msg.err; err == nil {
			a.answers.Staged = false
			a.givenUp, a.keeper.over = true, true
			return a.quit()
		}
	}
	sentence, fix := credstore.Explain(err)
	d := a.leaveDialog()
	d.lines = append([]string{sentence, fix, ""}, d.lines...)
	a.open(d)
	return nil
}
