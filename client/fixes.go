package client

import (
	"errors"
	"net/http"
	"strings"
)

// The console's menu paths, as Mimecast's knowledge base and the guides of several vendors print them. The menu was renamed
// more than once; where both names are in use both are given.
const (
	applications  = "Integrations | API and Platform Integrations → Your Application Integrations (older menu: Services | API and Platform Integrations)"
	createKeys    = applications + " → the application → Create Keys"
	newAPI20      = "Integrations | API and Platform Integrations → Mimecast API 2.0 → Generate Keys (newer menu: Integrations | Integrations Hub → Mimecast API 2.0 → Configure New)"
	regenerate    = applications + " → the application → Manage API 2.0 credentials → Generate"
	roles         = "Account | Roles (newer menu: Account | Admin Roles)"
	authenticTTL  = "Services | Applications → Authentication Profiles → Authentication TTL"
	adminIPRanges = "Account | Account Settings → User Access and Permissions → Admin IP Ranges"
)

// fixFor says what to do about a failure. What is the same for both generations is here; the rest is in fixes10 and
// fixes20.
func fixFor(e *Error, api API, products []string, permission string) string {
	switch e.Kind {
	case "":
		return ""
	case ClockSkew:
		return "Set this machine's clock, best by turning on its time synchronisation (NTP), and try again."
	case RateLimited:
		if e.RetryAfter > 0 {
			return "Wait " + roughly(e.RetryAfter) + " and try again. Other programs that use the same keys count as well."
		}
		return "Wait a minute and try again. Other programs that use the same keys count as well."
	case Validation:
		return fixOfValidation(e)
	case Server:
		if errors.Is(e.Err, errHTML) {
			return "Try again in a few minutes. If it stays, ask whoever runs your network whether a proxy answers in Mimecast's place (step Connection), and Mimecast's support whether there is a fault."
		}
		return "Try again in a few minutes. If it stays, give Mimecast's support the request id."
	case BadResponse:
		return fixOfBadResponse(e, api)
	case Timeout, Network:
		return "Check the network and whether a proxy is needed (step Connection), and that a firewall lets port 443 of the host through."
	case DNS:
		return "Check the spelling of the host (step Region) and this machine's DNS. Behind a proxy, name the proxy in the step Connection."
	case TLS:
		return fixOfTLS(e)
	case ProxyFailed:
		return fixOfProxy(e)
	case Canceled:
		return "Try again."
	case WrongAPI:
		return fixOfWrongAPI(api)
	default:
		if api == API10 {
			return fix10(e, permission)
		}
		return fix20(e, products, permission)
	}
}

func fixOfValidation(e *Error) string {
	switch {
	case strings.HasSuffix(e.Op, discoverPath):
		return "Check the service user's e-mail address and the application ID, or choose the region from the list."
	case e.HTTPStatus == 0:
		return "Correct the value and try again."
	case strings.Contains(strings.ToLower(e.Message), "forbidden to perform operation for address"):
		return "Check the internal domain or address: it is not one of this account's, or it is not synchronised yet."
	default:
		return "Check what was entered (the internal domain above all). If it is right, this is a fault of the call itself: note the code and the request id."
	}
}

func fixOfBadResponse(e *Error, api API) string {
	if e.isSignIn() {
		return "Create the keys in the console instead: " + createKeys + "."
	}
	host := "one of the three hosts of API 2.0, https://" + host20Global + " as a rule"
	if api == API10 {
		host = "the region's API host, such as https://us-api.mimecast.com"
	}
	return "Check that the base URL is " + host + " (step Region), and whether a proxy or a sign-on page answers in its place (step Connection)."
}

func fixOfTLS(e *Error) string {
	if e.Issuer == "" {
		return "Check the host (step Region). If your network inspects encrypted traffic, name its CA file in the step Connection."
	}
	return "If your network inspects encrypted traffic, that issuer is its own: save its CA certificate as a PEM file and name it as the CA file in the step Connection. Checking certificates cannot be switched off."
}

func fixOfProxy(e *Error) string {
	switch e.HTTPStatus {
	case http.StatusProxyAuthRequired:
		return "Enter the proxy's user and password in the step Connection."
	case 0:
		return "Check the proxy's address in the step Connection (without one there, HTTPS_PROXY of the environment is used)."
	default:
		return "Have the proxy let this host through on port 443, or name another proxy in the step Connection."
	}
}

func fixOfWrongAPI(api API) string {
	if api == API10 {
		return "These keys are for API 1.0: choose one of its hosts, such as https://us-api.mimecast.com (step Region), or choose API 2.0 and create a client ID and secret: " + newAPI20 + "."
	}
	return "Application ID, application key, access key and secret key are API 1.0: choose API 1.0 for them, or create a client ID and client secret: " + newAPI20 + ". API 2.0 has the host https://" + host20Global + "."
}

// oneOf names alternatives, such as "A, B or C".
func oneOf(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		last := len(names) - 1
		return strings.Join(names[:last], ", ") + " or " + names[last]
	}
}
