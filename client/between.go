package client

import (
	"errors"
	"fmt"
	"net/http"
)

// between tells whether a reply came that something else than Mimecast gave. Redirects, web pages and what could not be read
// have words of their own.
func (e *Error) between() bool {
	switch {
	case e.HTTPStatus < http.StatusOK || e.mimecast || errors.Is(e.Err, errHTML) || e.HTTPStatus == http.StatusProxyAuthRequired:
		return false
	case e.Kind == ProxyFailed:
		return true
	default:
		return e.Kind == BadResponse && errors.Is(e.Err, errBetween)
	}
}

// meaningOfBetween is one sentence on such a reply.
func meaningOfBetween(e *Error) string {
	switch {
	case e.Kind == ProxyFailed:
		return fmt.Sprintf("Something between this machine and Mimecast refused the call (HTTP %d).", e.HTTPStatus)
	case e.HTTPStatus == http.StatusNotFound:
		return "There is no such call at this address (HTTP 404), and it is not Mimecast that says so."
	default:
		return fmt.Sprintf("The answer (HTTP %d) is not one that Mimecast's API gives, so that nothing could be judged.", e.HTTPStatus)
	}
}

// fixOfBetween is what to do about it. Where other calls of the run reached Mimecast the host is right, and only this call is
// kept from it.
func fixOfBetween(e *Error, c circumstances) remedy {
	ask := doAt(WhereConnection, "Ask whoever runs your network which proxy, gateway or firewall answers, and have it let calls to Mimecast through.")
	token := e.isToken()
	switch {
	case token && (e.HTTPStatus == http.StatusBadRequest || e.HTTPStatus == http.StatusUnauthorized):
		ask = doAt(WhereApplication, "A wrong client ID or client secret may be answered like this: copy both again.").then(ask)
	case c.found.othersPassed():
		ask = do("Other calls of this test reached Mimecast, so only this one is answered by something else. Try again in a few minutes.").then(ask)
		return ask.then(absentCalls(e, c))
	}
	if e.Kind != ProxyFailed && !c.hostSuspected {
		ask = ask.then(doAt(WhereRegion, "Check the base URL as well: it must be "+hostsOf(c.api)+"."))
	}
	if token {
		return ask
	}
	return ask.then(absentCalls(e, c))
}

// absentCalls says whose calls there may not be.
func absentCalls(e *Error, c circumstances) remedy {
	if e.HTTPStatus != http.StatusNotFound || c.found != nil && c.found.gateway {
		return remedy{}
	}
	return do("Tenants with Email Security Cloud Integrated alone lack some calls.")
}

// hostsOf says which hosts an API has.
func hostsOf(api API) string {
	if api == API10 {
		return "the region's API host, such as https://us-api.mimecast.com"
	}
	return "one of the three hosts of API 2.0, https://" + host20Global + " as a rule"
}
