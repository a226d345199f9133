// Package catalog knows the products that use Mimecast's API: what their forms ask for, what they call, and which
// products and role permissions that needs. The facts are embedded and parsed by their first user; every integration
// names its public sources and how far they can be trusted.
package catalog

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"mimecred/client"
)

// Integration is one product, in one variant.
type Integration struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Vendor string     `json:"vendor"`
	API    client.API `json:"api"`
	// Generic marks "No particular product".
	Generic bool `json:"generic"`
	// Status and Confidence are in words; Sources are public pages and repositories.
	Status     string   `json:"status"`
	Confidence string   `json:"confidence"`
	Sources    []string `json:"sources"`
	// Form is where the product asks for the values.
	Form string `json:"form"`
	// AccountOptional tells that the product does not ask for the account itself.
	AccountOptional bool `json:"account_optional"`
	// Calls are what the product calls, Fields what its form asks for, in the form's order.
	Calls  []Call  `json:"calls"`
	Fields []Field `json:"fields"`
	// Notes are limits, and what the product's own guide gets wrong.
	Notes []string `json:"notes"`
}

// Call is one operation that a product uses.
type Call struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Probe is the id of the probe that tries it; without one, Untested says why.
	Probe    string `json:"probe"`
	Untested string `json:"untested"`
	// For is what the product does with it.
	For string `json:"for"`
	// Optional marks a feature that may be off; Assumed a call that no source of the product names.
	Optional bool `json:"optional"`
	Assumed  bool `json:"assumed"`
}

// Field is one field of a product's form.
type Field struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	// From is where the value comes from: base_url, client_id, client_secret, app_id, app_key, access_key, secret_key,
	// internal_domain, proxy, proxy_user, proxy_password, service_user_email, service_user_password; or, for what the
	// person decides, account_name, label, description, contact_email, poll_interval, initial_lookback, verify_ssl,
	// option.
	From     string `json:"from"`
	Secret   bool   `json:"secret"`
	Required bool   `json:"required"`
	Default  string `json:"default"`
	// Rule is how the value must be spelt.
	Rule    string   `json:"rule"`
	Choices []string `json:"choices"`
}

// probe is a call that tries an operation without changing anything.
type probe struct {
	ID     string          `json:"id"`
	Title  string          `json:"title"`
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body"`
}

type catalogue struct {
	Probes       []probe       `json:"probes"`
	Integrations []Integration `json:"integrations"`

	probes map[string]probe
}

//go:embed catalogue.json
var embedded []byte

// load parses the catalogue once, for its first user. The text is embedded and tested: an error is a broken build.
var load = sync.OnceValue(func() *catalogue {
	c, err := parse(embedded)
	if err != nil {
		panic("catalog: " + err.Error())
	}
	return c
})

// parse reads a catalogue and refuses what it does not know, what is there twice and what leads nowhere.
func parse(text []byte) (*catalogue, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	c := &catalogue{probes: map[string]probe{}}
	if err := decoder.Decode(c); err != nil {
		return nil, fmt.Errorf("reading the catalogue: %w", err)
	}
	for _, p := range c.Probes {
		if _, twice := c.probes[p.ID]; twice {
			return nil, fmt.Errorf("probe %q is there twice", p.ID)
		}
		if len(p.Body) > 0 {
			var compact bytes.Buffer
			if err := json.Compact(&compact, p.Body); err != nil {
				return nil, fmt.Errorf("body of probe %q: %w", p.ID, err)
			}
			p.Body = compact.Bytes()
		}
		c.probes[p.ID] = p
	}
	seen := map[string]bool{}
	for _, i := range c.Integrations {
		if seen[i.ID] {
			return nil, fmt.Errorf("integration %q is there twice", i.ID)
		}
		seen[i.ID] = true
		for _, call := range i.Calls {
			if _, known := c.probes[call.Probe]; call.Probe != "" && !known {
				return nil, fmt.Errorf("integration %q: unknown probe %q", i.ID, call.Probe)
			}
		}
	}
	return c, nil
}

// Integrations lists every integration by name, "No particular product" last.
func Integrations() []Integration { return slices.Clone(load().Integrations) }

// Lookup finds an integration by its id.
func Lookup(id string) (Integration, bool) {
	for _, i := range load().Integrations {
		if i.ID == id {
			return i, true
		}
	}
	return Integration{}, false
}

// GenericID is the id of "No particular product" for a generation of the API.
func GenericID(api client.API) string { return "api-" + string(api) }
