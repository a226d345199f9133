package flow

import "time"

// KeysAfter is how long after an application of API 1.0 was created keys can be made for it, and not earlier (Mimecast KB
// 34000328220691).
const KeysAfter = 30 * time.Minute

// WaitLeft is how long, at the time now, keys cannot be made yet. An application that exists already, or that the person
// said is older, needs no waiting; nobody knows how long for one whose creation was not noticed.
func (a Answers) WaitLeft(now time.Time) time.Duration {
	if !a.NewApplication || a.WaitSkipped || a.ApplicationMadeAt.IsZero() {
		return 0
	}
	return max(0, a.ApplicationMadeAt.Add(KeysAfter).Sub(now))
}
