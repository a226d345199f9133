package screen

import (
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/field"
)

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
func RestRows(found lifecycle.Found) []field.Row {
	switch found.Swap.Phase {
	case credstore.Staged:
		goOn := field.Row{ID: RestGoOn, Title: "Go on with the credential that waits", About: "It is read from the store and tested; nothing has to be typed."}
		giveUp := field.Row{ID: RestGiveUp, Title: "Give it up", About: "It is taken out of the store again. At Mimecast nothing is ended."}
		if found.KeysWait() {
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
