package client

import (
	"fmt"
	"net/http"
	"strings"
)

// fix20 is what to do about a failure of API 2.0, for the kinds that are not the same for both generations.
func fix20(e *Error, c circumstances) remedy {
	switch e.Kind {
	case InvalidCredentials:
		return doAt(WhereApplication|WhereLater, "Copy client ID and client secret again, both from the same dialog, each whole. A new application can take a few minutes to work. "+
			"If the secret is lost: "+regenerate+", which gives a new client ID and a new client secret.")
	case UnknownApplication, ExpiredKeys:
		return doAt(WhereApplication, "Create new credentials: "+regenerate+".")
	case DisabledOrTooNew:
		return doAt(WhereLater, "Check that the application's status is Enabled: "+applications+". A new application can take a few minutes to work.")
	case MissingProduct:
		return fixOfProduct20(c.products)
	case MissingPermission:
		fix := fixOfPermission20(c.permission)
		if !familiarPermission(e) {
			fix = fix.then(do("If that changes nothing, the application may lack the product.")).then(fixOfProduct20(c.products))
		}
		return fix
	case NotLicensed:
		return do("Ask Mimecast or your partner for the package, or leave this out of the integration.")
	case WrongRegion:
		return doAt(WhereRegion, "Use https://"+host20Global+", which serves every region.")
	default:
		if e.afterAccepted {
			return do("Wait a few minutes if the application is new or was just changed, and try again. If only this call is refused:").
				then(fixOfPermission20(c.permission)).then(do("It may also lack the product.")).then(fixOfProduct20(c.products)).
				then(do("If every call is refused: " + regenerate + "."))
		}
		if e.HTTPStatus == http.StatusNotFound {
			return doAt(WhereRegion, "Check the host. A tenant with Email Security Cloud Integrated alone has no Cloud Gateway calls; choose checks for its platform.")
		}
		return do("Note the code, the message and the request id, and try again. If it stays, give them to Mimecast's support.")
	}
}

func fixOfProduct20(products []string) remedy {
	titles := make([]string, 0, len(products))
	for _, id := range products {
		titles = append(titles, ProductTitle(id))
	}
	which := "the product that this call needs"
	switch len(titles) {
	case 0:
	case 1:
		which = "the product " + titles[0]
	default:
		which = "one of the products " + oneOf(titles)
	}
	return do(fmt.Sprintf("The products of an application cannot be changed later: create a new one with %s. %s.", which, newAPI20))
}

func fixOfPermission20(permission string) remedy {
	what := "the permission that this call needs"
	if permission != "" {
		what = permission
	}
	return do(fmt.Sprintf("%s → the application's role: tick %s, save, try again after a few minutes.", roles, what))
}

// familiarPermission tells whether the wording of a refusal is the known one for a missing permission. An error that
// carries no words is taken at its kind.
func familiarPermission(e *Error) bool {
	if e.Message == "" && e.HTTPStatus == 0 {
		return true
	}
	return strings.Contains(strings.ToLower(e.Message), "forbidden to perform the requested operation")
}

// ProductTitle is the name that the console shows for a product of API 2.0; an unknown id is given back unchanged.
func ProductTitle(id string) string {
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
