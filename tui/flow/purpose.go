package flow

import (
	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// AtHome is the purpose of the list of profiles, where nothing is changed and from which everything begins.
const AtHome lifecycle.Purpose = -1

// Rotation makes the answers of a profile's set-up those of its rotation: what the profile is has been answered, and can be
// changed on the way all the same.
func Rotation(a Answers) Answers {
	a.Purpose = lifecycle.Rotating
	given := map[Step]bool{Profile: true, Integration: true, API: true, Region: true, Connection: true, Application: a.API == client.API10}
	for s, is := range a.Given {
		given[s] = given[s] || is
	}
	a.Given = given
	return a
}

// ChangeOf makes the answers of a profile's set-up those of a change: the credential stays, and every other answer can be
// gone to.
func ChangeOf(a Answers) Answers {
	a.Purpose = lifecycle.Changing
	a.Given = map[Step]bool{}
	for s := Integration; s < Check; s++ {
		a.Given[s] = true
	}
	return a
}
