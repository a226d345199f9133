package catalog

import (
	"mimecred/client"
	"mimecred/client/catalog/operation"
)

// Call is one operation that a product uses.
type Call struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Probe is the id of the probe that tries it; without one, Untested says why and what covers the same ground.
	Probe    string `json:"probe"`
	Untested string `json:"untested"`
	// StandIn is the id of a probe of another operation that is tried in its place: it needs the same product, and no
	// permission that the call itself does not need.
	StandIn string `json:"stand_in"`
	// For is what the product does with it.
	For string `json:"for"`
	// Feature is the id of the feature that the call belongs to; "" for what the product always calls.
	Feature string `json:"feature"`
	// Optional marks what may fail without stopping the product; Assumed a call that no source of the product names.
	Optional bool `json:"optional"`
	Assumed  bool `json:"assumed"`
}

// tried is the id of the probe that makes the call in a plan; "" for none.
func (c Call) tried() string {
	if c.Probe != "" {
		return c.Probe
	}
	return c.StandIn
}

// operation is what Mimecast's list says about the call.
func (c Call) operation(api client.API) operation.Operation {
	op, _ := operation.Find(string(api), c.Method, c.Path)
	return op
}

// LegacyOnly tells that API 1.0 alone offers the operation.
func (c Call) LegacyOnly() bool {
	_, modern := operation.Find(string(client.API20), c.Method, c.Path)
	return !modern
}
