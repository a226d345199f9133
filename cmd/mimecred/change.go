package main

import (
	"context"
	"errors"
	"fmt"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// change is one change of a profile by a command. The lifecycle makes it; here is what is said of it on the way and in the end,
// and with which code it ends.
type change struct {
	a     *app
	vault *credstore.Vault
	kind  changeKind
	name  string
	// json prints the checks as JSON, where the command prints any.
	json bool
	// signIn is the sign-in of the change, nil for none.
	signIn *client.SignIn
	// moreKeys tells whether it signs in although keys of an earlier sign-in may be lost.
	moreKeys bool
	// o is what is printed of the checks, lines where they are printed as they come, judged what they have come to.
	o      outcome
	lines  *report
	judged *lifecycle.Judged
}

// changeKind is which command makes a change.
type changeKind int

const (
	settingUp changeKind = iota
	rotating
	resuming
	rollingBack
	checking
)

// change begins a change of a profile.
func (a *app) change(kind changeKind, vault *credstore.Vault, name, format string) *change {
	c := &change{a: a, vault: vault, kind: kind, name: name, json: format == "json"}
	c.o.started, c.o.saved = a.now(), kind != settingUp
	if entry, known, err := vault.Lookup(name); known && err == nil {
		c.o.held = lifecycle.HeldBy(entry)
		c.o.held.Pending = c.o.held.Pending || kind == rotating
	}
	return c
}

// run makes the change, and says how it ended.
func (c *change) run(ctx context.Context, what lifecycle.Change, how lifecycle.Policy) error {
	how.Code = func() secret.Value { return c.signIn.Code }
	how.MoreKeys = func() bool { return c.moreKeys }
	out, err := c.a.service(c.vault, c.name, c.kind != settingUp).Run(ctx, what, how, c.tell)
	return c.conclude(ctx, out, err)
}

// service is what does the sequences of a profile. What it connects with was fine once where it is saved already.
func (a *app) service(vault *credstore.Vault, name string, saved bool) lifecycle.Service {
	return lifecycle.Service{
		Vault: vault, Profiles: vault, Plan: lifecycle.PlanOf, Now: a.now,
		Dial: func(e client.Endpoint) (lifecycle.Mimecast, error) {
			if saved {
				return mimecast(a.dialSaved(credstore.Profile{Name: name, Endpoint: e}))
			}
			return mimecast(a.dial(e))
		},
	}
}

// mimecast makes no client a Mimecast that is nil.
func mimecast(c *client.Client, err error) (lifecycle.Mimecast, error) {
	if err != nil {
		return nil, err
	}
	return c, nil
}

// conclude says how a change has ended, and gives the error that the command ends with.
func (c *change) conclude(ctx context.Context, out lifecycle.Outcome, err error) error {
	c.o.err, c.o.results = out.Untestable, out.Results()
	if c.kind != settingUp {
		c.o.rotation = rotation(c.kind, out)
	}
	switch {
	case out.SignIn != nil:
		return c.noKeys(out)
	case out.SameKeys:
		return c.sameKeys(ctx, out, err)
	case c.judged != nil && !c.judged.GoesOn:
		return c.refused(ctx, out, err)
	case err != nil && c.judged != nil && !out.Activated():
		return c.printed(c.notActivated(err))
	case err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return interruption(ctx)
	case err != nil:
		return c.inTheWay(out.Change, err)
	case out.End == lifecycle.NothingUnfinished, out.End == lifecycle.NothingStored:
		return c.nothing(out)
	default:
		return c.activated(ctx, out)
	}
}

// rotation is what came of a change, for JSON.
func rotation(kind changeKind, out lifecycle.Outcome) *rotationJSON {
	r := &rotationJSON{
		Activated: out.Activated(), Confirmed: out.Change.Confirmed, Renewed: out.SameKeys && out.End == lifecycle.Finished, Lost: []string{},
	}
	if kind != rollingBack {
		r.Retired = out.Retired
	}
	for _, lost := range out.Judgement.Lost {
		r.Lost = append(r.Lost, lost.After.ID)
	}
	return r
}

// printed prints the JSON, where that was asked for, and gives how the command ends.
func (c *change) printed(end error) error {
	if !c.json {
		return end
	}
	if err := c.a.printChecks([]outcome{c.o}); err != nil {
		return err
	}
	return end
}

// inTheWay gives the error of pending created keys the commands to type next.
func (c *change) inTheWay(what lifecycle.Change, err error) error {
	var lost *lifecycle.LostKeysError
	if errors.As(err, &lost) { // which, and where to look, was told when the change began
		return &failure{code: exitStore, err: err, hints: []string{
			"mimecred delete " + c.name + " --pending forgets the reminder, once you have looked",
			fmt.Sprintf("without %q: false it signs in and creates keys all the same", keyMoreKeys),
		}}
	}
	if credstore.KindOf(err) != credstore.PendingKeys {
		return err
	}
	advice := lifecycle.Advise(credstore.UnfinishedChange{Name: c.name, Kind: what.Kind(), Phase: credstore.Staged}, what.Kind() == credstore.Rotation)
	f := storeFailure(err)
	f.hints = []string{
		advice.Command + " first: it tests those keys and activates them when they pass",
		advice.Discard + " discards them",
	}
	return f
}

// notActivated is the failure of a version that was good enough, and could not be activated.
func (c *change) notActivated(err error) error {
	if c.kind == rollingBack {
		return err
	}
	f := *explainAny(err)
	f.hints = append(f.hints[:len(f.hints):len(f.hints)], "mimecred rotate "+c.name+" --resume goes on from what the store has then")
	return &f
}

// noKeys is the end of a sign-in that brought no keys, in the shape of a run of checks.
func (c *change) noKeys(out lifecycle.Outcome) error {
	c.o.given = given{profile: out.Change.Profile(), signIn: c.signIn}
	c.o.plan, _ = planFor(c.o.profile, "") // it was made once already
	c.o.results, c.o.duration = signInResults(c.o.target, out.SignIn), c.a.now().Sub(c.o.started)
	if client.MayHaveCreatedKeys(out.SignIn) {
		c.a.sayUnclear(c.name)
	}
	c.a.replay(c.o, !c.json)
	if c.kind == settingUp {
		c.a.say("%s was not saved", c.name)
	} else {
		c.a.say("%s: the sign-in brought no keys; the current version stays", c.name)
	}
	return c.printed(silent(max(c.o.exit(), exitCheckFailed)))
}

// sameKeys is the end of a sign-in that gave the current keys again.
func (c *change) sameKeys(ctx context.Context, out lifecycle.Outcome, err error) error {
	if ctx.Err() != nil {
		return c.printed(interruption(ctx))
	}
	c.a.sayNoted(c.name, out.Noted)
	switch {
	case out.End == lifecycle.Finished:
		c.a.note("%s: the keys stayed the same, and are valid again; nothing has to be changed where they are used", c.name)
	case err == nil:
		c.a.say("%s: Mimecast gave the same keys again, and does not accept them", c.name)
	}
	if err != nil {
		return c.printed(untestable(c.name, err))
	}
	return c.printed(silent(c.o.exit()))
}

// refused is the end of a change whose version is not good enough: nothing changes what is current.
func (c *change) refused(ctx context.Context, out lifecycle.Outcome, err error) error {
	if c.o.err != nil {
		c.o.err = untestable(c.name, c.o.err)
	}
	switch {
	case err != nil && ctx.Err() == nil: // what was refused could not be removed again
		return c.printed(err)
	case c.kind == settingUp:
		return c.notSaved(ctx, out)
	case c.kind == rollingBack:
		return c.printed(c.notBack(ctx))
	}
	stays := "the new version is pending"
	if out.Change.Replaces {
		stays = "the current version stays, and " + stays
	}
	if ctx.Err() != nil {
		return c.printed(&failure{code: exitInterrupted, err: fmt.Errorf("interrupted: %s", stays), hints: lifecycle.Again(c.name, false)[:1]})
	}
	c.a.say("%s: %s; %s", c.name, c.against(out), stays)
	anyway := out.Judgement.MayAnyway()
	if anyway {
		c.a.sayJudgement(out.Judgement)
	}
	for _, hint := range lifecycle.Again(c.name, anyway) {
		c.a.say("hint: %s", hint)
	}
	return c.printed(silent(max(c.o.exit(), exitCheckFailed)))
}

// notSaved is the end of a set-up whose version is not good enough.
func (c *change) notSaved(ctx context.Context, out lifecycle.Outcome) error {
	if c.o.err != nil {
		c.a.sayError(c.name, c.o.err)
	}
	if out.End == lifecycle.KeptPending {
		c.a.say("%s: the keys that were created are pending", c.name)
		c.a.say("hint: mimecred check %s tests them again, and activates them when they pass", c.name)
	} else {
		c.a.say("%s was not saved", c.name)
		if out.Judgement.MayAnyway() {
			c.a.say("hint: mimecred setup --from FILE --anyway saves it as it is")
		}
	}
	if ctx.Err() != nil {
		return c.printed(interruption(ctx))
	}
	return c.printed(silent(max(c.o.exit(), exitCheckFailed)))
}

// notBack says why the previous version is not made current.
func (c *change) notBack(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return interruption(ctx)
	case c.o.err != nil:
		return c.o.err
	}
	words := "could not be tested"
	if client.Judge(c.o.results).Refused {
		words = "is refused by Mimecast"
	}
	return &failure{
		code: c.o.exit(), err: errors.New(c.name + ": the previous version " + words + "; nothing was changed"),
		hints: []string{"mimecred rollback " + c.name + " --anyway rolls back all the same"},
	}
}

// against says why a version that was tested is not activated.
func (c *change) against(out lifecycle.Outcome) string {
	if c.o.err != nil {
		return "the new version could not be tested: " + oneLine(c.o.trouble())
	}
	why := lifecycle.Clause(out.Judgement.Sentence())
	if f := out.Judgement.Finding; f == lifecycle.Refused || f == lifecycle.Untested {
		why += ": " + oneLine(lifecycle.Trouble(out.Results()))
	}
	return why
}

// untestable is the failure of a version that could not be tested.
func untestable(name string, err error) error {
	var cannot *lifecycle.CannotCheckError
	if errors.As(err, &cannot) && cannot.Where == client.WhereIntegration {
		return unplanned(name, fmt.Errorf("choose the checks of %s: %w", name, cannot.Err))
	}
	return err
}

// nothing is the end of going on where nothing was stored.
func (c *change) nothing(out lifecycle.Outcome) error {
	lost, advice := out.Resumed.MayBeLost(), lifecycle.Advise(out.Resumed, out.Current)
	switch {
	case out.End == lifecycle.NothingUnfinished:
		c.a.note("%s: nothing is unfinished", c.name)
		return nil
	case len(lost) == 0:
		c.a.note("%s: the change stored nothing, so it can only be begun anew", c.name)
		c.a.note("hint: %s begins anew", advice.Anew)
		return nil
	}
	c.a.sayLost(c.name, lost)
	return &failure{
		code: exitStore, err: errors.New(c.name + ": there is nothing to go on with: no new version was stored"),
		hints: []string{advice.Anew + " begins anew", advice.Discard + " forgets the reminder, once you have looked"},
	}
}
