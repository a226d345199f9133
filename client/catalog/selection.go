package catalog

import (
	"fmt"
	"slices"
	"strings"

	"mimecred/client"
)

// Selection is what one application is for: one integration, or several that share it.
type Selection struct {
	// Integrations are ids; none means "No particular product" of API.
	Integrations []string
	// Features are the ids of the features that are wanted, by integration. An integration that is not in the map has its
	// defaults; one with an empty list has none.
	Features map[string][]string
	// Domain is an internal domain, for the probes that need one; it may be empty.
	Domain string
	// API is the generation; "" means that of the first integration, or 2.0.
	API client.API
}

// UnknownFeatureError means that an integration has no such feature.
type UnknownFeatureError struct {
	Integration, ID string
	// Known are the ids that it has.
	Known []string
}

// Error gives one line.
func (e *UnknownFeatureError) Error() string {
	if len(e.Known) == 0 {
		return fmt.Sprintf("integration %q has no feature %q: it has no features to choose from", e.Integration, e.ID)
	}
	return fmt.Sprintf("integration %q has no feature %q; it has %s", e.Integration, e.ID, strings.Join(e.Known, ", "))
}

// chosen is one integration of a selection with what was switched on.
type chosen struct {
	Integration
	features []string
	calls    []chosenCall
}

// chosenCall is a call that the selection wants, and whether its failure is only a warning.
type chosenCall struct {
	Call
	optional bool
}

// resolve looks everything up. The error is an *UnknownError, an *UnknownFeatureError, or says that an integration uses
// the other generation.
func (s Selection) resolve() ([]chosen, client.API, error) {
	ids, api := s.Integrations, s.API
	if len(ids) == 0 {
		if api == "" {
			api = client.API20
		}
		ids = []string{GenericID(api)}
	}
	var list []chosen
	for _, id := range ids {
		if slices.ContainsFunc(list, func(c chosen) bool { return c.ID == id }) {
			continue
		}
		i, ok := Lookup(id)
		if !ok {
			return nil, "", &UnknownError{id, near(id)}
		}
		if api == "" {
			api = i.API
		}
		if i.API != api {
			return nil, "", fmt.Errorf("integration %q uses API %s, not API %s", i.ID, i.API, api)
		}
		one, err := i.choose(s.Features)
		if err != nil {
			return nil, "", err
		}
		list = append(list, one)
	}
	return list, api, nil
}

// choose picks the calls of the features that are wanted. What was asked for by name has to work; what is there by default
// and may fail without stopping the product is a warning.
func (i Integration) choose(features map[string][]string) (chosen, error) {
	wanted, named := features[i.ID]
	if !named {
		wanted = i.DefaultFeatures()
	}
	c := chosen{Integration: i}
	for _, id := range wanted {
		if _, known := i.Feature(id); !known {
			e := &UnknownFeatureError{Integration: i.ID, ID: id}
			for _, f := range i.Features {
				e.Known = append(e.Known, f.ID)
			}
			return chosen{}, e
		}
	}
	for _, f := range i.Features {
		if slices.Contains(wanted, f.ID) {
			c.features = append(c.features, f.ID)
		}
	}
	for _, call := range i.Calls {
		if call.Feature != "" && !slices.Contains(wanted, call.Feature) {
			continue
		}
		asked := named && call.Feature != ""
		c.calls = append(c.calls, chosenCall{call, call.Assumed || call.Optional && !asked})
	}
	return c, nil
}

// PlanFor gives the checks that everything of a selection needs, and the least that the application, its role and its
// account must have for it. A check that one integration requires is required, whatever the others say. The errors are
// those of Plan, and an *UnknownFeatureError.
func PlanFor(s Selection) (client.Plan, Needs, error) {
	list, api, err := s.resolve()
	if err != nil {
		return client.Plan{}, Needs{}, err
	}
	plan := planOf(list, api, s.Domain)
	plan.Successor = successorOf(list)
	return plan, needsOf(list, api), nil
}

// successorOf is the title of the first entry for API 2.0 that replaces one of the integrations; "" when there is none.
func successorOf(list []chosen) string {
	for _, c := range list {
		if next, known := Lookup(c.Successor); known {
			return next.Name
		}
	}
	return ""
}

func planOf(list []chosen, api client.API, domain string) client.Plan {
	plan := client.Plan{AccountOptional: true, Domain: domain}
	at := map[string]int{}
	for _, c := range list {
		plan.AccountOptional = plan.AccountOptional && c.AccountOptional
		for _, call := range c.calls {
			id := call.tried()
			if id == "" {
				continue
			}
			n, there := at[id]
			if !there {
				at[id] = len(plan.Probes)
				plan.Probes = append(plan.Probes, load().probes[id].plan(api, domain, call.optional))
				continue
			}
			plan.Probes[n].Optional = plan.Probes[n].Optional && call.optional
		}
	}
	return plan
}
