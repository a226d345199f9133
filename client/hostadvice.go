package client

import (
	"net/http"
	"strings"
)

// suspectsHost tells whether the host comes before all other advice: nothing that Mimecast said came back, no other call of
// the run passed there, and the host is not one that Mimecast lists. elastic/integrations #14669 was us.mimecast.com, which
// cuts every connection.
func suspectsHost(e *Error, c circumstances) bool {
	if e.host == "" || c.found.othersPassed() || !hostMayBeWrong(e) {
		return false
	}
	a, _ := splitAddress(e.host)
	if isLoopback(a.host) && e.HTTPStatus != 0 {
		return false // what answers on this machine is there on purpose
	}
	return !a.listed()
}

// HostRemark is what to say beside a base URL whose host Mimecast does not list, in a few words; "" for those that it lists and for
// this machine.
func HostRemark(baseURL string) string {
	if host, ok := strings.CutPrefix(baseURL, "https://"); ok {
		if _, known := knownHost(host); known {
			return "" // as nearly always: the list of profiles asks at every key
		}
	}
	a, _ := splitAddress(baseURL)
	if baseURL == "" || a.listed() || isLoopback(a.host) {
		return ""
	}
	return "not one of Mimecast's listed hosts"
}

// suspectHost puts the host before all other advice.
func suspectHost(e *Error, c circumstances, fix remedy) remedy {
	a, _ := splitAddress(e.host)
	words := "Check the host first: " + a.hostPort() + " is not one that Mimecast lists"
	switch meant, _ := meantBy(a, c.api); {
	case c.api == "":
		words += "."
	case meant.NeedsDiscovery:
		words += ". API 1.0 is at the host of the account's region, such as us-api.mimecast.com."
	default:
		words += ". " + whereIs(c.api, meant) + "."
	}
	fix.text = strings.TrimSpace(words + " " + fix.text)
	if e.Kind != TLS || !isLoopback(a.host) { // what shows a certificate on this machine is there on purpose
		fix.where |= WhereRegion
	}
	return fix
}

// hostMayBeWrong tells whether a failure is what a host gives that is not Mimecast's API at all: no answer that can be
// judged, or one in none of Mimecast's forms. A proxy that did not get as far as the host says nothing about it.
func hostMayBeWrong(e *Error) bool {
	switch {
	case e.mimecast || !e.Kind.Unjudged():
		return false
	case e.Kind == ProxyFailed:
		return e.HTTPStatus != 0 && e.HTTPStatus != http.StatusProxyAuthRequired || e.HTTPStatus == 0 && e.proxy == proxyRefused
	case e.HTTPStatus == 0:
		return true
	default:
		return e.Err != nil // why the reply is not Mimecast's
	}
}
