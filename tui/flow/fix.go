package flow

import "mimecred/client"

// FixStep is the step that owns the value that a failed check of kind blames, given the answers; None when no value of the
// wizard is to blame, so that trying again, or the console, is all that helps.
func FixStep(kind client.Kind, a Answers) Step {
	step := owner(kind, a)
	if step != None && !contains(Path(a), step) {
		// The command line answered that step: it was skipped, and still is the only place to change the value.
		if !a.Given[step] {
			return None
		}
	}
	return step
}

func owner(kind client.Kind, a Answers) Step {
	switch kind {
	case client.InvalidCredentials:
		// An API 1.0 reply cannot tell the four values apart; the two keys are the longer ones, and the step of the other
		// two is one step back.
		if a.API == client.API10 {
			return Keys
		}
		return Application
	case client.UnknownApplication, client.DisabledOrTooNew:
		return Application
	case client.ExpiredKeys:
		if a.API == client.API10 {
			return Keys
		}
		return Application
	case client.TLS, client.ProxyFailed:
		return Connection
	case client.DNS, client.Network, client.Timeout, client.BadResponse:
		// With a proxy between us and Mimecast the proxy is the likelier culprit.
		if a.Proxy.URL != "" {
			return Connection
		}
		return Region
	case client.WrongRegion:
		return Region
	case client.WrongAPI:
		// A product has an entry for each API, so that the step API is there only without one. The values are pasted in Application.
		if contains(Path(a), API) || a.Given[API] && a.Integration == "" {
			return API
		}
		return Application
	case client.MissingProduct, client.MissingPermission, client.NotLicensed:
		return Console
	case client.Validation:
		return Integration
	case client.ClockSkew, client.RateLimited, client.Server, client.Canceled, client.Unknown:
		return None
	}
	return None
}
