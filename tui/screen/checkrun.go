package screen

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// What the work of the check screen says.
type (
	storedMsg struct {
		credential client.Credential
		location   string
		note       string
		// version is the id of what is stored, orphans the sign-ins of the profile that may have left keys nobody has.
		version string
		orphans []credstore.Orphan
		// replaces tells whether another credential of the profile is in use.
		replaces bool
		// answers are those of the version before, when that is to be put back; nil otherwise.
		answers *flow.Answers
	}
	storeFailedMsg struct{ err error }
	waitingMsg     struct{ waiting credstore.Waiting }
	plannedMsg     struct{ steps []client.Step }
	planFailedMsg  struct {
		err error
		// at is the step that owns what is wrong.
		at flow.Step
	}
	resultMsg   struct{ result client.Result }
	checkedMsg  struct{}
	promotedMsg struct {
		record   credstore.Record
		location string
	}
	confirmedMsg struct{ confirmation Confirmation }
)

// storeAndCheck is the whole sequence: stage, read back, check from the store.
func (c *Check) storeAndCheck() tea.Cmd {
	c.phase, c.stored, c.rows, c.at = storing, nil, nil, 0
	c.answers.Results, c.answers.Anyway = nil, false
	c.started = c.env.Now()
	env, a := c.env, c.answers
	run, cmd := begin(env.Context, lifecycle.StoreTime+lifecycle.CheckTime, func(ctx context.Context, emit func(any)) {
		stored, err := stage(ctx, env, a, emit)
		if err != nil {
			emit(storeFailedMsg{err})
			return
		}
		emit(stored)
		runChecks(ctx, env, a, stored.credential, emit)
	})
	c.run = run
	return cmd
}

// loadAndCheck reads the version before from the store and checks it.
func (c *Check) loadAndCheck() tea.Cmd {
	c.phase, c.stored, c.rows, c.at = storing, nil, nil, 0
	c.answers.Results, c.answers.Anyway = nil, false
	c.started = c.env.Now()
	env, a := c.env, c.answers
	run, cmd := begin(env.Context, lifecycle.StoreTime+lifecycle.CheckTime, func(ctx context.Context, emit func(any)) {
		stored, err := before(credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(waitingMsg{w}) }), env, a)
		if err != nil {
			emit(storeFailedMsg{err})
			return
		}
		emit(stored)
		if stored.answers.Promoted {
			emit(confirmedMsg{Confirm(ctx, env, *stored.answers)})
			return
		}
		runChecks(ctx, env, *stored.answers, stored.credential, emit)
	})
	c.run = run
	return cmd
}

// before reads the version that was in force before.
func before(ctx context.Context, env Env, a flow.Answers) (storedMsg, error) {
	ctx, cancel := context.WithTimeout(ctx, lifecycle.StoreTime)
	defer cancel()
	next, err := VersionBefore(ctx, env, a)
	if err != nil {
		return storedMsg{}, err
	}
	return storedMsg{credential: next.Credential(), location: next.Location, replaces: true, answers: &next}, nil
}

// VersionBefore are the answers that led to the version that was in force before, which is to be put back.
func VersionBefore(ctx context.Context, env Env, a flow.Answers) (flow.Answers, error) {
	record, err := env.Vault.Load(ctx, a.Name)
	if err != nil {
		return a, err
	}
	entry, _, err := env.Vault.Lookup(a.Name)
	if err != nil {
		return a, err
	}
	if noted, ok := env.Vault.Noted(a.Name); ok && noted.Kind == credstore.GoBack && noted.Phase == credstore.Promoted {
		// An earlier run put it back, and did not come to confirm it.
		next := AnswersOf(record, entry)
		next.Purpose, next.Given, next.PreviousKept = lifecycle.GoingBack, a.Given, record.Previous != nil
		next.Location = env.Vault.Location(entry.Store, a.Name)
		return next, nil
	}
	if record.Previous == nil {
		return a, &credstore.Error{
			Kind: credstore.NotFound, Op: "find the version before of " + a.Name, Err: errors.New("no previous version is kept"),
		}
	}
	next := answersOf(record, record.Previous, entry)
	next.Purpose, next.Given, next.Replaces = lifecycle.GoingBack, a.Given, true
	next.Old.ID = record.Previous.ID
	next.Location = env.Vault.Location(entry.Store, a.Name)
	return next, nil
}

// checkAgain checks what is in the store already.
func (c *Check) checkAgain() tea.Cmd {
	switch {
	case c.stored == nil && c.answers.Purpose == lifecycle.GoingBack:
		return c.loadAndCheck()
	case c.stored == nil:
		return c.storeAndCheck()
	}
	c.phase, c.rows, c.at = checking, nil, 0
	c.answers.Results, c.answers.Anyway = nil, false
	c.started = c.env.Now()
	env, a, stored := c.env, c.answers, c.stored
	run, cmd := begin(env.Context, lifecycle.CheckTime, func(ctx context.Context, emit func(any)) {
		runChecks(ctx, env, a, stored, emit)
	})
	c.run = run
	return cmd
}

// promote makes what was checked the active version.
func (c *Check) promote() tea.Cmd {
	c.phase = promoting
	env, a := c.env, c.answers
	ended := make(chan any, 1)
	c.promotion = ended
	run, cmd := begin(env.Context, lifecycle.StoreTime, func(ctx context.Context, emit func(any)) {
		ctx = credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(waitingMsg{w}) })
		var end any
		record, err := PutInForce(ctx, env, a)
		if err != nil {
			end = storeFailedMsg{err}
		} else {
			end = promotedMsg{record, env.Vault.Location(a.Store, a.Name)}
		}
		ended <- end
		emit(end)
	})
	c.run = run
	return cmd
}

// PutInForce makes what was checked the version in force: the one that waits, or the one before.
func PutInForce(ctx context.Context, env Env, a flow.Answers) (credstore.Record, error) {
	sum := SummaryOf(a, env.Now())
	sum.Version = a.StagedVersion
	if a.Purpose == lifecycle.GoingBack {
		sum.Version = a.Old.ID
		return env.Vault.Rollback(ctx, a.Name, sum)
	}
	return env.Vault.Promote(ctx, a.Name, sum)
}

// confirm makes a live call with what is in force now.
func (c *Check) confirm() tea.Cmd {
	c.phase = confirming
	env, a := c.env, c.answers
	run, cmd := begin(env.Context, lifecycle.ConfirmTime, func(ctx context.Context, emit func(any)) {
		ctx = credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(waitingMsg{w}) })
		emit(confirmedMsg{Confirm(ctx, env, a)})
	})
	c.run = run
	return cmd
}

// stage writes the credential as pending and gives back what the store has then.
func stage(ctx context.Context, env Env, a flow.Answers, emit func(any)) (storedMsg, error) {
	ctx, cancel := context.WithTimeout(ctx, lifecycle.StoreTime)
	defer cancel()
	ctx = credstore.OnWaiting(ctx, func(w credstore.Waiting) { emit(waitingMsg{w}) })
	out := storedMsg{location: env.Vault.Location(a.Store, a.Name)}
	record, err := env.Vault.Stage(ctx, a.Store, ProfileOf(a), a.Credential(), SourceOf(a))
	if err != nil {
		return out, err
	}
	if record.Pending == nil || record.Pending.Credential == nil {
		return out, &credstore.Error{Kind: credstore.Mismatch, Op: "read the pending version back"}
	}
	// The vault clears what it staged under this name in another store; another name is ours to clear.
	if a.Staged && a.StagedName != "" && a.StagedName != a.Name {
		if err := env.Vault.Discard(ctx, a.StagedName); err != nil {
			out.note = "A pending copy is left under the name " + a.StagedName + "."
		}
	}
	out.credential, out.replaces, out.version = record.Pending.Credential, record.Active != nil, record.Pending.ID
	if noted, ok := env.Vault.Noted(a.Name); ok {
		out.orphans = noted.Lost()
	}
	if note := ReplacedWords(a, out.orphans); note != "" {
		out.note = note
	}
	return out, nil
}

// ReplacedWords tell of keys that were created here and whose place others have taken in the store; "" when there are none.
func ReplacedWords(a flow.Answers, lost []credstore.Orphan) string {
	if len(lost) <= len(a.Orphans) {
		return ""
	}
	return strings.Join(lifecycle.LostLines(lost[len(lost)-1:]), " ")
}

// runChecks checks credential with a client of its own and reports each result as it comes.
func runChecks(ctx context.Context, env Env, a flow.Answers, credential client.Credential, emit func(any)) {
	ctx, cancel := context.WithTimeout(ctx, lifecycle.CheckTime)
	defer cancel()
	plan, err := env.Plan(a.Selection())
	if err != nil {
		emit(planFailedMsg{err, flow.Integration})
		return
	}
	emit(plannedMsg{plan.Steps()})
	mimecast, err := env.Dial(a.Endpoint())
	if err != nil {
		emit(planFailedMsg{err, flow.Connection})
		return
	}
	defer mimecast.Close()
	for result := range mimecast.Check(ctx, credential, plan) {
		emit(resultMsg{result})
	}
	emit(checkedMsg{})
}

// take handles one message of the attempt that is under way.
func (c *Check) take(msg any) Intent {
	switch msg := msg.(type) {
	case waitingMsg:
		c.waiting = &msg.waiting
	case storedMsg:
		c.waiting, c.phase = nil, checking
		c.stored, c.note = msg.credential, msg.note
		if msg.answers != nil {
			c.answers = *msg.answers
			if c.answers.Promoted {
				c.phase = confirming
			}
			return Intent{}
		}
		c.answers = staged(c.answers, msg)
	case storeFailedMsg:
		sentence, fix := credstore.Explain(msg.err)
		c.stop(flow.Profile, sentence, fix)
	case plannedMsg:
		c.rows = nil
		for _, s := range msg.steps {
			c.rows = append(c.rows, row{Step: s})
		}
	case planFailedMsg:
		c.planFailed(msg)
	case resultMsg:
		c.add(msg.result)
	case checkedMsg:
		c.phase, c.ended = finished, c.env.Now()
	case promotedMsg:
		c.answers.Promoted, c.answers.Staged = true, false
		c.answers.PreviousKept = msg.record.Previous != nil
		c.answers.Location = msg.location
	case confirmedMsg:
		return c.confirmed(msg.confirmation)
	}
	return Intent{}
}

// confirmed goes on when the credential works in its place, and says what is wrong otherwise: it is in use all the same.
func (c *Check) confirmed(got Confirmation) Intent {
	c.waiting = nil
	c.answers.Confirmed, c.answers.Confirmation = got.OK, got.Results
	if got.OK {
		return Intent{Act: Next}
	}
	c.phase, c.refused = unconfirmed, got.Refused
	c.problem, c.fix = got.Problem, got.Fix
	return Intent{}
}

// planFailed says why the checks could not begin.
func (c *Check) planFailed(msg planFailedMsg) {
	if msg.at == flow.Integration {
		c.stop(msg.at, "It is not known what to check for this integration: "+msg.err.Error()+".",
			"Choose another integration, or no particular product.")
		return
	}
	d := client.Diagnose(msg.err, c.answers.API)
	c.stop(msg.at, d.Meaning+" ("+msg.err.Error()+")", flow.Remedy(d.Fix, d.Where))
}

func (c *Check) stop(at flow.Step, problem, fix string) {
	c.phase, c.waiting = stopped, nil
	c.culprit, c.problem, c.fix = at, problem, fix
}

// add puts a result into its row and keeps the first failure selected, until the person moves.
func (c *Check) add(r client.Result) {
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
