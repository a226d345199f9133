package step

import (
	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/client/catalog/console"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// DoneWords say what the profile is good for now.
func DoneWords(env Env, a flow.Answers) string {
	switch {
	case env.Passing(a.Store) && a.Works():
		return "The credential of " + a.Name + " works, and nothing has kept it beyond this session."
	case env.Passing(a.Store):
		return "Nothing has kept the credential of " + a.Name + " beyond this session."
	}
	switch a.Purpose {
	case lifecycle.Rotating:
		return "The profile " + a.Name + " has its new credential" + RetiredWords(a) + "."
	case lifecycle.RollingBack:
		return "The previous version is current again for " + a.Name + ". What uses it needs the earlier values once more."
	case lifecycle.Changing:
		return "The profile " + a.Name + " is changed; its credential is the same."
	case lifecycle.SettingUp, flow.AtHome:
	}
	return "The profile " + a.Name + " is ready."
}

// RetiredWords say what became of the version that was replaced.
func RetiredWords(a flow.Answers) string {
	switch a.Retired {
	case lifecycle.LoggedOut:
		return "; the previous key is logged out"
	case lifecycle.Ended:
		return "; the previous key, which Mimecast no longer accepts, is deleted here"
	case lifecycle.Forgotten:
		return "; the previous version is deleted here"
	case lifecycle.Kept:
		return "; the previous version is kept for " + a.KeepFor().Words()
	case lifecycle.RetireUndecided:
	}
	return ""
}

// Command is a command to type next, and what it does.
type Command struct{ Line, About string }

// NextCommands are the commands that use the profile of the answers. They are commands that exist.
func NextCommands(env Env, a flow.Answers) []Command {
	if env.Demo != nil {
		return []Command{{"mimecred setup", "the same with your own tenant"}}
	}
	if env.Passing(a.Store) {
		return []Command{{"mimecred setup " + a.Name, "once more, where a keyring works"}}
	}
	value := "client_secret"
	if a.API == client.API10 {
		value = "secret_key"
	}
	commands := []Command{
		{"mimecred check " + a.Name, "test it again"},
		{"mimecred show " + a.Name, "what is known about it"},
		{"mimecred get " + a.Name + " " + value, "one value, for another program"},
	}
	if a.PreviousKept && a.Purpose == lifecycle.Rotating {
		commands = append(commands, Command{"mimecred rollback " + a.Name, "make the previous version current again"})
	}
	if flow.Previous(flow.Done, a) == flow.HandOff {
		commands = append(commands, Command{"mimecred handoff " + a.Name, "the product's form once more"})
	}
	return commands
}

// Afterwards is what remains to be done in the console once the credential works, a sentence each.
func Afterwards(a flow.Answers) []string {
	needs, err := catalog.RequirementsFor(a.Selection())
	if err != nil {
		return nil
	}
	var todo []string
	for _, item := range console.Of(Walkthrough(a, console.Existing, needs), console.After) {
		text := item.Title
		if item.Path != "" {
			text += " (" + item.Path + ")"
		}
		todo = append(todo, text+". "+item.Reason)
	}
	return todo
}
