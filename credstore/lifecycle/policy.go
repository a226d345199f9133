package lifecycle

import (
	"context"
	"time"

	"mimecred/client/secret"
)

// Policy is what a person would be asked during a change. The zero Policy stops where a person would have to decide.
type Policy struct {
	// Resume goes on with what an earlier run left unfinished. Of the change only the name, what becomes of the previous version,
	// and results that somebody has just got for StagedVersion count then; the rest is in the store and in the journal.
	Resume bool
	// Complete makes the change whole once it is known what an earlier run left; nothing is announced before. It may be nil.
	Complete func(Change, Found) (Change, error)
	// Code gives the one-time code when the change signs in for keys; nil for none.
	Code func() secret.Value
	// MoreKeys is the answer to AskMore, when keys of earlier sign-ins may be lost; nil for yes, as for a person who presses enter.
	MoreKeys func() bool
	// Patience repeats the checks of a new application.
	Patience Patience
	// Anyway activates a version although checks failed; see Judgement.MayAnyway. A roll back it makes whatever Mimecast says.
	Anyway bool
	// KeepPrevious keeps the previous version whatever the change or the journal says.
	KeepPrevious bool
}

// Patience repeats checks while Mimecast refuses a credential as it refuses that of a new application, see client.Fresh. The
// zero Patience repeats nothing.
type Patience struct {
	// For is how long they are repeated at most.
	For time.Duration
	// Pause waits for a time, or returns an error when ctx ends first.
	Pause func(ctx context.Context, d time.Duration) error
}

// The pauses between two runs of checks: each is twice as long as the one before.
const (
	firstPause = 10 * time.Second
	// MostPause is the longest one.
	MostPause = 2 * time.Minute
)
