package step

import (
	"strings"
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// What can be done about a rotation that an earlier run did not finish.
const (
	RestContinue = "go-on"
	restAnew     = "anew"
	RestDiscard  = "give-up"
)

// RotateForm asks how the new credential comes to be.
func RotateForm(_ Env, a flow.Answers) Form {
	q := Question{
		ID: "way", Label: "How do you get the new credential?",
		Help: []string{"The current version stays current until the new one has passed its checks."},
	}
	for _, way := range a.Ways() {
		q.Options = append(q.Options, wayOption(way))
	}
	now := string(a.Way)
	switch {
	case a.Way != lifecycle.WayUndecided:
	case lifecycle.KeysExpired(a.Replaced.Tested):
		now = string(lifecycle.Renew)
	default:
		now = string(a.Ways()[0])
	}
	return Form{Step: flow.Rotate, Questions: []Question{optionAt(q, now, func(a *flow.Answers, id string) { a.Way = lifecycle.Way(id) })}}
}

// RestLabel asks what to do about an unfinished change.
const RestLabel = "Unfinished change: what now?"

// wayOption is a way to rotate, with what it means.
func wayOption(way lifecycle.Way) Option {
	switch way {
	case lifecycle.Regenerate:
		return Option{
			ID: string(way), Title: "New credentials for the same application",
			About: "The console generates a new Client ID and Client Secret. The current ones may stop at once, and so does whatever uses them.",
		}
	case lifecycle.Another:
		return Option{
			ID: string(way), Title: "A second application",
			About: "Takes longer, and nothing stops: the current credential works until you delete its application.",
		}
	case lifecycle.Renew:
		return Option{
			ID: string(way), Title: "Renew the same keys",
			About: "Makes expired keys valid again with the service user's password. Both keys stay the same, so you paste nothing anywhere.",
		}
	case lifecycle.NewKeys, lifecycle.WayUndecided:
	}
	return Option{
		ID: string(lifecycle.NewKeys), Title: "New keys",
		About: "Create them here with the service user's password, or in the console. The current keys work until you log them out.",
	}
}

// RestOptions are what can be done about an unfinished change; none when there is nothing to decide.
func RestOptions(found lifecycle.Found) []Option {
	switch found.Change.Phase {
	case credstore.Staged:
		goOn := Option{ID: RestContinue, Title: "Continue with the pending version", About: "mimecred reads it from the store and tests it; you type nothing."}
		discard := Option{ID: RestDiscard, Title: "Discard it", About: "Deletes it from the store. Nothing changes at Mimecast."}
		if found.KeysPending() {
			discard.About = "You lose the keys: they stay valid at Mimecast, and nobody has them. mimecred asks once more."
			return []Option{goOn, discard}
		}
		return []Option{goOn, {ID: restAnew, Title: "Start again", About: "The new version replaces the pending one as soon as it is saved."}, discard}
	case credstore.Activated:
		return []Option{
			{ID: RestContinue, Title: "Confirm the new credential", About: "It is current already; one live call confirms that it works."},
			{ID: restAnew, Title: "Rotate again"},
		}
	case credstore.Confirmed, credstore.LoggingOut:
		return []Option{
			{ID: RestContinue, Title: "Hand it off, and retire the previous version", About: "The new credential is current and works."},
			{ID: restAnew, Title: "Rotate again", About: "Activating the next version discards the previous one that is kept now."},
		}
	case credstore.Begun:
		if found.Change.Reminds() {
			return []Option{
				{ID: RestContinue, Title: "Rotate", About: "The reminder stays until you have looked."},
				{ID: RestDiscard, Title: "Delete the reminder", About: "You have looked in the console, and found no lost keys there."},
			}
		}
		return []Option{
			{ID: RestContinue, Title: "Go on"},
			{ID: RestDiscard, Title: "Discard the rotation", About: "The current version stays current, unless you generated new credentials for its application."},
		}
	case credstore.Creating, credstore.KeysCreated:
	}
	return nil
}

// SinceWords say how old the current credential is, and when it is to be rotated.
func SinceWords(a flow.Answers, e credstore.Entry, now time.Time) string {
	text := "Current since " + a.Replaced.Since.Local().Format("2 January 2006") + " (" + Ago(a.Replaced.Since, now) + ")"
	if due, ok := e.RotationDue(); ok {
		if now.Before(due) {
			text += ", to be rotated by " + due.Local().Format("2 January 2006")
		} else {
			text += ", to be rotated since " + due.Local().Format("2 January 2006")
		}
	}
	return text + "."
}

// SharedWords name who else uses the application.
func SharedWords(a flow.Answers) string {
	var names []string
	for _, share := range a.Shares {
		names = append(names, share.Words())
	}
	switch {
	case len(names) > 0 && a.API == client.API20:
		return "The application is used by " + manyNames(names) + " as well: they need the new credential too."
	case len(names) > 0:
		return "The application is used by " + manyNames(names) + " as well. Keys of their own stay as they are."
	case a.API == client.API20:
		return "Anything else that uses this credential needs the new one too. mimecred knows no other profile with it."
	}
	return ""
}

// PreviousWords say what becomes of a version that is kept from an earlier rotation; "" when there is none.
func PreviousWords(found lifecycle.Found) string {
	old := found.Record.Previous
	if old == nil || found.Record.Current == nil || found.Unfinished && found.Change.Phase != credstore.Begun {
		return ""
	}
	text := "Activating the new version discards the previous one that is kept now."
	keys, legacy := old.Credential.(client.Legacy)
	now, same := found.Record.Current.Credential.(client.Legacy)
	if legacy && (!same || !keys.AccessKey.Equal(now.AccessKey)) {
		text += " Its access key stays valid at Mimecast, unless mimecred retire " + found.Record.Profile.Name + " logs it out first."
	}
	return text
}

// UnfinishedWords say how far an earlier change came.
func UnfinishedWords(found lifecycle.Found) []string {
	s := found.Change
	switch {
	case !found.Unfinished, s.Reminds(), s.Phase == credstore.Creating, s.Phase == credstore.KeysCreated:
		return nil // LostLines tells of sign-ins
	}
	text := lifecycle.ProgressOf(s).Words
	if !lifecycle.TellsWhen(s) {
		text += ", since " + Day(s.At.Local()) + " at " + s.At.Local().Format("15:04")
	}
	text = strings.ToUpper(text[:1]) + text[1:] + "."
	if s.Phase == credstore.Begun {
		text += " If you have generated new credentials since, paste them now."
	}
	return []string{text}
}

// CountWords count checks: "9 passed, 1 failed".
func CountWords(v client.Verdict) string {
	words := counted(count{v.Passed, "passed", "passed"}, count{v.Warnings, "with a warning", "with a warning"}, count{v.Failed, "failed", "failed"})
	switch {
	case words == "":
		return "no check"
	case v.NothingWorks && v.Failed == 0:
		return words + ", every call of the product failed"
	}
	return words
}
