package catalog

import (
	"slices"
	"strings"

	"mimecred/client"
	"mimecred/client/catalog/operation"
)

// Needs is the least that an application, its role and its account must have.
type Needs struct {
	// Products are product ids (API 2.0 only); see ProductTitle.
	Products []string
	// Permissions are the role's, in the console's words.
	Permissions []string
	// Packages are licensed packages as Mimecast lists them.
	Packages []string
}

// Needs computes the least that the integration must have with its default features; with optional, for what may fail
// without stopping it too. Of products that are alternatives it chooses one that is needed anyway, the first otherwise.
func (i Integration) Needs(optional bool) Needs {
	c, err := i.choose(nil)
	if err != nil {
		return Needs{}
	}
	if !optional {
		c.calls = slices.DeleteFunc(c.calls, func(call chosenCall) bool { return call.optional })
	}
	return needsOf([]chosen{c}, i.API)
}

// needsOf adds up what integrations need that share one application.
func needsOf(list []chosen, api client.API) Needs {
	var n Needs
	var several [][]string
	add := func(op operation.Operation) {
		switch {
		case api != client.API20 || len(op.Products) == 0:
		case len(op.Products) == 1:
			n.Products = appendNew(n.Products, op.Products[0])
		default:
			several = append(several, op.Products)
		}
		for _, permission := range permissionsOf(op) {
			n.Permissions = appendNew(n.Permissions, permission)
		}
		n.Packages = appendNew(n.Packages, op.Package)
	}
	if slices.ContainsFunc(list, func(c chosen) bool { return !c.AccountOptional }) {
		add(accountCall().operation(api))
	}
	for _, c := range list {
		for _, call := range c.calls {
			add(call.operation(api))
		}
	}
	for _, c := range list {
		for _, product := range c.Products {
			n.Products = appendNew(n.Products, product)
		}
		for _, permission := range c.Permissions {
			n.Permissions = appendNew(n.Permissions, permission)
		}
	}
	for _, alternatives := range several {
		if !slices.ContainsFunc(alternatives, func(p string) bool { return slices.Contains(n.Products, p) }) {
			n.Products = append(n.Products, alternatives[0])
		}
	}
	return n
}

// accountCall is the check "account", which every integration has unless it does without.
func accountCall() Call {
	return Call{Method: "POST", Path: "/api/account/get-account", For: "Account"}
}

// permissionsOf gives the permissions that an operation needs; the list joins those that are needed together with " ; ".
func permissionsOf(op operation.Operation) []string {
	if op.Permission == "" {
		return nil
	}
	return strings.Split(op.Permission, " ; ")
}

func appendNew(list []string, one string) []string {
	if one == "" || slices.Contains(list, one) {
		return list
	}
	return append(list, one)
}

// ProductTitle is how the console calls a product, such as "Account Management" for "accountmanagement".
func ProductTitle(id string) string { return operation.Title(id) }
