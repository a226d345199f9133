package flow

import "mimecred/client"

// Remedy is what to do about a failure, with the steps of the wizard that it is done in.
func Remedy(fix string, where client.Where) string {
	var steps []string
	for _, one := range where.Each() {
		if step := stepOf(one); step != None {
			steps = append(steps, step.String())
		}
	}
	switch {
	case fix == "" || len(steps) == 0:
		return fix
	case len(steps) == 1:
		return fix + " That is in the step " + steps[0] + "."
	default:
		return fix + " That is in the steps " + list(steps) + "."
	}
}

// stepOf is the step that a place stands for; None where one is there already, or where no step is the place.
func stepOf(where client.Where) Step {
	switch where {
	case client.WhereRegion:
		return Region
	case client.WhereConnection:
		return Connection
	case client.WhereApplication:
		return Application
	case client.WhereKeys:
		return Keys
	case client.WhereAPI, client.WhereIntegration: // a product has a variant for each API
		return Integration
	default:
		return None
	}
}
