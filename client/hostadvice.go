package client

import (
	"errors"
	"io"
	"net"
	"strings"
)

// suspectHost puts the host before all other advice when nothing of Mimecast's answered and the host is not one that
// Mimecast lists: elastic/integrations #14669 was us.mimecast.com, which cuts every connection.
func suspectHost(e *Error, c circumstances, fix remedy) remedy {
	if e.host == "" || !hostMayBeWrong(e) {
		return fix
	}
	a, _ := splitAddress(e.host)
	if _, known := knownHost(a.host); known && a.usual() {
		return fix
	}
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

// hostMayBeWrong tells whether a failure is what a host gives that is not Mimecast's API at all.
func hostMayBeWrong(e *Error) bool {
	switch e.Kind {
	case Network, TLS, DNS:
		return true
	default:
		return e.HTTPStatus == 0 && (errors.Is(e.Err, io.EOF) || errors.Is(e.Err, io.ErrUnexpectedEOF) || errors.Is(e.Err, net.ErrClosed))
	}
}
