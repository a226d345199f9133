package step

import (
	"time"

	"mimecred/client"
	"mimecred/credstore"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// WorkedWords say until when a profile worked whose last test failed: "Worked until 3 days ago."; "" when that is not known.
func WorkedWords(e credstore.Entry, now time.Time) string {
	at, known := lifecycle.WorkedAt(e)
	if !known {
		return ""
	}
	return "Worked until " + Ago(at, now) + "."
}

// Causes say why checks did not pass, what Mimecast said and what to do, once for each cause.
func Causes(results []client.Result, ways lifecycle.Ways) []Cause {
	var list []Cause
	for _, m := range client.Remedies(results) {
		c := Cause{Why: lifecycle.TitlesOf(m) + ": " + m.Meaning, Fix: ways.Remedy(m.Fix, m.Where)}
		if r := m.Checks[0]; lifecycle.Verbatim(r.HTTPStatus, r.Code, r.Message) != "" {
			c.Said = "Mimecast says: " + lifecycle.Verbatim(r.HTTPStatus, r.Code, r.Message)
		}
		list = append(list, c)
	}
	return list
}

// Cause is one reason why checks did not pass.
type Cause struct {
	// Why names the checks and what it means, Said has Mimecast's words and Fix what to do; "" for nothing.
	Why, Said, Fix string
}

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
	old := a.Replaced
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
