// Package catalog knows the products that use Mimecast's API: what their forms ask for, what they call, and which
// products and role permissions that needs. The facts are embedded and parsed by their first user; every integration
// names its public sources and how far they can be trusted.
package catalog

import (
	"slices"
	"strings"

	"mimecred/client"
)

// Integration is one product, in one variant. A product that accepts credentials of either API is there twice.
type Integration struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Short is the name where there is room for 18 cells, and none other has it: Name where that is no longer.
	Short  string     `json:"short"`
	Vendor string     `json:"vendor"`
	API    client.API `json:"api"`
	// Guide marks those whose vendor's guide was followed step by step; Generic marks "No particular product".
	Guide   bool `json:"guide"`
	Generic bool `json:"generic"`
	// Status is in words. Confidence is "high" or "medium"; Doubt says what is not certain, "" for nothing in particular.
	Status     string `json:"status"`
	Confidence string `json:"confidence"`
	Doubt      string `json:"doubt"`
	// Successor is the id of the entry for API 2.0 of the same product; NoSuccessor says in words that there is none. An entry
	// for API 1.0 has one of the two.
	Successor   string `json:"successor"`
	NoSuccessor string `json:"no_successor"`
	// Basis is where the list of calls comes from.
	Basis Basis `json:"basis"`
	// Sources are public pages and repositories.
	Sources []string `json:"sources"`
	// Form is where the product asks for the values, Save the button that ends its form.
	Form string `json:"form"`
	Save string `json:"save"`
	// KeysInvented tells that the product publishes labels only: the keys of Fields are made from them.
	KeysInvented bool `json:"keys_invented"`
	// Category is what to choose in the console's drop-down of that name.
	Category string `json:"category"`
	// AccountOptional tells that the product does not ask for the account itself.
	AccountOptional bool `json:"account_optional"`
	// Products and Permissions are what its own guide asks for beyond what its known calls need.
	Products    []string `json:"products"`
	Permissions []string `json:"permissions"`
	// Features are choices in the product that change what it calls.
	Features []Feature `json:"features"`
	// Calls are what the product calls, Fields what its form asks for, in the form's order.
	Calls  []Call  `json:"calls"`
	Fields []Field `json:"fields"`
	// TestButton is what the product's own test calls; nil when that is not known.
	TestButton *TestButton `json:"test_button"`
	// Limits are what it cannot do, GuideNotes what its own guide gets wrong or leaves out, Remarks the rest.
	Limits     []Limit  `json:"limits"`
	GuideNotes []string `json:"guide_notes"`
	Remarks    []string `json:"remarks"`
	// Removal is how the integration is removed from the product again; Support is whom to ask.
	Removal []string `json:"removal"`
	Support string   `json:"support"`
	// Notes are the few things to know before the product is chosen, chosen from Limits, GuideNotes and Remarks.
	Notes []string `json:"notes"`
}

// Basis is where an integration's list of calls comes from.
type Basis string

// The bases, the surest first.
const (
	// FromCode was read in the product's own code.
	FromCode Basis = "code"
	// FromDocument is named by the product's own guide.
	FromDocument Basis = "document"
	// Derived was concluded from the names of the logs, actions or permissions that the product's guide lists.
	Derived Basis = "derived"
	// Unpublished means that nobody says what the product calls; where there are calls, they are what the like of it calls.
	Unpublished Basis = "unpublished"
)

// Words says it for people.
func (b Basis) Words() string {
	switch b {
	case FromCode:
		return "read in the product's own code"
	case FromDocument:
		return "named by the product's own guide"
	case Derived:
		return "concluded from what the product's guide says it reads or needs"
	default:
		return "not published by the product; more may be needed"
	}
}

// Feature is a choice in a product that changes what it calls.
type Feature struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Default tells whether it counts when nobody was asked.
	Default bool   `json:"default"`
	About   string `json:"about"`
	// Field is the key of the form's field that switches it, Choice the choice there; both may be empty.
	Field  string `json:"field"`
	Choice string `json:"choice"`
}

// TestButton is the product's own test of a connection. It passes or fails for other reasons than the checks here.
type TestButton struct {
	About string `json:"about"`
	// Calls are "METHOD path".
	Calls []string `json:"calls"`
}

// The kinds of limits.
const (
	LimitRegion       = "region"        // works in Regions alone
	LimitHost         = "host"          // calls BaseURL whatever the form says
	LimitSecondFactor = "second-factor" // does not work for a service user with a second step at sign-in
	LimitVersion      = "version"       // needs Version or later
	LimitNetwork      = "network"       // needs something of the network
	LimitRate         = "rate"          // how often it calls, or may call
	LimitTenant       = "tenant"        // needs something of the Mimecast account
	LimitOther        = "other"
)

// Limit is something that the product cannot do, or needs.
type Limit struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	// Regions are the codes of the regions that work (kind region).
	Regions []string `json:"regions,omitempty"`
	// BaseURL is the only host that is called (kind host).
	BaseURL string `json:"base_url,omitempty"`
	// Version is the lowest version of the product that works (kind version).
	Version string `json:"version,omitempty"`
}

// Situation is what is known of a set-up, to compare with an integration's limits.
type Situation struct {
	// RegionCode and BaseURL are as in client.Place; SecondFactor tells that the service user signs in with a second step.
	RegionCode, BaseURL string
	SecondFactor        bool
}

// Conflicts lists the limits that a set-up runs into. What is not known conflicts with nothing.
func (i Integration) Conflicts(s Situation) []Limit {
	var hit []Limit
	for _, l := range i.Limits {
		switch l.Kind {
		case LimitRegion:
			if s.RegionCode != "" && !slices.Contains(l.Regions, s.RegionCode) {
				hit = append(hit, l)
			}
		case LimitHost:
			if s.BaseURL != "" && !strings.EqualFold(strings.TrimSuffix(s.BaseURL, "/"), l.BaseURL) {
				hit = append(hit, l)
			}
		case LimitSecondFactor:
			if s.SecondFactor {
				hit = append(hit, l)
			}
		}
	}
	return hit
}

// DefaultFeatures are the ids of the features that count when nobody was asked.
func (i Integration) DefaultFeatures() []string {
	var ids []string
	for _, f := range i.Features {
		if f.Default {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

// Feature finds a feature by its id.
func (i Integration) Feature(id string) (Feature, bool) {
	n := slices.IndexFunc(i.Features, func(f Feature) bool { return f.ID == id })
	if n < 0 {
		return Feature{}, false
	}
	return i.Features[n], true
}

// Integrations lists every integration: those whose guides were followed step by step, then the others by name, "No
// particular product" last.
func Integrations() []Integration { return slices.Clone(load().Integrations) }

// Lookup finds an integration by its id.
func Lookup(id string) (Integration, bool) {
	n, ok := load().byID[id]
	if !ok {
		return Integration{}, false
	}
	return load().Integrations[n], true
}

// GenericID is the id of "No particular product" for a generation of the API.
func GenericID(api client.API) string { return "api-" + string(api) }
