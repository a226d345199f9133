package screen

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// What the work of the check screen says, beside the events of the lifecycle.
type (
	// stagedMsg is the change with what its store gave back, and what to know of it.
	stagedMsg struct {
		change lifecycle.Change
		note   string
	}
	storeFailedMsg struct{ err error }
	// checkedMsg is the end of the checks; err says why they could not be made.
	checkedMsg   struct{ err error }
	activatedMsg struct{ change lifecycle.Change }
	confirmedMsg struct{ confirmation lifecycle.Confirmation }
)

// begun is what every run of checks begins with.
func (c *checkScreen) begun(phase phase) {
	c.phase, c.rows, c.at, c.started = phase, nil, 0, c.env.Now()
	c.answers.Results, c.answers.Anyway = nil, false
}

// storeAndCheck is the whole sequence: stage, read back, check from the store.
func (c *checkScreen) storeAndCheck() tea.Cmd {
	if problem := step.NotMimecast(c.answers); problem != "" {
		c.begun(stopped)
		c.stop(flow.Region, problem, "Choose the region, or allow the host there.")
		return nil
	}
	return c.checkStored(func(ctx context.Context, env Env, a lifecycle.Change, tell lifecycle.Tell) (stagedMsg, error) {
		change, note, err := env.Stage(ctx, a, tell)
		return stagedMsg{change, note}, err
	})
}

// loadAndCheck reads the previous version from the store and checks it.
func (c *checkScreen) loadAndCheck() tea.Cmd {
	return c.checkStored(func(ctx context.Context, env Env, a lifecycle.Change, tell lifecycle.Tell) (stagedMsg, error) {
		change, err := env.Before(ctx, a.Name, tell)
		return stagedMsg{change: change}, err
	})
}

// checkStored checks what store brings: what lies in the store.
func (c *checkScreen) checkStored(store func(context.Context, Env, lifecycle.Change, lifecycle.Tell) (stagedMsg, error)) tea.Cmd {
	c.stored = nil
	c.begun(storing)
	env, a := c.env, c.answers.Change
	run, cmd := Begin(env.Context, lifecycle.StoreTime+lifecycle.CheckTime, func(ctx context.Context, emit func(any)) {
		stored, err := store(ctx, env, a, Events(emit))
		if err != nil {
			emit(storeFailedMsg{err})
			return
		}
		emit(stored)
		if stored.change.Activated { // by an earlier run, which did not come to confirm it
			emit(confirmedMsg{env.Confirm(ctx, stored.change, Events(emit))})
			return
		}
		check(ctx, env, stored.change, emit)
	})
	c.run = run
	return cmd
}

// check checks what a change has in its store.
func check(ctx context.Context, env Env, change lifecycle.Change, emit func(any)) {
	_, err := env.Check(ctx, change, Events(emit))
	emit(checkedMsg{err})
}

// checkAgain checks what is in the store already.
func (c *checkScreen) checkAgain() tea.Cmd {
	switch {
	case c.stored == nil && c.answers.Purpose == lifecycle.RollingBack:
		return c.loadAndCheck()
	case c.stored == nil:
		return c.storeAndCheck()
	}
	c.begun(checking)
	env, a := c.env, c.answers.Change
	run, cmd := Begin(env.Context, lifecycle.CheckTime, func(ctx context.Context, emit func(any)) {
		check(ctx, env, a, emit)
	})
	c.run = run
	return cmd
}

// activate makes what was checked the current version.
func (c *checkScreen) activate() tea.Cmd {
	c.phase = activating
	env, a := c.env, c.answers.Change
	ended := make(chan any, 1)
	c.activation = ended
	run, cmd := Begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		var end any
		if change, err := env.Activate(ctx, a, Events(emit)); err != nil {
			end = storeFailedMsg{err}
		} else {
			end = activatedMsg{change}
		}
		ended <- end
		emit(end)
	})
	c.run = run
	return cmd
}

// confirm makes a live call with what is current now.
func (c *checkScreen) confirm() tea.Cmd {
	c.phase = confirming
	env, a := c.env, c.answers.Change
	run, cmd := Begin(env.Context, lifecycle.ConfirmTime, func(ctx context.Context, emit func(any)) {
		emit(confirmedMsg{env.Confirm(ctx, a, Events(emit))})
	})
	c.run = run
	return cmd
}

// take handles one message of the attempt that is under way.
func (c *checkScreen) apply(msg any) Intent {
	switch msg := msg.(type) {
	case lifecycle.Waiting:
		c.waiting = &msg.Waiting
	case stagedMsg:
		c.waiting, c.phase = nil, checking
		c.stored, c.note = msg.change.StagedCredential, msg.note
		c.answers = withChange(c.answers, msg.change)
		if c.answers.Activated {
			c.phase = confirming
		}
	case storeFailedMsg:
		sentence, fix := credstore.Explain(msg.err)
		c.stop(flow.Profile, sentence, fix)
	case lifecycle.Planned:
		c.rows = nil
		for _, s := range msg.Steps {
			c.rows = append(c.rows, row{Step: s})
		}
	case lifecycle.Foreseen:
		c.foresee(msg.Result)
	case lifecycle.Checked:
		c.add(msg.Result)
	case checkedMsg:
		c.checked(msg.err)
	case activatedMsg:
		c.answers.Change = msg.change
	case confirmedMsg:
		return c.confirmed(msg.confirmation)
	}
	return Intent{}
}

// confirmed goes on when the credential works in its place, and says what is wrong otherwise: it is current all the same.
func (c *checkScreen) confirmed(got lifecycle.Confirmation) Intent {
	c.waiting = nil
	c.answers.Confirmed, c.answers.Confirmation = got.OK, got.Results
	if got.OK {
		return Intent{Act: Next}
	}
	c.phase, c.refused = unconfirmed, got.Refused
	c.problem, c.fix = got.Problem, got.Fix
	return Intent{}
}

// withChange is a with a change that its sequence brought forward; of a roll back it is all that is known.
func withChange(a flow.Answers, change lifecycle.Change) flow.Answers {
	if change.Purpose != lifecycle.RollingBack {
		a.Change = change
		return a
	}
	next := flow.Of(change)
	next.Given = a.Given
	return next
}

// checked ends the checks, and says why they could not begin.
func (c *checkScreen) checked(err error) {
	var cannot *lifecycle.CannotCheckError
	if !errors.As(err, &cannot) {
		c.phase, c.ended = finished, c.env.Now()
		return
	}
	at := flow.Connection
	if cannot.Where == client.WhereIntegration {
		at = flow.Integration
	}
	fix := cannot.Fix
	if at == flow.Connection {
		fix = flow.Remedy(fix, cannot.At)
	}
	c.stop(at, cannot.Problem, fix)
}

func (c *checkScreen) stop(at flow.Step, problem, fix string) {
	c.phase, c.waiting = stopped, nil
	c.culprit, c.problem, c.fix = at, problem, fix
}

// foresee shows a result before its place in the run has come.
func (c *checkScreen) foresee(r client.Result) {
	for i := range c.rows {
		if c.rows[i].ID == r.ID && c.rows[i].result == nil {
			c.rows[i].result = &r
		}
	}
}

// add puts a result into its row and keeps the first failure selected, until the person moves.
func (c *checkScreen) add(r client.Result) {
	c.answers.Results = append(c.answers.Results, r)
	at := -1
	for i := range c.rows {
		if c.rows[i].ID == r.ID {
			at = i
		}
	}
	if at < 0 {
		c.rows = append(c.rows, row{Step: client.Step{ID: r.ID, Title: r.Title}})
		at = len(c.rows) - 1
	}
	c.rows[at].result = &r
	if c.moved {
		return
	}
	for i, row := range c.rows {
		if row.result != nil && row.result.State == client.Failed {
			c.at = i
			return
		}
	}
	for i, row := range c.rows {
		if wrong(row.result) {
			c.at = i
			return
		}
	}
}
