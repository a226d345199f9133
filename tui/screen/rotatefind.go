package screen

import (
	"context"
	"errors"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
	"mimecred/tui/flow"
)

// Found is what is known of a profile that is to be rotated.
type Found struct {
	Record credstore.Record
	Entry  credstore.Entry
	// Swap is where an unfinished change stands, when Unfinished is set.
	Swap       credstore.Swap
	Unfinished bool
	// Shares are the other uses of its application, Plan the checks of what is in force.
	Shares []lifecycle.Share
	Plan   client.Plan
	Err    error
}

// FindRotation reads everything about a profile that a rotation needs.
func FindRotation(ctx context.Context, env Env, name string) Found {
	var r Found
	if env.Profiles != nil && env.Profiles.Busy(name) {
		r.Err = &credstore.Error{Kind: credstore.Conflict, Op: "rotate " + name, Err: errors.New("another mimecred is changing it")}
		return r
	}
	if r.Record, r.Swap, r.Unfinished, r.Err = env.Vault.Resume(ctx, name); r.Err != nil {
		return r
	}
	if r.Entry, _, r.Err = env.Vault.Lookup(name); r.Err != nil {
		return r
	}
	if r.Unfinished && r.Swap.Kind == credstore.Renaming {
		r.Err = &credstore.Error{
			Kind: credstore.Conflict, Op: "rotate " + name,
			Err: errors.New(r.Swap.Name + " is being renamed to " + r.Swap.To + ", and " + lifecycle.Advise(r.Swap, true).Command + " has to finish that first"),
		}
		return r
	}
	p := r.Record.ProfileOf(r.Record.Active)
	if env.Profiles != nil {
		if entries, err := env.Profiles.Entries(); err == nil {
			r.Shares = lifecycle.Shares(p, r.Entry, entries)
		}
	}
	if len(r.Shares) == 0 {
		r.Shares = lifecycle.Shares(p, r.Entry, nil)
	}
	if env.Plan != nil {
		r.Plan, _ = env.Plan(lifecycle.Selection(p)) // the check says what is wrong with the plan
	}
	return r
}

// RotationOf are the answers of a rotation of what was found, on top of what the command line said.
func RotationOf(a flow.Answers, found Found) flow.Answers {
	active := found.Record.Active
	if a.Old.ID == active.ID { // the person has been here before, and nothing that was typed since is lost
		a.Shares, a.Orphans = found.Shares, found.Swap.Lost()
		return a
	}
	next := AnswersOf(found.Record, found.Entry).AllowLike(a)
	next.Given, next.Keep, next.Way, next.Ticked, next.Unfinished = a.Given, a.Keep, a.Way, a.Ticked, nil
	next.Promoted, next.Replaces, next.Shares = false, true, found.Shares
	next.Orphans = found.Swap.Lost()
	next.Old = lifecycle.Old{ID: active.ID, Credential: active.Credential, Since: active.CreatedAt}
	if found.Entry.Account != nil {
		next.Old.Account = found.Entry.Account.Code
	}
	if last := found.Entry.Baseline(); last != nil {
		next.Old.Results, next.Old.CheckedAt = lifecycle.Results(last, found.Plan), last.At
	}
	next = flow.Rotation(next)
	next.Change = next.WithoutNew()
	return next
}

// WayRow is a way to rotate, with what it means.
func WayRow(way lifecycle.Way) field.Row {
	switch way {
	case lifecycle.Regenerate:
		return field.Row{
			ID: string(way), Title: "New credentials for the same application",
			About: "The console gives a new Client ID and a new Client Secret. The old pair may stop at once, and whatever uses it stops until it has the new one.",
		}
	case lifecycle.Another:
		return field.Row{
			ID: string(way), Title: "A second application",
			About: "Takes longer, and nothing stops: the old pair works until its application is deleted.",
		}
	case lifecycle.Renew:
		return field.Row{
			ID: string(way), Title: "Renew the same keys",
			About: "Makes expired keys valid again with the service user's password. Both keys stay the same, so that nothing has to be pasted anywhere.",
		}
	case lifecycle.NewKeys, lifecycle.WayUndecided:
	}
	return field.Row{
		ID: string(lifecycle.NewKeys), Title: "New keys",
		About: "Created here with the service user's password, or in the console. The old keys go on working until they are logged out.",
	}
}

// RestRows are what can be done about an unfinished change; none when there is nothing to decide.
func RestRows(found Found) []field.Row {
	switch found.Swap.Phase {
	case credstore.Staged:
		goOn := field.Row{ID: RestGoOn, Title: "Go on with the credential that waits", About: "It is read from the store and tested; nothing has to be typed."}
		giveUp := field.Row{ID: RestGiveUp, Title: "Give it up", About: "It is taken out of the store again. At Mimecast nothing is ended."}
		if KeysWait(found) {
			giveUp.About = "The keys are lost then: they stay valid at Mimecast, and nobody else has them. That is asked once more."
			return []field.Row{goOn, giveUp}
		}
		return []field.Row{goOn, {ID: RestAnew, Title: "Begin anew", About: "What waits is replaced by the new one once that is stored."}, giveUp}
	case credstore.Promoted:
		return []field.Row{
			{ID: RestGoOn, Title: "Confirm the new credential", About: "It is in force since; one live call shows that it works in its place."},
			{ID: RestAnew, Title: "Rotate again"},
		}
	case credstore.Confirmed, credstore.LoggingOut:
		return []field.Row{
			{ID: RestGoOn, Title: "Hand it off, and retire the old one", About: "The new credential is in force and works."},
			{ID: RestAnew, Title: "Rotate again", About: "The version that is kept now is given up for the one in force."},
		}
	case credstore.Begun:
		if found.Swap.Reminds() {
			return []field.Row{
				{ID: RestGoOn, Title: "Rotate", About: "The reminder stays until you have looked."},
				{ID: RestGiveUp, Title: "Forget the reminder", About: "You have looked in the console, and no keys are left there that nobody has."},
			}
		}
		return []field.Row{
			{ID: RestGoOn, Title: "Go on"},
			{ID: RestGiveUp, Title: "Give the rotation up", About: "What is in use stays in use, unless new credentials were generated for its application."},
		}
	case credstore.Creating, credstore.KeysCreated:
	}
	return nil
}

// KeysWait tells whether what waits are keys that were created at Mimecast, and that nobody else has.
func KeysWait(found Found) bool {
	return found.Record.LosesKeys()
}

// InForce are the answers of a rotation whose new version is in force already.
func InForce(a flow.Answers, found Found) flow.Answers {
	next := AnswersOf(found.Record, found.Entry)
	next.Given, next.Keep, next.Ticked, next.Purpose = a.Given, a.Keep, a.Ticked, lifecycle.Rotating
	next.Replaces, next.Shares, next.Orphans = true, found.Shares, found.Swap.Orphans
	next.PreviousKept = found.Record.Previous != nil
	if old := found.Record.Previous; old != nil {
		next.Old = lifecycle.Old{ID: old.ID, Credential: old.Credential, Since: old.CreatedAt}
	}
	next.Way = lifecycle.Regenerate
	if next.API == client.API10 {
		next.Way = lifecycle.NewKeys
	}
	return next
}

// GoOnWith takes up what an earlier run left: a version that waits is tested, one that is in force is confirmed, and an old
// one is handed over and retired.
func GoOnWith(env Env, a flow.Answers, found Found) (flow.Answers, flow.Step) {
	switch found.Swap.Phase {
	case credstore.Staged:
		if next, ok := ResumePending(a, found.Record, found.Entry.Store, env.Vault.Location(found.Entry.Store, a.Name)); ok {
			return next, flow.Check
		}
		return a, flow.Rotate
	case credstore.Promoted:
		return InForce(a, found), flow.Check
	default:
		a = InForce(a, found)
		a.Confirmed = true
		return a, flow.HandOff
	}
}

// NoteTest notes in the list what a test of the version in force has shown, when Mimecast took it: it is what a later try has to
// compare with, should this version stop meanwhile.
func NoteTest(env Env, found Found, results []client.Result) {
	v := client.Judge(results)
	if env.Profiles == nil || !v.Accepted && !v.Refused || v.Canceled {
		return
	}
	sum := lifecycle.Summary(results, env.Now())
	sum.Version = found.Record.Active.ID
	_ = env.Profiles.RecordCheck(found.Record.Profile.Name, sum) // a list that cannot be written is told of elsewhere
}
