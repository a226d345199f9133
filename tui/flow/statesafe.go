package flow

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mimecred/client"
)

// What is kept on disk must be what its field is for: text that was pasted into the wrong field may be a secret.

// safeEndpoint is what of an endpoint is fit for a file. Nothing of the proxy's login is.
func safeEndpoint(e client.Endpoint) client.Endpoint {
	var safe client.Endpoint
	if base := (client.Endpoint{BaseURL: e.BaseURL}); base.Validate() == nil {
		safe.BaseURL = e.BaseURL
	}
	if proxy := (client.Proxy{URL: e.Proxy.URL}); proxy.Validate() == nil {
		safe.Proxy.URL = proxy.URL
	}
	safe.CAFile = safeFile(e.CAFile)
	return safe
}

// safeFile is the whole path of a CA file, since a set-up may be resumed from another folder; "" when it may be something else.
func safeFile(path string) string {
	whole, err := filepath.Abs(path)
	if path == "" || err != nil {
		return ""
	}
	// Keys are base64 or hex: they may begin with a slash, and have no dot. Passwords and tokens may have dots, but are no file.
	if filepath.IsAbs(path) && strings.Contains(filepath.Base(path), ".") || slices.Contains(certificateEndings(), strings.ToLower(filepath.Ext(path))) {
		return whole
	}
	if is, err := os.Stat(whole); err == nil && is.Mode().IsRegular() {
		return whole
	}
	return ""
}

// certificateEndings are those that files of certificates usually have.
func certificateEndings() []string { return []string{".pem", ".crt", ".cer", ".cert"} }

// safeDomain is text when it is a domain.
func safeDomain(text string) string {
	if labels := strings.Split(text, "."); len(labels) > 1 && !strings.ContainsFunc(text, notOfDomain) {
		for _, label := range labels {
			if label == "" || len(label) > 63 {
				return ""
			}
		}
		return text
	}
	return ""
}

func notOfDomain(r rune) bool {
	return r != '.' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r < 0x80
}

// safeAddress is text when it is an e-mail address.
func safeAddress(text string) string {
	local, domain, ok := strings.Cut(text, "@")
	if !ok || local == "" || strings.ContainsAny(local, " \t\r\n") || safeDomain(domain) == "" {
		return ""
	}
	return text
}
