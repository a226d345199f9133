package flow

import (
	"slices"
	"time"

	"mimecred/client"
	"mimecred/client/secret"
	"mimecred/credstore/lifecycle"
)

// KeysWay is how the access keys of API 1.0 come to be.
type KeysWay string

// The two ways, at equal rank.
const (
	CreateHere    KeysWay = "create"
	FromConsole   KeysWay = "console"
	KeysUndecided KeysWay = ""
)

// Answers is what the person has decided so far. It is a value: screens get a copy and hand back a changed copy, so that
// going back and forth never loses an answer. Text is kept as typed, even when it is not valid yet.
type Answers struct {
	// Change is what is done to the profile, as far as it is known, with how far it has come.
	lifecycle.Change

	// HasApplication answers "does the API 1.0 application exist already?"; NewApplication is set when it is created during
	// this set-up. Both are false until the question was answered.
	HasApplication, NewApplication bool
	// ApplicationMadeAt is when it was created, as far as it was noticed; WaitSkipped is set when the person said that it is
	// older.
	ApplicationMadeAt time.Time
	WaitSkipped       bool
	// OwnConnection is set once a proxy or a CA file is to be given.
	OwnConnection bool
	// AllowedHosts are hosts that Mimecast does not list and that the person wants used, as client.HostKey gives them.
	AllowedHosts []string
	KeysWay      KeysWay
	// KeysPasted is set while both keys are those that came in one paste with the application's ID and key.
	KeysPasted bool

	// Ticked are the ids of the walk-through's items that were ticked; ConsoleWay is the variant of the console, "" for the
	// usual one.
	Ticked     map[string]bool
	ConsoleWay string

	// RefusedID is the application ID that Mimecast did not know; a key may have been pasted as one, so that it is never shown.
	RefusedID secret.Value

	// Edited is set while a change of a profile has something that is not saved.
	Edited bool
	// Then is the step that a change goes on with; None is the check.
	Then Step
	// Unfinished are set-ups that were left before they were finished, to be offered first.
	Unfinished []State
	// Given are steps answered before the wizard began (by the command line); they are skipped.
	Given map[Step]bool
	// Settled are steps that have an answer without a question. They are on the path and not asked; each can be opened.
	Settled map[Step]bool
	// FreeName is the name that was looked up and that no profile has; "" before.
	FreeName string
	// Suggestion is what FreeName was made of where nobody chose it: the name follows the product.
	Suggestion string
	// Taken are names of set-ups that were left: a new one gets another.
	Taken []string
	// ProxyLogin is set while the proxy of a set-up that was left wants its user and password again.
	ProxyLogin bool
	// Search is what was typed to find the product.
	Search string
	// Welcome is set when there is no profile yet: the wizard says first what it does.
	Welcome bool
	// LeftAt is the step at which the wizard was left; None before.
	LeftAt Step
}

// Allow is a with the host of a base URL allowed; one that is there already stays.
func (a Answers) Allow(base string) Answers {
	if key := client.HostKey(base); key != "" && !slices.Contains(a.AllowedHosts, key) {
		a.AllowedHosts = append(slices.Clone(a.AllowedHosts), key)
	}
	return a
}

// AllowLike is a with everything allowed that is allowed in other answers.
func (a Answers) AllowLike(other Answers) Answers {
	for _, key := range other.AllowedHosts {
		a = a.Allow(key)
	}
	return a
}

// Place is the place of the base URL; an error when it has to be asked for again.
func (a Answers) Place() (client.Place, error) {
	return client.Recognise(a.BaseURL, a.API, a.AllowedHosts...)
}
