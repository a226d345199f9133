package main

import (
	"mimecred/client"
	"mimecred/tui/work"
)

// remedy is what to do about a result, as a command or a script does it: in the file that the credentials came from, or with a
// command that changes the saved profile.
func (t target) remedy(r client.Result) string {
	if t.saved {
		return work.ProfileRemedy(r.Fix, r.Where, t.profile.Name)
	}
	return work.FileRemedy(r.Fix, r.Where, t.profile.API)
}

// anyRemedy is the same for an error of which only the command knows whose it is.
func anyRemedy(d client.Diagnosis) string { return work.ProfileRemedy(d.Fix, d.Where, "NAME") }
