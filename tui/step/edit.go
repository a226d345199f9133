package step

import (
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// EditOf are the answers of a change around what is in force of a record. problem and fix say why there is none.
func EditOf(env Env, name string, r credstore.Record, entry credstore.Entry) (a flow.Answers, problem, fix string) {
	switch {
	case r.Active == nil:
		return a, name + " has no credential in force yet.", "mimecred setup " + name + " goes on with it."
	case r.Pending != nil:
		return a, "A version of " + name + " waits to be put in force.", "Finish that first: mimecred rotate " + name + "."
	}
	a = flow.Of(lifecycle.Current(r, entry))
	a.Promoted, a.Replaces, a.Location = false, true, env.Vault.Location(entry.Store, name)
	return flow.ChangeOf(a), "", ""
}
