package lifecycle

import "time"

// How long the parts may last at most.
const (
	// StoreTime is for one operation of a store: it waits up to two minutes for a person to unlock it.
	StoreTime = 150 * time.Second
	// CheckTime is for all checks of a profile together, waits for rate limits included.
	CheckTime = 10 * time.Minute
	// ConfirmTime is for reading the current version once more and making one live call with it.
	ConfirmTime = 90 * time.Second
	// TestTime is for a test of a saved profile, and for activating a pending version that passed.
	TestTime = 4*StoreTime + 2*CheckTime + ConfirmTime
	// SignInTime is for Mimecast's answer to a sign-in: it cannot be cut off, so that somebody waits all of it.
	SignInTime = 30 * time.Second
	// DiscoverTime is for asking Mimecast for the region.
	DiscoverTime = 30 * time.Second
	// RescueTime is for storing created keys when nobody can be asked any more.
	RescueTime = 20 * time.Second
)
