package step

import (
	"time"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Tone is how good a finding is.
type Tone int

// The tones.
const (
	Fine Tone = iota
	Doubtful
	Broken
)

// TestedWords say what the last test of the current credential found before a rotation, and what the new one must pass.
func TestedWords(a flow.Answers, now time.Time) (Tone, string) {
	old := a.Old
	known := "mimecred does not know what it passed, so it cannot compare the new one."
	if len(old.Results) > 0 {
		known = "The new one is compared with its test of " + Ago(old.CheckedAt, now) + ": " + CountWords(client.Judge(old.Results)) + "."
	}
	switch v := client.Judge(old.Tested); {
	case len(old.Tested) == 0:
		return Doubtful, "The current credential was not tested. " + known
	case lifecycle.KeysExpired(old.Tested):
		return Broken, "The current keys have expired. " + known
	case v.Refused:
		return Broken, "Mimecast refuses the current credential. " + known
	case v.NothingWorks:
		return Broken, "Every call that the product makes fails with the current credential. " + known
	case v.AllRight:
		return Fine, "It works: " + CountWords(v) + ". The new one must pass the same."
	default:
		return Doubtful, "It works in part: " + CountWords(v) + ". The new one must pass what it passes."
	}
}
