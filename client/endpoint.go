package client

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"mimecred/client/secret"
)

// Endpoint is where Mimecast is and how to get there.
type Endpoint struct {
	// BaseURL is scheme and host, such as https://api.services.mimecast.com. A slash at the end is removed.
	// http is accepted only for a loopback address.
	BaseURL string
	// Proxy overrides HTTPS_PROXY and NO_PROXY of the environment; the zero Proxy leaves them valid. Calls to an http
	// base URL never go through any proxy, which would see their credentials in clear text.
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

// Validate tells, in a sentence that may be shown, what is wrong with the endpoint. It opens nothing: whether the CA file
// can be read is checked by New.
func (e Endpoint) Validate() error {
	if _, err := e.base(); err != nil {
		return err
	}
	return e.Proxy.Validate()
}

// base is the checked base URL.
func (e Endpoint) base() (*url.URL, error) {
	if e.BaseURL == "" {
		return nil, errors.New("the base URL is missing")
	}
	u, err := parseHostURL(strings.TrimSuffix(e.BaseURL, "/"))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the base URL %w", err)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, errors.New("the base URL must begin with https://; http:// is for a loopback address only")
	default:
		return u, nil
	}
}

// Validate tells what is wrong with the proxy; the zero Proxy is fine.
func (p Proxy) Validate() error {
	if p.URL == "" {
		if p.Username != "" || !p.Password.IsZero() {
			return errors.New("the proxy has a user or password but no URL")
		}
		return nil
	}
	if _, err := parseHostURL(strings.TrimSuffix(p.URL, "/")); err != nil {
		return fmt.Errorf("the proxy URL %w", err)
	}
	if strings.Contains(p.Username, ":") {
		return errors.New("the proxy user must not contain a colon")
	}
	return nil
}

// parseHostURL accepts http or https, a host and perhaps a port, and nothing else. Its errors never repeat the text,
// which may hold a password.
func parseHostURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, errors.New("is not a URL")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("must begin with https:// or http://")
	case u.User != nil:
		return nil, errors.New("must not contain a user or password")
	case u.Hostname() == "":
		return nil, errors.New("has no host")
	case u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return nil, errors.New("must be scheme and host only, without a path")
	}
	if port := u.Port(); port != "" && !isPort(port) {
		return nil, errors.New("has a port that is no number between 1 and 65535")
	}
	return u, nil
}
