package lifecycle

import "mimecred/credstore"

// Advice is how far an unfinished change of a profile has come, and the commands that are accepted there.
type Advice struct {
	// Progress says in a few words how far the change has come.
	Progress string
	// Command continues it. Somebody at a terminal may be asked something.
	Command string
	// Script continues it without a question; FILE in it is a file of credentials.
	Script string
	// Does says what Command does, as it follows the command: "tests the pending version".
	Does string
	// Anew begins the change once more where nothing of it was stored; "" where something was.
	Anew string
	// Discard discards the change; "" where it cannot be discarded any more.
	Discard string
}

// Advise gives the advice for an unfinished change. current tells whether the profile has a current version. It is the one
// place that knows which command is accepted in which state; errors and hints of all fronts ask it.
func Advise(s credstore.UnfinishedChange, current bool) Advice {
	a := Advice{Progress: ProgressOf(s).Words}
	if s.Kind == credstore.Renaming {
		a.Command = "mimecred rename " + s.Name + " " + s.To
		a.Script, a.Does = a.Command, "finishes the renaming"
		return a
	}
	discard := "mimecred delete " + s.Name + " --pending"
	switch s.Phase {
	case credstore.Staged:
		a.Discard = discard
		return tested(a, s, current)
	case credstore.Activated:
		return tested(a, s, current)
	case credstore.Confirmed:
		a.Command, a.Script = "mimecred rotate "+s.Name, "mimecred rotate "+s.Name+" --resume"
		a.Does = "asks about the previous version"
		return a
	case credstore.LoggingOut:
		a.Command = "mimecred retire " + s.Name
		a.Script, a.Does = a.Command+" --yes", "logs the previous key out"
		return a
	default:
		a.Discard = discard
		return begunAnew(a, s, current)
	}
}

// tested is for a version that is stored: a test continues the change, unless Mimecast refused it already.
func tested(a Advice, s credstore.UnfinishedChange, current bool) Advice {
	if PendingRefused(s) {
		return refusedPending(a, s, current)
	}
	a.Does = "tests the pending version, and activates it when it passes"
	if s.Phase == credstore.Activated {
		a.Does = "confirms the current version"
	}
	a.Command = "mimecred rotate " + s.Name + " --resume"
	if !current || s.Phase == credstore.Activated && (s.Kind == credstore.SetUp || s.Kind == credstore.RollBack) {
		a.Command = "mimecred check " + s.Name
	}
	a.Script = a.Command
	return a
}

// refusedPending is for a pending version that Mimecast refused: another credential helps, or the same one where something was changed
// at Mimecast since. A file does not replace the only copy of keys that were created.
func refusedPending(a Advice, s credstore.UnfinishedChange, current bool) Advice {
	again := "mimecred check " + s.Name
	a.Command, a.Does = "mimecred setup "+s.Name, "tests it again, or asks for another credential"
	if current {
		again = "mimecred rotate " + s.Name + " --resume"
		a.Command = "mimecred rotate " + s.Name
	}
	if a.Script = a.Command + " --from FILE"; s.Listed.PendingKeys {
		a.Script = again
	}
	return a
}

// begunAnew is for a change of which nothing was stored.
func begunAnew(a Advice, s credstore.UnfinishedChange, current bool) Advice {
	switch {
	case !current:
		a.Anew = "mimecred setup " + s.Name
		a.Script = a.Anew + " --from FILE"
	case s.Kind == credstore.Change:
		a.Anew = "mimecred edit " + s.Name
		a.Script = "mimecred setup " + s.Name + " --from FILE"
	case s.Kind == credstore.RollBack && (s.Listed == nil || s.Listed.Previous):
		a.Anew = "mimecred rollback " + s.Name
		a.Script = a.Anew
	default:
		a.Anew = "mimecred rotate " + s.Name
		a.Script = a.Anew + " --from FILE"
	}
	a.Command, a.Does = a.Anew, "begins anew"
	if s.Reminds() && current {
		a.Command, a.Script, a.Does = a.Discard, a.Discard, "forgets the reminder, once you have looked"
	}
	return a
}

// Hints are the commands to type next, each with what it does.
func (a Advice) Hints() []string {
	list := []string{a.Command + " goes on with what is unfinished: it " + a.Does}
	if a.Script != a.Command {
		list = append(list, a.Script+" does so in a script")
	}
	if a.Discard != "" && a.Discard != a.Command {
		list = append(list, a.Discard+" discards it")
	}
	return list
}
