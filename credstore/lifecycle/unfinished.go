package lifecycle

import "mimecred/credstore"

// ProgressWords says how far an unfinished change has come, in two lengths: a clause, and a word or two for a table.
type ProgressWords struct{ Words, Brief string }

// TellsWhen tells whether the words of ProgressOf say when that was.
func TellsWhen(s credstore.UnfinishedChange) bool {
	return s.Kind != credstore.Renaming && s.Phase == credstore.Staged && pendingOf(s).State != NotTried
}

// ProgressOf says how far an unfinished change of a profile has come. It is the one place that words it.
func ProgressOf(s credstore.UnfinishedChange) ProgressWords {
	if s.Kind == credstore.Renaming {
		return ProgressWords{"it is being renamed to " + s.To, "renaming"}
	}
	switch s.Phase {
	case credstore.Begun:
		if len(s.LostKeys) > 0 {
			return ProgressWords{"there may be lost keys at Mimecast", begun(s.Kind)}
		}
		return ProgressWords{begun(s.Kind) + ", and nothing was stored", begun(s.Kind)}
	case credstore.Creating:
		return ProgressWords{"a sign-in asked for keys, and its answer was lost", "keys unclear"}
	case credstore.KeysCreated:
		return ProgressWords{"keys were created, and no store has them", "keys unclear"}
	case credstore.Staged:
		return stagedWords(s)
	case credstore.Activated:
		if s.Kind == credstore.RollBack {
			return ProgressWords{"rolled back, and not confirmed", "not confirmed"}
		}
		return ProgressWords{"the new version is current, and not confirmed", "not confirmed"}
	case credstore.Confirmed:
		return ProgressWords{"the previous version is still to be retired", "retire previous"}
	case credstore.LoggingOut:
		return ProgressWords{"the previous key was being logged out, and the answer was lost", "retire previous"}
	default:
		return ProgressWords{"not finished", "not finished"}
	}
}

// stagedWords say how the last test of a pending version ended.
func stagedWords(s credstore.UnfinishedChange) ProgressWords {
	what := "the pending version"
	switch s.Kind {
	case credstore.Change:
		what = "the edit"
	case credstore.Renewal:
		what = "the renewed keys"
	default:
	}
	t := pendingOf(s)
	return ProgressWords{what + " " + t.Words, t.Brief}
}

// begun says which change was begun.
func begun(kind credstore.ChangeKind) string {
	switch kind {
	case credstore.Rotation:
		return "rotation begun"
	case credstore.Renewal:
		return "renewal of its keys begun"
	case credstore.Change:
		return "edit begun"
	case credstore.RollBack:
		return "roll back begun"
	default:
		return "set-up begun"
	}
}
