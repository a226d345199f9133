package lifecycle

import (
	"mimecred/client"
	"mimecred/client/catalog"
	"mimecred/credstore"
)

// Selection is what a profile's application is for, as the catalogue asks for it.
func Selection(p credstore.Profile) catalog.Selection {
	s := catalog.Selection{API: p.API, Domain: p.InternalDomain, Features: p.Features}
	if p.Integration != "" {
		s.Integrations = append([]string{p.Integration}, p.Also...)
	}
	return s
}

// confirmPlan is the live call that confirms a credential of a profile once it is current: the account, and for products that
// do not read the account the first of their own calls. A profile whose product is not known here has the account alone.
func confirmPlan(p credstore.Profile) client.Plan {
	plan, _, err := catalog.PlanFor(Selection(p))
	if err != nil {
		plan = client.Plan{Domain: p.InternalDomain}
	}
	return plan.Confirming()
}
