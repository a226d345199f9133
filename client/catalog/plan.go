package catalog

import (
	"fmt"
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog/operation"
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

// Plan gives the checks that an integration needs. The empty id is "No particular product" of that generation. domain is
// an internal domain, for the probes that need one; it may be empty. The error is an *UnknownError, or says that the
// integration uses the other generation.
func Plan(integration string, api client.API, domain string) (client.Plan, error) {
	if integration == "" {
		integration = GenericID(api)
	}
	i, ok := Lookup(integration)
	if !ok {
		return client.Plan{}, &UnknownError{integration, near(integration)}
	}
	if i.API != api {
		return client.Plan{}, fmt.Errorf("integration %q uses API %s, not API %s", i.ID, i.API, api)
	}
	plan := client.Plan{AccountOptional: i.AccountOptional, Domain: domain}
	for _, call := range i.Calls {
		if call.Probe == "" || slices.ContainsFunc(plan.Probes, func(p client.Probe) bool { return p.ID == call.Probe }) {
			continue
		}
		plan.Probes = append(plan.Probes, load().probes[call.Probe].plan(api, domain, call.Optional))
	}
	return plan, nil
}

// plan makes the client's probe of a probe of the catalogue; what it needs comes from the list of operations.
func (p probe) plan(api client.API, domain string, optional bool) client.Probe {
	path, _, _ := strings.Cut(p.Path, "?")
	op, _ := operation.Find(string(api), p.Method, path)
	title := strings.ReplaceAll(p.Title, "{{domain}}", domain)
	if domain == "" {
		title = strings.ReplaceAll(p.Title, " of {{domain}}", "")
	}
	out := client.Probe{
		ID: p.ID, Title: title, Method: p.Method, Path: p.Path, Body: slices.Clone(p.Body),
		Permission: op.Permission, Package: op.Package, Optional: optional,
	}
	if api == client.API20 {
		out.Products = slices.Clone(op.Products)
	}
	return out
}

// Needs is the least that an application, its role and its account must have.
type Needs struct {
	// Products are product ids (API 2.0 only); see ProductTitle.
	Products []string
	// Permissions are the role's, in the console's words.
	Permissions []string
	// Packages are licensed packages as Mimecast lists them.
	Packages []string
}

// Needs computes the least that the integration must have; with optional, for its optional features too. Of products
// that are alternatives it takes the one that is needed anyway, the first otherwise.
func (i Integration) Needs(optional bool) Needs {
	var n Needs
	if !i.AccountOptional {
		n.add(i.API, "POST", "/api/account/get-account")
	}
	for _, call := range i.Calls {
		if optional || !call.Optional {
			n.add(i.API, call.Method, call.Path)
		}
	}
	return n
}

func (n *Needs) add(api client.API, method, path string) {
	op, ok := operation.Find(string(api), method, path)
	if !ok {
		return
	}
	if api == client.API20 && !slices.ContainsFunc(op.Products, func(p string) bool { return slices.Contains(n.Products, p) }) {
		n.Products = appendNew(n.Products, op.Products[0])
	}
	n.Permissions = appendNew(n.Permissions, op.Permission)
	n.Packages = appendNew(n.Packages, op.Package)
}

func appendNew(list []string, one string) []string {
	if one == "" || slices.Contains(list, one) {
		return list
	}
	return append(list, one)
}

// ProductTitle is how the console calls a product, such as "Account Management" for "accountmanagement".
func ProductTitle(id string) string { return operation.Title(id) }
