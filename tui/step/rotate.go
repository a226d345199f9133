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
	RestGoOn   = "go-on"
	RestAnew   = "anew"
	RestGiveUp = "give-up"
)

// RotateForm asks how the new credential comes to be.
func RotateForm(_ Env, a flow.Answers) Form {
	q := Question{
		ID: "way", Label: "How will the new credential come to be?",
		Help: []string{"What is in use now stays in use here until the new one has passed its checks."},
	}
	for _, way := range a.Ways() {
		q.Options = append(q.Options, WayOption(way))
	}
	now := string(a.Way)
	switch {
	case a.Way != lifecycle.WayUndecided:
	case lifecycle.KeysExpired(a.Old.Tested):
		now = string(lifecycle.Renew)
	default:
		now = string(a.Ways()[0])
	}
	return Form{Step: flow.Rotate, Questions: []Question{optionAt(q, now, func(a *flow.Answers, id string) { a.Way = lifecycle.Way(id) })}}
}

// RestLabel asks what to do about an unfinished change.
const RestLabel = "What was begun earlier. What now?"

// WayOption is a way to rotate, with what it means.
func WayOption(way lifecycle.Way) Option {
	switch way {
	case lifecycle.Regenerate:
		return Option{
			ID: string(way), Title: "New credentials for the same application",
			About: "The console gives a new Client ID and a new Client Secret. The old pair may stop at once, and whatever uses it stops until it has the new one.",
		}
	case lifecycle.Another:
		return Option{
			ID: string(way), Title: "A second application",
			About: "Takes longer, and nothing stops: the old pair works until its application is deleted.",
		}
	case lifecycle.Renew:
		return Option{
			ID: string(way), Title: "Renew the same keys",
			About: "Makes expired keys valid again with the service user's password. Both keys stay the same, so that nothing has to be pasted anywhere.",
		}
	case lifecycle.NewKeys, lifecycle.WayUndecided:
	}
	return Option{
		ID: string(lifecycle.NewKeys), Title: "New keys",
		About: "Created here with the service user's password, or in the console. The old keys go on working until they are logged out.",
	}
}

// RestOptions are what can be done about an unfinished change; none when there is nothing to decide.
func RestOptions(found lifecycle.Found) []Option {
	switch found.Change.Phase {
	case credstore.Staged:
		goOn := Option{ID: RestGoOn, Title: "Go on with the credential that waits", About: "It is read from the store and tested; nothing has to be typed."}
		giveUp := Option{ID: RestGiveUp, Title: "Give it up", About: "It is taken out of the store again. At Mimecast nothing is ended."}
		if found.KeysPending() {
			giveUp.About = "The keys are lost then: they stay valid at Mimecast, and nobody else has them. That is asked once more."
			return []Option{goOn, giveUp}
		}
		return []Option{goOn, {ID: RestAnew, Title: "Begin anew", About: "What waits is replaced by the new one once that is stored."}, giveUp}
	case credstore.Activated:
		return []Option{
			{ID: RestGoOn, Title: "Confirm the new credential", About: "It is in force since; one live call shows that it works in its place."},
			{ID: RestAnew, Title: "Rotate again"},
		}
	case credstore.Confirmed, credstore.LoggingOut:
		return []Option{
			{ID: RestGoOn, Title: "Hand it off, and retire the old one", About: "The new credential is in force and works."},
			{ID: RestAnew, Title: "Rotate again", About: "The version that is kept now is given up for the one in force."},
		}
	case credstore.Begun:
		if found.Change.Reminds() {
			return []Option{
				{ID: RestGoOn, Title: "Rotate", About: "The reminder stays until you have looked."},
				{ID: RestGiveUp, Title: "Forget the reminder", About: "You have looked in the console, and no keys are left there that nobody has."},
			}
		}
		return []Option{
			{ID: RestGoOn, Title: "Go on"},
			{ID: RestGiveUp, Title: "Give the rotation up", About: "What is in use stays in use, unless new credentials were generated for its application."},
		}
	case credstore.Creating, credstore.KeysCreated:
	}
	return nil
}

// SinceWords say how old the credential in force is, and when it is to be rotated.
func SinceWords(a flow.Answers, e credstore.Entry, now time.Time) string {
	text := "In use since " + a.Old.Since.Local().Format("2 January 2006") + " (" + Ago(a.Old.Since, now) + ")"
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
		return "The application is used by " + manyNames(names) + " as well: they need the new pair too."
	case len(names) > 0:
		return "The application is used by " + manyNames(names) + " as well. Keys of their own stay as they are."
	case a.API == client.API20:
		return "Whatever else was given the same pair needs the new one too. mimecred knows of no other profile with it."
	}
	return ""
}

// PreviousWords say what becomes of a version that is kept from an earlier rotation; "" when there is none.
func PreviousWords(found lifecycle.Found) string {
	old := found.Record.Previous
	if old == nil || found.Record.Active == nil || found.Unfinished && found.Change.Phase != credstore.Begun {
		return ""
	}
	text := "The version that is kept from before is given up when the new one is put in force."
	keys, legacy := old.Credential.(client.Legacy)
	now, same := found.Record.Active.Credential.(client.Legacy)
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
	text += ", since " + Day(s.At.Local()) + " at " + s.At.Local().Format("15:04")
	text = strings.ToUpper(text[:1]) + text[1:] + "."
	if s.Phase == credstore.Begun {
		text += " If new credentials were generated since, they can be pasted now."
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
