package screen

import (
	"fmt"
	"slices"

	"mimecred/client"
	"mimecred/credstore/lifecycle"
	"mimecred/tui/flow"
	"mimecred/tui/step"
)

// fixOf is what to do about a result, and about all that have the same cause, with the key that opens the step that it is done in.
func (c *Check) fixOf(r client.Result) string {
	m := c.causeOf(r)
	words := step.FixOf(c.answers, r, m)
	if to := flow.FixStep(r.Kind, c.answers); words == flow.Remedy(m.Fix, m.Where) && words != m.Fix && to != flow.None {
		return m.Fix + " " + c.env.Keys.Change.Help().Key + " opens the step " + to.String() + "."
	}
	return words
}

// causeOf is the remedy that a result belongs to.
func (c *Check) causeOf(r client.Result) client.Remedy {
	for _, m := range client.Remedies(c.answers.Results) {
		if slices.ContainsFunc(m.Checks, func(one client.Result) bool { return one.ID == r.ID }) {
			return m
		}
	}
	return client.Remedy{Checks: []client.Result{r}, Fix: r.Fix, Where: r.Where}
}

// together names the other checks that have the same cause; "" when there are none.
func (c *Check) together(r client.Result) string {
	m := c.causeOf(r)
	if len(m.Checks) < 2 {
		return ""
	}
	return fmt.Sprintf("%d checks have this cause: %s.", len(m.Checks), lifecycle.TitlesOf(m))
}
