package client

import "mimecred/client/secret"

// Endpoint is where Mimecast is and how to get there.
type Endpoint struct {
	// BaseURL is scheme and host without a trailing slash, such as https://api.services.mimecast.com.
	// http is accepted only for a loopback address.
	BaseURL string
	// Proxy overrides HTTPS_PROXY and NO_PROXY of the environment; the zero Proxy leaves them in force.
	Proxy Proxy
	// CAFile names a PEM file whose certificates are trusted in addition to the system's.
	CAFile string
}

// Proxy is an HTTP proxy, with credentials where it asks for them.
type Proxy struct {
	// URL is http://host:port or https://host:port, without credentials.
	URL      string
	Username string
	Password secret.Value
}
