package step

import (
	"errors"
	"strings"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
)

// Failure is what a failed call to Mimecast means, in words.
type Failure struct {
	client.Diagnosis
	// Problem is what happened, Fix what to do about it, and Said what Mimecast answered, verbatim; each may be empty.
	Problem, Fix, Said string
}

// FailureOf explains a failed call. Where the fix belongs to the step here, it does not name that step.
func FailureOf(err error, api client.API, here client.Where) Failure {
	d := client.Diagnose(err, api)
	f := Failure{Diagnosis: d, Problem: d.Meaning, Fix: flow.Remedy(d.Fix, d.Where&^here)}
	if e, ok := errors.AsType[*client.Error](err); ok {
		f.Said = lifecycle.Verbatim(e.HTTPStatus, e.Code, e.Message)
	} else if err != nil {
		f.Problem += " " + lifecycle.Sentence(err) // it was not Mimecast that said this
	}
	return f
}

// Lines are the problem, the fix and what Mimecast said, as far as there are any.
func (f Failure) Lines() []string {
	var lines []string
	for _, text := range []string{f.Problem, f.Fix} {
		if text = strings.TrimSpace(text); text != "" {
			lines = append(lines, text)
		}
	}
	if f.Said != "" {
		lines = append(lines, "Mimecast says: "+f.Said)
	}
	return lines
}
