package lifecycle

import "mimecred/credstore"

// StoreFor is the store that a set-up saves a profile in. One with a current version stays where it is, whatever was wanted; for
// one that has none, and for a new one, it is the wanted store, where any is.
func StoreFor(wanted string, e credstore.Entry, exists bool) string {
	if exists && (wanted == "" || !e.CurrentSince.IsZero()) {
		return e.Store
	}
	return wanted
}
