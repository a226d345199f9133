package flow

import "mimecred/client/catalog"

// Selection is what the application is for, as the catalogue takes it.
func (a Answers) Selection() catalog.Selection {
	s := catalog.Selection{API: a.API, Domain: a.InternalDomain, Features: a.Features}
	if a.Integration != "" {
		s.Integrations = append([]string{a.Integration}, a.Also...)
	}
	return s
}
