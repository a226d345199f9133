package lifecycle

import (
	"mimecred/client"
	"mimecred/credstore"
)

// End is where a run of a change has ended.
type End int

// The ends, in the order of the story.
const (
	// Unchanged: nothing was stored, and nothing else was changed.
	Unchanged End = iota
	// NothingUnfinished: there was nothing to go on with.
	NothingUnfinished
	// NothingStored: a change was begun, and no new version came to be.
	NothingStored
	// Discarded: the new version was refused, and removed from the store again.
	Discarded
	// KeptPending: the new version stays pending; the current one stays current.
	KeptPending
	// Unconfirmed: the new version is current, and no live call has shown that it works there.
	Unconfirmed
	// Finished: the new version is current and confirmed.
	Finished
)

// Outcome is what came of a run.
type Outcome struct {
	End End
	// Change is the change as far as it has come. Its Results are those of the version that was to be activated.
	Change Change
	// Resumed is the unfinished change that the run went on with, and Current tells whether the profile had a current version.
	Resumed credstore.UnfinishedChange
	Current bool
	// SignIn is why Mimecast gave no keys.
	SignIn error
	// SameKeys tells that the sign-in gave the current keys again. Where they work they are renewed, which is Finished.
	SameKeys bool
	// Untestable is why the new version could not be tested at all.
	Untestable error
	Judgement  Judgement
	// Confirmation is nil when nothing was called after the activation.
	Confirmation *Confirmation
	// Previous is the version that was replaced, when it is still kept; Retired is what became of it, Ended how its keys ended,
	// and Unretired why it was kept although it was to be retired.
	Previous  *credstore.Version
	Retired   Retired
	Ended     KeyEnd
	Unretired error
	// Noted is what noting a test of renewed keys has led to.
	Noted Noted
}

// Activated tells whether the new version is current.
func (o Outcome) Activated() bool { return o.End >= Unconfirmed && !o.SameKeys }

// Results are the checks that decided; where nothing but the current version was tested, those that confirmed it.
func (o Outcome) Results() []client.Result {
	if o.Change.Results == nil && o.Confirmation != nil {
		return o.Confirmation.Results
	}
	return o.Change.Results
}
