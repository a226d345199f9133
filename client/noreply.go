package client

import (
	"slices"
	"strings"
	"unicode"
)

// kindOfNoReply sorts the words in which programs say that no reply came, or none that they could read: those of Go, Python (requests,
// urllib3), Node.js, Java, curl and .NET. "" where there are none of them.
func kindOfNoReply(text string) Kind {
	said := spacedWords(text)
	// Words that are not of failures only count beside one that is.
	failing := hasPhrase(said, "alert", "bad", "cannot", "could not", "err", "error", "exceeded", "exception", "expired", "fail", "failed", "failure", "fatal",
		"invalid", "mismatch", "not supported", "not trusted", "not valid", "problem", "rejected", "unable", "unknown", "unsupported", "untrusted")
	for _, known := range []struct {
		kind           Kind
		phrases, words []string
	}{
		{
			ProxyFailed,
			[]string{"proxyconnect", "proxy error", "proxyerror", "proxy authentication", "connect tunnel failed", "tunnel connection failed", "connect to proxy", "from proxy after connect", "could not resolve proxy", "socks connect"},
			nil,
		},
		{
			TLS,
			[]string{"x509", "pkix", "ssl", "schannel", "first record does not look like a tls handshake", "self signed certificate", "self signed cert", "verify the first certificate", "verify leaf signature"},
			[]string{"tls", "certificate", "cert", "handshake"},
		},
		{
			DNS,
			[]string{
				"no such host", "name or service not known", "getaddrinfo", "enotfound", "eai again", "name resolution", "nodename nor servname", "unknown host", "unknownhost",
				"could not resolve host", "could not be resolved", "name not resolved", "nameresolutionerror",
			},
			nil,
		},
		{Canceled, []string{"context canceled", "operation was canceled"}, nil},
		{RateLimited, []string{"too many requests", "rate limit", "throttling limit"}, nil},
		{
			Timeout,
			[]string{
				"timed out", "deadline exceeded", "etimedout", "esockettimedout", "timeout was reached", "timeout after", "read timeout", "connect timeout", "connection timeout",
				"request timeout", "socket timeout", "gateway timeout", "handshake timeout", "i o timeout",
			},
			[]string{"timeout"},
		},
		{
			Network,
			[]string{
				"connection refused", "connection reset", "econnrefused", "econnreset", "network is unreachable", "no route to host", "broken pipe", "unexpected eof",
				"remote end closed", "connection aborted", "socket hang up", "failed to connect", "actively refused",
			},
			nil,
		},
		{BadResponse, []string{"looking for beginning of value", "expecting value line 1", "unexpected end of json", "in json at position", "is not valid json"}, nil},
	} {
		if hasPhrase(said, known.phrases...) || failing && hasPhrase(said, known.words...) {
			return known.kind
		}
	}
	return ""
}

// hasPhrase tells whether a text of spacedWords has any of the phrases, each as whole words one after the other.
func hasPhrase(said string, phrases ...string) bool {
	return slices.ContainsFunc(phrases, func(phrase string) bool { return strings.Contains(said, " "+phrase+" ") })
}

// spacedWords are the words of a text in lower case, with one space before and behind each. The parts of a name such as
// ReadTimeoutError or SSL_ERROR are words too.
func spacedWords(text string) string {
	var b strings.Builder
	b.WriteByte(' ')
	runes, spaced := []rune(text), true
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			if !spaced {
				b.WriteByte(' ')
			}
			spaced = true
			continue
		case !spaced && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]) && unicode.IsUpper(runes[i-1])):
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
		spaced = false
	}
	b.WriteByte(' ')
	return b.String()
}
