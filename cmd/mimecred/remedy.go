package main

import (
	"mimecred/client"
	"mimecred/credstore/lifecycle"
)

// remedy says what to do as a command or a script does it: in the file that the credentials came from, or with a command that
// changes the saved profile.
func (t target) remedy(fix string, where client.Where) string {
	if t.saved {
		return t.held.Commands(t.profile.Name).Remedy(fix, where)
	}
	return lifecycle.FileRemedy(fix, where, t.profile.API)
}

// anyRemedy is the same for an error of which only the command knows whose it is.
func anyRemedy(d client.Diagnosis) string { return lifecycle.ProfileRemedy(d.Fix, d.Where, "NAME") }
