package lifecycle

import (
	"time"

	"mimecred/credstore"
)

// WorkedAt is when a profile whose last test failed last passed one; false when it did not fail, or that is not known.
func WorkedAt(e credstore.Entry) (time.Time, bool) {
	switch {
	case e.LastCheck == nil || e.LastCheck.OK:
		return time.Time{}, false
	case !e.WorkedAt.IsZero():
		return e.WorkedAt, true
	case e.LastAccepted != nil && e.LastAccepted.OK: // in lists of earlier versions
		return e.LastAccepted.At, true
	default:
		return time.Time{}, false
	}
}
