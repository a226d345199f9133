package catalog

import (
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog/operation"
)

// Requirements are what one application, its role and its account must have for a selection, and what to know before it is
// made. The JSON of it is part of the command line's contract: extended only.
type Requirements struct {
	API          client.API `json:"api"`
	Integrations []Chosen   `json:"integrations"`
	// Products are to be ticked when the application is made (API 2.0 only); they cannot be changed afterwards.
	Products []NeededProduct `json:"products"`
	// Permissions are to be ticked in the role of the application (API 2.0) or of the service user (API 1.0).
	Permissions []NeededPermission `json:"permissions"`
	// Packages must be licensed.
	Packages []NeededPackage `json:"packages"`
	// AdminRoles are roles of Cloud Integrated, any one of which is needed; empty for most.
	AdminRoles []string `json:"admin_roles,omitempty"`
	// ApplicationName, Category and Description are what to type when the application is made.
	ApplicationName string `json:"application_name"`
	Category        string `json:"category"`
	Description     string `json:"description"`
	// TestButtons are the products' own tests.
	TestButtons []TestButtonNeeds `json:"test_buttons"`
	// Limits, GuideNotes and Remarks are the integrations', each with the id of its own.
	Limits     []LimitNote `json:"limits"`
	GuideNotes []Note      `json:"guide_notes"`
	Remarks    []Note      `json:"remarks"`
	// Untried are calls that no check makes, with the reason.
	Untried []Untried `json:"untried"`
	// Confidence is the lowest of the integrations'.
	Confidence string   `json:"confidence"`
	Sources    []string `json:"sources"`
}

// Chosen is one integration of a selection.
type Chosen struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Vendor     string `json:"vendor"`
	Status     string `json:"status,omitempty"`
	Confidence string `json:"confidence"`
	Doubt      string `json:"doubt,omitempty"`
	Basis      Basis  `json:"basis"`
	Form       string `json:"form,omitempty"`
	// Successor and NoSuccessor are as in Integration.
	Successor   string `json:"successor,omitempty"`
	NoSuccessor string `json:"no_successor,omitempty"`
	// Features are the ids of those that were chosen.
	Features []string `json:"features"`
}

// Next says in one line what follows an integration of API 1.0; "" for one of API 2.0.
func (c Chosen) Next() string {
	if next, ok := Lookup(c.Successor); ok {
		return "For API 2.0, choose " + next.Name + " (" + next.ID + ")."
	}
	if c.NoSuccessor != "" {
		return "No entry for API 2.0 is known. " + c.NoSuccessor
	}
	return ""
}

// NeededProduct is a product of API 2.0.
type NeededProduct struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// For is what it is needed for; Tried tells that a check shows whether the application has it.
	For   []string `json:"for"`
	Tried bool     `json:"tried"`
}

// NeededPermission is a permission of a role.
type NeededPermission struct {
	Permission string `json:"permission"`
	// For is what it is needed for; Tried tells that a check shows whether the role has it.
	For   []string `json:"for"`
	Tried bool     `json:"tried"`
}

// NeededPackage is a licensed package.
type NeededPackage struct {
	Package string   `json:"package"`
	For     []string `json:"for"`
}

// TestButtonNeeds is a product's own test with what it needs.
type TestButtonNeeds struct {
	Integration string   `json:"integration"`
	About       string   `json:"about"`
	Calls       []string `json:"calls"`
	Products    []string `json:"products,omitempty"`
	Permissions []string `json:"permissions,omitempty"`
}

// LimitNote is a limit of an integration.
type LimitNote struct {
	Integration string `json:"integration"`
	Limit
}

// Note is a sentence about an integration.
type Note struct {
	Integration string `json:"integration"`
	Text        string `json:"text"`
}

// Untried is a call that no check makes.
type Untried struct {
	Integration string `json:"integration"`
	Method      string `json:"method"`
	Path        string `json:"path"`
	Why         string `json:"why"`
	// LegacyOnly tells that API 1.0 alone has the operation.
	LegacyOnly bool `json:"legacy_only,omitempty"`
}

// RequirementsFor adds up what a selection needs. The errors are those of PlanFor.
func RequirementsFor(s Selection) (Requirements, error) {
	list, api, err := s.resolve()
	if err != nil {
		return Requirements{}, err
	}
	// Lists that are empty are lists in JSON too.
	r := Requirements{
		API: api, Confidence: "high", Products: []NeededProduct{}, Permissions: []NeededPermission{}, Packages: []NeededPackage{},
		TestButtons: []TestButtonNeeds{}, Limits: []LimitNote{}, GuideNotes: []Note{}, Remarks: []Note{}, Untried: []Untried{},
	}
	plan := planOf(list, api, s.Domain)
	r.needs(list, needsOf(list, api), plan)
	for _, c := range list {
		r.about(c)
	}
	r.name(list)
	return r, nil
}

// needs fills in products, permissions and packages, with what each is for.
func (r *Requirements) needs(list []chosen, n Needs, plan client.Plan) {
	account := accountCall().operation(r.API)
	for _, id := range n.Products {
		p := NeededProduct{ID: id, Title: ProductTitle(id)}
		p.Tried = slices.Contains(account.Products, id) || slices.ContainsFunc(plan.Probes, func(probe client.Probe) bool {
			return slices.Contains(probe.Products, id)
		})
		p.For = usedFor(list, func(c chosen) bool { return slices.Contains(c.Products, id) }, func(op operation.Operation) bool {
			return slices.Contains(op.Products, id)
		}, r.API)
		r.Products = append(r.Products, p)
	}
	for _, text := range n.Permissions {
		if roles, ok := adminRoles(text); ok {
			r.AdminRoles = append(r.AdminRoles, roles...)
			continue
		}
		p := NeededPermission{Permission: text}
		p.Tried = account.Permission == text || slices.ContainsFunc(plan.Probes, func(probe client.Probe) bool {
			return slices.Contains(strings.Split(probe.Permission, " ; "), text)
		})
		p.For = usedFor(list, func(c chosen) bool { return slices.Contains(c.Permissions, text) }, func(op operation.Operation) bool {
			return slices.Contains(permissionsOf(op), text)
		}, r.API)
		r.Permissions = append(r.Permissions, p)
	}
	for _, text := range n.Packages {
		r.Packages = append(r.Packages, NeededPackage{text, usedFor(list, func(chosen) bool { return false },
			func(op operation.Operation) bool { return op.Package == text }, r.API)})
	}
}

// adminRoles reads the permissions of Cloud Integrated, which are names of roles, any one of which is enough.
func adminRoles(permission string) ([]string, bool) {
	if !strings.Contains(permission, "-admin") {
		return nil, false
	}
	return strings.Split(permission, " | "), true
}

// usedFor collects what a need is for: the purposes of the calls that have it, and the guides that ask for it.
func usedFor(list []chosen, asked func(chosen) bool, has func(operation.Operation) bool, api client.API) []string {
	var uses []string
	if slices.ContainsFunc(list, func(c chosen) bool { return !c.AccountOptional }) && has(accountCall().operation(api)) {
		uses = append(uses, accountCall().For)
	}
	for _, c := range list {
		for _, call := range c.calls {
			if has(call.operation(api)) {
				uses = appendNew(uses, call.For)
			}
		}
		if asked(c) {
			uses = appendNew(uses, "asked for by the guide of "+c.Name)
		}
	}
	return uses
}

// about adds what there is to know of one integration.
func (r *Requirements) about(c chosen) {
	r.Integrations = append(r.Integrations, Chosen{
		ID: c.ID, Name: c.Name, Vendor: c.Vendor, Status: c.Status, Confidence: c.Confidence, Doubt: c.Doubt,
		Basis: c.Basis, Form: c.Form, Features: append([]string{}, c.features...),
		Successor: c.Successor, NoSuccessor: c.NoSuccessor,
	})
	if c.Confidence != "high" {
		r.Confidence = c.Confidence
	}
	for _, source := range c.Sources {
		r.Sources = appendNew(r.Sources, source)
	}
	for _, l := range c.Limits {
		r.Limits = append(r.Limits, LimitNote{c.ID, l})
	}
	for _, text := range c.GuideNotes {
		r.GuideNotes = append(r.GuideNotes, Note{c.ID, text})
	}
	for _, text := range c.Remarks {
		r.Remarks = append(r.Remarks, Note{c.ID, text})
	}
	for _, call := range c.calls {
		if call.Untested != "" {
			r.Untried = append(r.Untried, Untried{c.ID, call.Method, call.Path, call.Untested, call.LegacyOnly()})
		}
	}
	if c.TestButton != nil {
		r.TestButtons = append(r.TestButtons, c.testNeeds())
	}
}

// testNeeds is what the product's own test needs.
func (c chosen) testNeeds() TestButtonNeeds {
	t := TestButtonNeeds{Integration: c.ID, About: c.TestButton.About, Calls: slices.Clone(c.TestButton.Calls)}
	for _, text := range t.Calls {
		method, path, _ := strings.Cut(text, " ")
		op, _ := operation.Find(string(c.API), method, path)
		if c.API == client.API20 && len(op.Products) > 0 {
			t.Products = appendNew(t.Products, op.Products[0])
		}
		for _, permission := range permissionsOf(op) {
			t.Permissions = appendNew(t.Permissions, permission)
		}
	}
	return t
}

// name suggests what to type when the application is made.
func (r *Requirements) name(list []chosen) {
	var vendors, products []string
	r.Category = "Other"
	for n, c := range list {
		if c.Generic {
			continue
		}
		vendors, products = appendNew(vendors, c.Vendor), append(products, c.Name)
		if n == 0 || c.Category == "SIEM Integration" {
			r.Category = c.Category
		}
	}
	if len(products) == 0 {
		r.ApplicationName, r.Description = "API client", "API client, set up with mimecred"
		return
	}
	r.ApplicationName = strings.Join(products, ", ")
	// The console's limit is not published; a long list is shortened to what tells it apart.
	if len(r.ApplicationName) > 60 {
		r.ApplicationName = strings.Join(vendors, ", ")
	}
	r.Description = "Used by " + strings.Join(products, ", ") + "; set up with mimecred"
}
