package lifecycle

import (
	"context"
	"time"

	"mimecred/client"
	"mimecred/credstore"
)

// Event is a fact about a change, as it becomes known. It says nothing about how it is shown.
type Event interface{ event() }

// The events.
type (
	// Waiting tells that a store has been silent for a while, mostly because a person has to unlock it.
	Waiting struct{ credstore.Waiting }
	// Planned tells which checks are about to be made.
	Planned struct {
		Steps []client.Step
		// Pending is set when a version is checked that is not current yet.
		Pending bool
		// Profile is what they are made for.
		Profile credstore.Profile
	}
	// Checked is one check that is finished.
	Checked struct{ client.Result }
	// Foreseen is a check that is finished, and comes as Checked once those before it in the plan are; see client.CheckWatched.
	Foreseen struct{ client.Result }
	// Repeating tells that Mimecast refuses a credential as that of a new application, with the kind of the refusal: the checks
	// are made again after a pause, for as long as is left.
	Repeating struct {
		Kind        client.Kind
		Pause, Left time.Duration
	}
	// NotListed tells that what was asked for is done, and that only the list of profiles could not be written.
	NotListed struct {
		Name string
		Err  error
	}
	// ExpiryNotNoted tells that keys were renewed, and that until when could not be noted.
	ExpiryNotNoted struct {
		Name string
		Err  error
	}
)

// The events of Run.
type (
	// Unfinished tells how far an earlier change of the profile has come.
	Unfinished struct{ credstore.UnfinishedChange }
	// KeysLost are sign-ins that may have left keys at Mimecast which nobody has.
	KeysLost struct{ LostKeys []credstore.LostKeys }
	// PushesOut tells that the change will push a previous version out of the profile whose keys are still valid at Mimecast.
	PushesOut struct{}
	// KeysCame tells that a sign-in brought keys, and until when they are valid; zero for no end.
	KeysCame struct{ ExpireAt time.Time }
	// OtherKeys tells that a renewal gave other keys, which replace the current ones.
	OtherKeys struct{}
	// Replacing tells that a pair of API 2.0 replaces another one, and who else uses the application.
	Replacing struct{ Shares []Share }
	// UnstoredLoggedOut tells that created keys could not be stored and were logged out again, or why they could not be.
	UnstoredLoggedOut struct{ Err error }
	// Remark is something about staging that a person should know.
	Remark struct{ Text string }
	// Compared is the test of the current version, to compare the new one with. Last is set when it did not work and its
	// earlier check is used.
	Compared struct {
		Results []client.Result
		Last    time.Time
	}
	// Judged ends the checks; GoesOn tells whether the change goes on.
	Judged struct {
		Judgement

		GoesOn bool
	}
	// LoggingOut tells that the previous keys are about to be logged out, and who else may be using them.
	LoggingOut struct {
		Application string
		Shares      []Share
	}
)

func (Waiting) event()           {}
func (Planned) event()           {}
func (Checked) event()           {}
func (NotListed) event()         {}
func (ExpiryNotNoted) event()    {}
func (Foreseen) event()          {}
func (Repeating) event()         {}
func (Unfinished) event()        {}
func (KeysLost) event()          {}
func (PushesOut) event()         {}
func (KeysCame) event()          {}
func (OtherKeys) event()         {}
func (Replacing) event()         {}
func (UnstoredLoggedOut) event() {}
func (Remark) event()            {}
func (Compared) event()          {}
func (Judged) event()            {}
func (LoggingOut) event()        {}

// Tell gets events as they come, from one goroutine at a time; Waiting may come from another one. It must not block.
type Tell func(Event)

// done is err, unless that says only that the list could not be written: then what was asked for is done, and that is told.
func (t Tell) done(name string, err error) error {
	if !credstore.Unlisted(err) {
		return err
	}
	if t != nil {
		t(NotListed{name, err})
	}
	return nil
}

// storing gives an operation of a store its time, and tells when the store keeps it waiting.
func storing(ctx context.Context, tell Tell) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, StoreTime)
	if tell == nil {
		return ctx, cancel
	}
	return credstore.OnWaiting(ctx, func(w credstore.Waiting) { tell(Waiting{w}) }), cancel
}
