package client

import (
	"fmt"
	"net/http"
	"strings"
)

// proxyFault is what was wrong with a proxy before it gave a status.
type proxyFault int

const (
	proxyUnreachable proxyFault = iota
	proxyUnusable               // the environment names one that cannot be understood
	proxyTLS
	proxyStalled
	proxyCut
	proxyGarbage
	proxyRefused // in words of SOCKS
	proxyLogin
)

// socksFault sorts what golang.org/x/net/proxy has no types for. Its texts are those of RFC 1928 and 1929.
func socksFault(err error) proxyFault {
	said := err.Error()
	switch {
	case strings.Contains(said, "authentication"):
		return proxyLogin
	case strings.Contains(said, "unknown error"):
		return proxyRefused
	default:
		return proxyGarbage
	}
}

// meaningOfProxy is one sentence on a proxy that failed.
func meaningOfProxy(e *Error) string {
	switch {
	case e.HTTPStatus == http.StatusProxyAuthRequired, e.HTTPStatus == 0 && e.proxy == proxyLogin:
		return "The proxy wants a user and a password, or refused the ones it got."
	case e.HTTPStatus != 0:
		return fmt.Sprintf("The proxy refused to connect to Mimecast (HTTP %d).", e.HTTPStatus)
	}
	switch e.proxy {
	case proxyUnusable:
		return "The environment names a proxy that cannot be used, so that nothing was sent."
	case proxyTLS:
		return "The encrypted connection to the proxy could not be set up."
	case proxyStalled:
		return "The proxy accepted the connection and did not answer in time."
	case proxyCut:
		return "The proxy ended the connection without an answer."
	case proxyGarbage:
		return "What answers at the proxy's address does not answer as a proxy."
	case proxyRefused:
		return "The proxy refused to connect to Mimecast."
	default:
		return "The proxy cannot be reached."
	}
}

// fixOfProxy is what to do about it.
func fixOfProxy(e *Error) remedy {
	const address = "Check the proxy's address. Where none was given, HTTPS_PROXY of the environment is used."
	switch {
	case e.HTTPStatus == http.StatusProxyAuthRequired, e.HTTPStatus == 0 && e.proxy == proxyLogin:
		return doAt(WhereConnection, "Enter the proxy's user and password.")
	case e.HTTPStatus != 0, e.proxy == proxyRefused:
		return doAt(WhereConnection, "Have the proxy let this host through on port 443, or name another proxy.")
	case e.proxy == proxyUnusable:
		return doAt(WhereConnection, "Correct the variable, such as HTTPS_PROXY=http://proxy.example.com:3128, or name another proxy.")
	case e.proxy == proxyTLS:
		return doAt(WhereConnection, "Check whether the proxy's address begins with http:// rather than https://. "+
			"If it is https://, its certificate must be trusted here.")
	case e.proxy == proxyGarbage:
		return doAt(WhereConnection, address+" Check its port and its type as well: HTTP or SOCKS.")
	default:
		return doAt(WhereConnection, address)
	}
}
