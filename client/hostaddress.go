package client

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/idna"

	"mimecred/client/secret"
)

// address is one URL or host, in its parts. What it is compared and printed as is ASCII throughout.
type address struct {
	scheme, host, port string
	// given is the host as it was written, in lower case; it may hold anything and is printed escaped only.
	given string
	// unseen is the number of the first character in the whole text that nobody sees, such as U+202E; "" for none. An address
	// with one has no host: it would be read otherwise than it looks.
	unseen string
	// cut are the parts of the text that no base URL has, in words.
	cut []string
}

// splitAddress parses a word into an address. It refuses user information: an address with a password in it is never a
// base URL, and the part before @ can imitate another host. A host that cannot be written in ASCII is left empty.
func splitAddress(word string) (address, bool) {
	a := address{unseen: firstUnseen(word)}
	rest := word
	if scheme, after, ok := strings.Cut(word, "://"); ok {
		a.scheme, rest = strings.ToLower(strings.Map(dropUnseen, scheme)), after
		if a.scheme != "https" && a.scheme != "http" {
			return a, false
		}
	}
	rest = a.cutTail(rest)
	if strings.ContainsAny(rest, "@%") {
		return a, false
	}
	if a.unseen != "" {
		a.given = strings.ToLower(rest)
		return a, strings.Contains(word, "://") || strings.Contains(rest, ".")
	}
	host, port, ok := splitPort(rest)
	if !ok {
		return a, false
	}
	a.port = port
	if lower := strings.ToLower(host); lower != host && isASCII(host) {
		a.cut, host = append(a.cut, "upper case"), lower
	}
	if short := strings.TrimRight(host, "."); short != host {
		a.cut, host = append(a.cut, "the dot at its end"), short
	}
	a.given = strings.ToLower(host)
	a.host, ok = asciiHost(a.given)
	return a, ok
}

// firstUnseen names the first character of a text that cannot be seen and is no blank, or that ends a line; "" for none.
func firstUnseen(text string) string {
	for _, r := range text {
		if dropUnseen(r) < 0 {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}

// dropUnseen is -1 for what firstUnseen finds.
func dropUnseen(r rune) rune {
	if secret.IsInvisible(r) || r == '\u2028' || r == '\u2029' {
		return -1
	}
	return r
}

// cutTail removes path, query and fragment.
func (a *address) cutTail(rest string) string {
	for _, part := range [...]struct{ sign, name string }{{"#", "the fragment"}, {"?", "the query"}} {
		if before, _, is := strings.Cut(rest, part.sign); is {
			rest, a.cut = before, append(a.cut, part.name)
		}
	}
	if i := strings.IndexAny(rest, `/\`); i >= 0 {
		if path := strings.Trim(rest[i:], `/\`); path != "" {
			a.cut = append(a.cut, "the path")
		}
		rest = rest[:i]
	}
	return rest
}

// splitPort splits host:port, also of an IPv6 address, whose brackets it removes.
func splitPort(text string) (host, port string, ok bool) {
	if inner, after, is := strings.Cut(strings.TrimPrefix(text, "["), "]"); is && strings.HasPrefix(text, "[") {
		if net.ParseIP(inner) == nil || after != "" && after[0] != ':' {
			return "", "", false
		}
		host, port = inner, strings.TrimPrefix(after, ":")
	} else if host, port, is = strings.Cut(text, ":"); !is {
		return text, "", true
	}
	return host, port, port == "" || isPort(port)
}

// asciiHost gives a host as it is looked up: ASCII in lower case, other scripts in punycode. ascii is empty when the host
// holds characters that no host name may have, which says nothing about ok: that tells a host from other text.
func asciiHost(host string) (ascii string, ok bool) {
	if isASCII(host) {
		return host, isHostName(host) || net.ParseIP(host) != nil
	}
	if !strings.ContainsAny(host, ".。．｡") {
		return "", false
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil || !isHostName(ascii) {
		return "", true
	}
	return ascii, true
}

// hostPort is the host with its port, when it has one that is not usual.
func (a address) hostPort() string {
	host := a.host
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if a.port == "" || a.scheme != "http" && a.port == "443" {
		return host
	}
	return host + ":" + a.port
}

// key is what is compared with the hosts that are allowed.
func (a address) key() string {
	if a.port == "" {
		return net.JoinHostPort(a.host, "443")
	}
	return net.JoinHostPort(a.host, a.port)
}

// usual tells whether the address is written in ASCII and at the port of https, as all of Mimecast's are.
func (a address) usual() bool { return isASCII(a.given) && (a.port == "" || a.port == "443") }

// listed tells whether the address is one that Mimecast lists, for either generation.
func (a address) listed() bool {
	_, known := knownHost(a.host)
	return known && a.usual()
}

// isIP tells whether the host is an IP address, also in the spellings that only some resolvers know.
func (a address) isIP() bool {
	last := a.host[strings.LastIndexByte(a.host, '.')+1:]
	return net.ParseIP(a.host) != nil || last != "" && strings.Trim(last, "0123456789") == ""
}

// written is the host as it was given, with everything escaped that is not ASCII.
func (a address) written() string {
	quoted := strconv.QuoteToASCII(shorten(a.given))
	return quoted[1 : len(quoted)-1]
}

// HostKey is a host or base URL as hosts are compared once they are allowed: host:port in ASCII and lower case, with the
// port of https where none is given; "" when the text is no host.
func HostKey(text string) string {
	word, _, _ := bareAddress(text)
	a, ok := splitAddress(word)
	if !ok || a.host == "" {
		return ""
	}
	return a.key()
}

// bareAddress removes blanks, quotes and brackets at the ends of an address, and tells which.
func bareAddress(text string) (word string, blanks, quotes bool) {
	trimmed := strings.TrimFunc(text, isBlank)
	word = strings.TrimFunc(trimmed, func(r rune) bool { return r != '[' && r != ']' && isBetweenWords(r) })
	return word, trimmed != text, word != trimmed
}

// isBlank tells whether a character is white space of the kinds that are typed or copied between words. Other control
// characters and what cannot be seen are part of the text.
func isBlank(r rune) bool { return unicode.IsSpace(r) && r != '\u0085' }

// hasUserInformation tells whether a URL has something before an @ in its host part.
func hasUserInformation(word string) bool {
	_, rest, ok := strings.Cut(word, "://")
	if !ok {
		return false
	}
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	return strings.Contains(rest, "@")
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

func isPort(s string) bool {
	if len(s) > 5 {
		return false
	}
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
		n = n*10 + int(c-'0')
	}
	return n > 0 && n < 65536
}

// isHostName accepts localhost and dotted names of ASCII letters, digits, hyphens and underscores.
func isHostName(host string) bool {
	if host == "localhost" {
		return true
	}
	if !strings.Contains(host, ".") || len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range label {
			if c != '-' && c != '_' && !isLetterOrDigit(c) {
				return false
			}
		}
	}
	return true
}

// isLoopback tells whether host names this machine for certain, without asking DNS.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
