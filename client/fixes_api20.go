package client

import (
	"fmt"
	"slices"
	"strings"
)

// fix20 is what to do about a failure of API 2.0, for the kinds that are not the same for both generations.
func fix20(e *Error, c circumstances) remedy {
	switch e.Kind {
	case InvalidCredentials:
		return fixOfRefusal20(e)
	case UnknownApplication, ExpiredKeys:
		return doAt(WhereApplication, "Create new credentials: "+regenerate+".")
	case DisabledOrTooNew:
		return doAt(WhereLater, "Check that the application's status is Enabled: "+applications20+". A new application can take a few minutes to work.")
	case MissingProduct:
		if e.isToken() {
			return doAt(WhereApplication|WhereLater, "Wait a few minutes first if the application is new: until then Mimecast refuses it like this. "+
				"If it stays, check that the application has products and that its status is Enabled: "+applications20+".")
		}
		return fixOfProduct20(c)
	case MissingPermission:
		fix := fixOfPermission20(c.allPermissions()...)
		if !familiarPermission(e) && !c.found.hasProduct(c.products) {
			fix = fix.then(do("If that changes nothing, the application may lack the product.")).then(fixOfProducts20(c.allProducts()))
		}
		return fix
	case NotLicensed:
		return do("Ask Mimecast or your partner for the package, or leave this out of the integration.")
	case WrongRegion:
		return doAt(WhereRegion, "Use https://"+host20Global+", which serves every region.")
	default:
		if e.afterAccepted {
			return fixOfOneCall20(c)
		}
		return fixOfOther(e, c, "A tenant with Email Security Cloud Integrated alone has no Cloud Gateway calls; choose checks for its platform.")
	}
}

func fixOfRefusal20(e *Error) remedy {
	if e.everyProbe {
		return doAt(WhereApplication|WhereLater, "Check that the application is there and that its status is Enabled: "+applications+
			". A new application can take a few minutes to work. If it stays, create new credentials: "+regenerate+".")
	}
	return doAt(WhereApplication|WhereLater, "Copy the client ID and the client secret again, each whole, from the same dialog. A new application can take a few minutes to work. "+
		"If the secret is lost: "+regenerate+", which gives a new client ID and a new client secret.")
}

// fixOfOneCall20 is for a call that was refused with a credential that Mimecast accepted. What other calls have shown to be
// there is not named.
func fixOfOneCall20(c circumstances) remedy {
	fix := do("Wait a few minutes if the application is new or was just changed, and try again.")
	role, product := !c.found.hasPermission(c.permission), !c.found.hasProduct(c.products)
	if role {
		fix = fix.then(do("If it stays, the role may lack the permission:")).then(fixOfPermission20(c.allPermissions()...))
	}
	if product {
		fix = fix.then(do("The application may also lack the product.")).then(fixOfProducts20(c.allProducts()))
	}
	if !role && !product {
		fix = fix.then(do("If it stays, give Mimecast's support the code and the request id."))
	}
	return fix
}

// fixOfProduct20 says first that a new application is refused like one without the product: Coretelligent's and AirMDR's guides
// tell to wait a few minutes. One that Mimecast has let through somewhere is not new.
func fixOfProduct20(c circumstances) remedy {
	fix := fixOfProducts20(c.allProducts())
	if c.found.othersPassed() {
		return fix
	}
	return doAt(WhereLater, "Wait a few minutes first if the application is new: until then Mimecast refuses it like this. If it stays, go on as follows.").then(fix)
}

// fixOfProducts20 names what a new application needs for several calls; each call is let through by any one of its products.
func fixOfProducts20(calls [][]string) remedy {
	need := neededProducts(calls)
	which := "the product that this call needs"
	switch len(need) {
	case 0:
	case 1:
		which = need[0]
	default:
		which = "these products: " + strings.ReplaceAll(strings.ReplaceAll(strings.Join(need, "; "), "one of the products ", "one of "), "the product ", "")
	}
	return do(fmt.Sprintf("The products of an application cannot be changed later: create a new one with %s. %s.", which, newAPI20))
}

// neededProducts are the fewest products that let all calls through, in words.
func neededProducts(calls [][]string) []string {
	var need []string
	sure := map[string]bool{}
	add := func(words string) {
		if !slices.Contains(need, words) {
			need = append(need, words)
		}
	}
	for _, products := range calls {
		if len(products) == 1 {
			sure[products[0]] = true
			add("the product " + productTitle(products[0]))
		}
	}
	for _, products := range calls {
		if len(products) < 2 || slices.ContainsFunc(products, func(id string) bool { return sure[id] }) {
			continue
		}
		titles := make([]string, 0, len(products))
		for _, id := range products {
			titles = append(titles, productTitle(id))
		}
		add("one of the products " + oneOf(titles))
	}
	return need
}

func fixOfPermission20(permissions ...string) remedy {
	return do(fmt.Sprintf("%s > the application's role: tick %s, save, try again after a few minutes.", roles, ticked(permissions)))
}

// ticked names the permissions that a role needs.
func ticked(permissions []string) string {
	var list []string
	for _, p := range permissions {
		if p != "" && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return "the permission that this call needs"
	}
	return strings.Join(list, "; ")
}

// familiarPermission tells whether the wording of a refusal is the known one for a missing permission. An error that
// carries no words is judged by its kind.
func familiarPermission(e *Error) bool {
	if e.Message == "" && e.HTTPStatus == 0 {
		return true
	}
	return strings.Contains(strings.ToLower(e.Message), "forbidden to perform the requested operation")
}

// productTitle is the name that the console shows for a product of API 2.0; an unknown id is given back unchanged.
func productTitle(id string) string {
	switch id {
	case "accountmanagement":
		return "Account Management"
	case "archivedataaccess":
		return "Data Retention"
	case "auditevents":
		return "Audit Events"
	case "awarenesstraining":
		return "Awareness Training"
	case "cloud-integrated":
		return "Email Security (CI)"
	case "cloudgateway":
		return "Email Security Cloud Gateway"
	case "connector":
		return "Connectors"
	case "dmarcanalyzer":
		return "DMARC Analyzer"
	case "domainmanagement":
		return "Domain Management"
	case "emailsecurityonboarding":
		return "Email Security Onboarding"
	case "human-risk":
		return "Human Risk"
	case "integrationmanagement":
		return "Integration Management"
	case "policymanagement":
		return "Policy Management"
	case "securityevents":
		return "Security Events"
	case "threatmanagement":
		return "Threat Management"
	case "threatremediationci":
		return "Threat Remediation (CI)"
	case "threatssecurityeventsanddataforcg":
		return "Threats, Security Events, and Data (for CG)"
	case "threatssecurityeventsanddataforci":
		return "Threats, Security Events, and Data (for CI)"
	case "userandgroupmanagement":
		return "User and Group Management"
	default:
		return id
	}
}
