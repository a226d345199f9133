package lifecycle

import (
	"context"

	"mimecred/client"
	"mimecred/credstore"
)

// Event is a fact about what is under way, as it becomes known. It says nothing about how it is shown.
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
	}
	// Checked is one check that is finished.
	Checked struct{ client.Result }
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

func (Waiting) event()        {}
func (Planned) event()        {}
func (Checked) event()        {}
func (NotListed) event()      {}
func (ExpiryNotNoted) event() {}

// Tell takes events as they come, from one goroutine at a time; Waiting may come from another one. It must not block.
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
