package main

import (
	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
)

// tell prints the checks as they come, and says what is to be known before they have ended.
func (c *change) tell(e lifecycle.Event) {
	switch e := e.(type) {
	case lifecycle.Planned:
		c.o.profile, c.o.started = e.Profile, c.a.now()
		c.lines = c.a.newReport(c.o.target, e.Steps, !c.json && !c.a.flags.quiet)
	case lifecycle.Foreseen:
		c.lines.row(e.Result)
	case lifecycle.Checked:
		c.lines.row(e.Result)
		c.o.results = append(c.o.results, e.Result)
	case lifecycle.Compared:
		if c.kind != checking { // said with what came of the test
			c.sayCompared(e)
		}
	case lifecycle.Judged:
		c.sayJudged(e)
	case lifecycle.Unfinished:
		c.sayUnfinished(e.UnfinishedChange)
	default:
		c.a.tellOf(c.name, e)
	}
}

// tellOf says what is the same for every change.
func (a *app) tellOf(name string, e lifecycle.Event) {
	switch e := e.(type) {
	case lifecycle.KeysLost:
		a.sayLost(name, e.LostKeys)
	case lifecycle.PushesOut:
		a.note("%s: the previous version is forgotten with this; its access key stays valid at Mimecast", name)
		a.note("hint: mimecred retire %s, before the next change, logs it out", name)
	case lifecycle.KeysCame:
		a.noteExpiry(name, e.ExpireAt)
	case lifecycle.OtherKeys:
		a.note("%s: Mimecast gave other keys instead of renewing the current ones; they replace them", name)
	case lifecycle.Replacing:
		a.note("%s: if the new secret was generated for the same application, the current one may have stopped already", name)
		for _, share := range e.Shares {
			a.note("%s: %s uses the same application, and needs the new credential, too", name, share.Words())
		}
	case lifecycle.UnstoredLoggedOut:
		a.sayUnstored(e.Err)
	case lifecycle.Remark:
		a.say("warning: %s: %s", name, oneLine(e.Text))
	case lifecycle.LoggingOut:
		a.noteStops(e)
	case lifecycle.Repeating:
		a.note("%s: Mimecast refuses this like a new application (%s); trying again in %s, for another %s",
			name, e.Kind, client.Roughly(e.Pause), client.Roughly(e.Left))
	default:
		a.tell(e)
	}
}

// tell says what the lifecycle tells of and no report has a place for.
func (a *app) tell(e lifecycle.Event) {
	switch e := e.(type) {
	case lifecycle.Waiting:
		a.sayWaiting(e.Waiting)
	case lifecycle.NotListed:
		a.unlisted(e.Name, e.Err)
	case lifecycle.ExpiryNotNoted:
		a.say("warning: %s: until when the keys are valid could not be noted: %s", e.Name, oneLine(explainAny(e.Err).Error()))
	}
}

// sayUnfinished says how far an earlier change has come.
func (c *change) sayUnfinished(s credstore.UnfinishedChange) {
	switch {
	case c.kind == resuming && (s.Phase == credstore.Confirmed || s.Phase == credstore.LoggingOut):
		c.a.note("%s: the new version is current and confirmed; %s", c.name, lifecycle.ProgressOf(s).Words)
	case c.kind == resuming, c.kind == checking:
	default:
		c.a.note("%s: an earlier change is not finished (%s)", c.name, c.a.progress(s))
		if s.Phase == credstore.Staged {
			c.a.note("hint: this one replaces the pending version")
		}
	}
}

// sayCompared says what the new version is compared with.
func (c *change) sayCompared(e lifecycle.Compared) {
	say := c.a.say
	if client.Judge(e.Results).Accepted {
		say = c.a.note
	}
	say("%s: %s", c.name, oneLine(lifecycle.Clause(e.Words())))
}

// sayJudged ends the report of the checks, and says what is activated although it lacks something.
func (c *change) sayJudged(e lifecycle.Judged) {
	c.judged, c.o.duration = &e, c.a.now().Sub(c.o.started)
	if c.lines != nil && len(c.o.results) > 0 {
		c.lines.end(c.o)
	}
	if c.kind == rollingBack {
		for _, line := range e.ComparedBack() {
			c.a.note("%s", oneLine(line))
		}
	}
	if !e.GoesOn || c.kind == rollingBack || c.kind == checking {
		return
	}
	if !e.Passes() {
		if c.kind == settingUp {
			c.a.say("%s is saved although not every check passed", c.name)
		} else {
			c.a.say("%s: the new version is activated as it is", c.name)
			c.a.sayJudgement(e.Judgement)
		}
	}
	for _, line := range lifecycle.Gains(e.Difference) {
		c.a.note("%s", oneLine(line))
	}
}

// sayLost says which sign-ins may have left keys at Mimecast that nobody has.
func (a *app) sayLost(name string, lost []credstore.LostKeys) {
	fix := ""
	for _, o := range lost {
		var sentence string
		sentence, fix = lifecycle.LostWords(o)
		a.say("warning: %s: %s", name, oneLine(sentence))
	}
	if fix != "" {
		a.say("hint: %s", oneLine(fix))
	}
}

// sayUnstored says what became of created keys that could not be stored.
func (a *app) sayUnstored(err error) {
	if err != nil {
		a.say("the access key that was created could neither be stored nor logged out: %s", oneLine(err.Error()))
		a.say("hint: remove it in the console, at the application's access keys")
		return
	}
	a.say("the access key that was created could not be stored and was logged out again")
}
