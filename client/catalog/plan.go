package catalog

import (
	"fmt"
	"strings"

	"mimecred/client"
)

// UnknownError means that no integration has that id.
type UnknownError struct {
	ID string
	// Near are ids that look like it, the closest first.
	Near []string
}

// Error gives one line.
func (e *UnknownError) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("unknown integration %q", e.ID)
	}
	return fmt.Sprintf("unknown integration %q: is it %s?", e.ID, strings.Join(e.Near, " or "))
}

// Plan gives the checks that an integration needs with its default features. The empty id is "No particular product" of
// that generation. domain is an internal domain, for the probes that need one; it may be empty. The error is an
// *UnknownError, or says that the integration uses the other generation. PlanFor accepts several integrations and features.
func Plan(integration string, api client.API, domain string) (client.Plan, error) {
	s := Selection{API: api, Domain: domain}
	if integration != "" {
		s.Integrations = []string{integration}
	}
	plan, _, err := PlanFor(s)
	return plan, err
}
