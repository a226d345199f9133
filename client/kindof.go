package client

import (
	"net/http"
	"strings"
)

// kindOfWords sorts by what Mimecast said; "" when the words are not known. The codes and messages were seen in the public
// code of several integrations (rapid7, SEKOIA, Netskope, Elastic, JupiterOne's recordings of 2022); codes come in two
// spellings, InvalidClientIdentifier and invalid_client_identifier.
func kindOfWords(code, message string) Kind {
	code = strings.ReplaceAll(strings.ToLower(code), "_", "")
	message = strings.ToLower(message)
	if kind := kindOfMessage(message); kind != "" {
		return kind
	}
	switch code {
	case "invalidclientidentifier", "invalidclient", "unauthorizedclient", "errxdkinvalidsignature",
		"tokenexpired", "tokenverificationfailed", "invalidaccesstoken", "unauthorized", "unauthorized request":
		return InvalidCredentials
	case "errxdkbindingexpired":
		return ExpiredKeys
	case "errdeveloperkey":
		return UnknownApplication
	case "errauditlogincorrectregion":
		return WrongRegion
	case "appforbidden", "errxdkforbidden":
		return MissingPermission
	case "errxdkoperationforbiddenforaddress", "errdeserialise", "errinvalidsearchxml", "xdkfailure",
		"errtrackandtraceinvalidstartdate", "errauditsieminvalidtoken", "invalidrequest",
		"invalidgrant", "unsupportedgranttype", "invalidscope":
		return Validation
	case "gatewaytimeout":
		return Server
	}
	switch {
	case strings.HasPrefix(code, "errvalidation"):
		return Validation
	case strings.HasPrefix(code, "internalservererror"):
		return Server
	default:
		return ""
	}
}

// kindOfMessage sorts by the message, which is lower case, where the code is missing, ambiguous or unknown.
func kindOfMessage(message string) Kind {
	has := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(message, part) {
				return true
			}
		}
		return false
	}
	switch {
	case has("date header too skewed"):
		return ClockSkew
	case has("accesskey has expired", "access key has expired", "binding expired", "binding has expired"):
		return ExpiredKeys
	case has("application is disabled", "application disabled", "app is disabled", "app disabled", "app id is disabled"):
		return DisabledOrTooNew
	case has("app id is invalid"):
		return UnknownApplication
	case has("does not exist in any product"):
		return MissingProduct
	case has("forbidden to perform operation for address"):
		return Validation
	case has("forbidden to perform the requested operation"):
		return MissingPermission
	case has("not licensed", "not licenced", "no license", "no licence", "unlicensed", "package not enabled", "package is not enabled"):
		return NotLicensed
	default:
		return ""
	}
}

// kindOfMimecast sorts a failure that Mimecast told.
func kindOfMimecast(status int, code, message string) Kind {
	switch status {
	case http.StatusTeapot:
		return ExpiredKeys
	case http.StatusTooManyRequests:
		return RateLimited
	}
	if kind := kindOfWords(code, message); kind != "" {
		return kind
	}
	return kindOfStatus(status)
}

// kindBetween sorts a failure that something else than Mimecast told: statuses in which a gateway, a firewall or a sign-on page
// refuses a call are put down to it, faults to the server, and everything else is an answer that Mimecast would not give. None
// of them says anything about the credentials.
func kindBetween(status int) Kind {
	switch status {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusProxyAuthRequired,
		http.StatusTeapot, http.StatusUnavailableForLegalReasons, http.StatusNetworkAuthenticationRequired:
		return ProxyFailed
	case http.StatusTooManyRequests:
		return RateLimited
	case http.StatusRequestTimeout:
		return Timeout
	}
	if status >= 500 {
		return Server
	}
	return BadResponse
}

func kindOfStatus(status int) Kind {
	switch {
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return Validation
	case status == http.StatusUnauthorized:
		return InvalidCredentials
	case status == http.StatusForbidden:
		return MissingPermission
	case status == http.StatusRequestTimeout:
		return Timeout
	case status >= 500:
		return Server
	default:
		return Unknown
	}
}

// RefusesSignature tells whether a check failed because Mimecast does not accept the keys that signed the call, which is how it
// answers for keys that were logged out or revoked (recorded: err_xdk_invalid_signature).
func RefusesSignature(r Result) bool { return r.State == Failed && isSignatureCode(r.Code) }

func isSignatureCode(code string) bool { return strings.EqualFold(code, "err_xdk_invalid_signature") }

// onlyOf tells which generation a code or message belongs to when only one of them uses it; "" otherwise.
func onlyOf(e *Error) API {
	code := strings.ReplaceAll(strings.ToLower(e.Code), "_", "")
	switch code {
	case "errxdkinvalidsignature", "errdeveloperkey", "errxdkbindingexpired":
		return API10
	case "invalidclientidentifier", "invalidaccesstoken", "tokenverificationfailed":
		return API20
	default:
		return ""
	}
}
