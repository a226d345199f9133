package client

import (
	"errors"
	"strings"
)

// The console's menu paths, as Mimecast's knowledge base and the guides of several vendors print them. The menu was renamed
// more than once; where both names are in use both are given. New applications of API 2.0 are made in the Integrations Hub
// (Mimecast KB 34000360548755).
const (
	applications = "Integrations > API and Platform Integrations > Your Application Integrations (older menu: Services > API and Platform Integrations)"
	createKeys   = applications + " > the application > Create Keys"
	newAPI20     = "Integrations > Integrations Hub > Mimecast API 2.0 > Configure New (classic menu: Integrations > API and Platform Integrations > Mimecast API 2.0 > Generate Keys)"
	// applications20 has both menus that applications of API 2.0 are in: the hub, and the one before it for those made there.
	applications20 = "Integrations > Integrations Hub, or Integrations > API and Platform Integrations > Your Application Integrations"
	regenerate     = applications20 + " > the application > Manage API 2.0 credentials > Generate"
	roles          = "Account > Roles (newer menu: Account > Admin Roles)"
	authenticTTL   = "Services > Applications > Authentication Profiles > Authentication TTL"
	adminIPRanges  = "Account > Account Settings > User Access and Permissions > Admin IP Ranges"
	// loginIPRanges are those "for any custom application consuming the API" (Mimecast DOC-1180).
	loginIPRanges = "Services > Applications > Authentication Profiles > Permitted Application Login IP Ranges"
)

// fixFor says what to do about a failure. What is the same for both generations is here; the rest is in fixes10 and
// fixes20.
func fixFor(e *Error, c circumstances) remedy {
	if fix, ok := fixAfterPass(e, c); ok {
		return fix
	}
	if why := c.refusal(e); why != "" {
		return fixOfWords(why, e, c)
	}
	if e.between() {
		return fixOfBetween(e, c)
	}
	switch e.Kind {
	case "":
		return remedy{}
	case ClockSkew:
		if e.clockAgrees() {
			return do("Try again. If it stays, ask whoever runs your network whether a proxy holds calls back or changes their date.")
		}
		return do("Set this machine's clock, best by turning on its time synchronisation (NTP), and try again.")
	case RateLimited:
		return fixOfLimit(e)
	case Validation:
		return fixOfValidation(e, c)
	case Server:
		return fixOfServer(e)
	case BadResponse:
		return fixOfBadResponse(e, c)
	case Timeout, Network:
		return doAt(WhereRegion|WhereConnection,
			"Check the network, and the spelling of the host. A firewall has to let its port 443 through. It may also be that a proxy is needed.")
	case DNS:
		return doAt(WhereRegion|WhereConnection, "Check the spelling of the host and this machine's DNS. Behind a proxy, the proxy has to be named.")
	case TLS:
		return fixOfTLS(e)
	case ProxyFailed:
		return fixOfProxy(e)
	case Canceled:
		return do("Try again.")
	case WrongAPI:
		return fixOfWrongAPI(e, c)
	default:
		if c.api == API10 {
			return fix10(e, c)
		}
		return fix20(e, c)
	}
}

// fixOfLimit tells the wait that Mimecast named, and how the limit is kept from being reached: it is counted for each function
// and application (developer portal, "Rate limiting"), and KB 49448509755795 asks to raise the polling interval.
func fixOfLimit(e *Error) remedy {
	wait := "Try again later: Mimecast does not say when."
	if e.RetryAfter > 0 {
		wait = "Wait " + roughly(e.RetryAfter) + " and try again, as Mimecast asks."
	}
	return do(wait + " Raise the polling interval of whatever uses this application. Give each product an application of its own.")
}

func fixOfValidation(e *Error, c circumstances) remedy {
	switch {
	case strings.HasSuffix(e.Op, discoverPath):
		return doAt(WhereApplication|WhereRegion, "Check the service user's e-mail address and the application ID, or choose the region from the list.")
	case e.isToken():
		return fixOfRefusal20(e)
	case e.HTTPStatus == 0:
		return do("Correct the value and try again.")
	case strings.Contains(strings.ToLower(e.Message), "forbidden to perform operation for address"):
		return doAt(WhereIntegration, "Check the internal domain or address: it is not one of this account's, or it is not synchronised yet.")
	case c.domainSent:
		return doAt(WhereIntegration, "Check the internal domain, which was part of this call. If it is right, this is a fault of the call itself.").
			then(e.noted())
	default:
		return do("Apart from the credential, nothing that was entered is part of this call. This is a fault of the call itself.").then(e.noted())
	}
}

func fixOfServer(e *Error) remedy {
	switch {
	case errors.Is(e.Err, errHTML):
		return doAt(WhereConnection, "Try again in a few minutes. If it stays, ask whoever runs your network whether a proxy answers in Mimecast's place. "+
			"Otherwise ask Mimecast's support whether there is a fault.")
	case e.passing:
		return do("Try again in a few minutes.").then(e.noted())
	default:
		return do("Try again in a few minutes. If it stays, give Mimecast's support the request id.")
	}
}

func fixOfBadResponse(e *Error, c circumstances) remedy {
	switch {
	case e.isSignIn():
		return do("Create the keys in the console instead: " + createKeys + ".")
	case c.hostSuspected:
		return doAt(WhereConnection, "A proxy or a sign-on page may also answer in place of the API.")
	}
	return doAt(WhereRegion|WhereConnection,
		"Check that the base URL is "+hostsOf(c.api)+". A proxy or a sign-on page may also answer in its place.")
}

func fixOfWrongAPI(e *Error, c circumstances) remedy {
	switch {
	case e.ended && c.successor != "":
		return doAt(WhereAPI, "Ask Mimecast whether API 1.0 has ended for this account. The product has a successor that uses API 2.0: "+c.successor+
			". It needs a client ID and a client secret: "+newAPI20+".")
	case e.ended:
		return doAt(WhereAPI, "Ask Mimecast whether API 1.0 has ended for this account, and the product's maker for a version that uses API 2.0. "+
			"It needs a client ID and a client secret: "+newAPI20+".")
	case c.api == API10:
		return doAt(WhereAPI|WhereApplication|WhereRegion, "These keys are for API 1.0, and so must the host be, such as https://us-api.mimecast.com. "+
			"Or choose API 2.0 and create a client ID and secret: "+newAPI20+".")
	}
	return doAt(WhereAPI|WhereApplication, "Application ID, application key, access key and secret key are API 1.0: choose API 1.0 for them. "+
		"Or create a client ID and client secret: "+newAPI20+". API 2.0 has the host https://"+host20Global+".")
}

// noted says what to give to Mimecast's support: of code, message and request id what there is.
func (e *Error) noted() remedy {
	var what []string
	for _, one := range [...]struct{ value, name string }{{e.Code, "the code"}, {e.Message, "the message"}, {e.RequestID, "the request id"}} {
		if one.value != "" {
			what = append(what, one.name)
		}
	}
	if len(what) == 0 {
		return do("If it stays, ask Mimecast's support.")
	}
	return do("If it stays, give Mimecast's support " + allOf(what) + ".")
}

// oneOf names alternatives, such as "A, B or C".
func oneOf(names []string) string { return listed(names, " or ") }

// allOf names things that are wanted together, such as "A, B and C".
func allOf(names []string) string { return listed(names, " and ") }

func listed(names []string, last string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + last + names[n-1]
	}
}
