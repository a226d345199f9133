package step

import (
	"fmt"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// PendingWaits tells whether entry has a version that an earlier run stored and that never came into force.
func PendingWaits(entry credstore.Entry, a flow.Answers) bool {
	return entry.Pending && (!a.Staged || a.StagedName != entry.Name)
}

// MayReplacePending gives the reason why setting a profile up anew is refused while v waits in it; "" when nothing does.
func MayReplacePending(name string, v *credstore.Version) string {
	if v == nil || v.Source != credstore.Created {
		return ""
	}
	return fmt.Sprintf("Keys that were created at Mimecast on %s wait in %s, and nobody else has them. Go on with them, choose another name, or give them up with %s.",
		v.CreatedAt.Format("2 January 2006"), name, lifecycle.Advise(credstore.UnfinishedChange{Name: name, Kind: credstore.SetUp, Phase: credstore.Staged}, false).Discard)
}
