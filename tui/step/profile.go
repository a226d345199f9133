package step

import (
	"fmt"

	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// PendingWaits tells whether entry has a version that an earlier run staged and that was never activated.
func PendingWaits(entry credstore.Entry, a flow.Answers) bool {
	return entry.Pending && (!a.Staged || a.StagedName != entry.Name)
}

// MayReplacePending gives the reason why setting a profile up anew is refused while v is pending in it; "" when it is not.
func MayReplacePending(name string, v *credstore.Version) string {
	if v == nil || v.Source != credstore.Created {
		return ""
	}
	return fmt.Sprintf("Keys that were created at Mimecast on %s are pending in %s, and nobody else has them. Continue with them, choose another name, or discard them with %s.",
		v.CreatedAt.Format("2 January 2006"), name, lifecycle.Advise(credstore.UnfinishedChange{Name: name, Kind: credstore.SetUp, Phase: credstore.Staged}, false).Discard)
}
