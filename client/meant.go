package client

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"mimecred/client/typo"
)

// What was meant by a host that is none of Mimecast's API hosts.

// meantBy finds the place that a host resembles. near is false when it resembles none; the place is then where to begin.
func meantBy(a address, api API) (place Place, near bool) {
	look := skeleton(a)
	if host, ok := knownHost(look); ok {
		return placeOfKnown(host, api), true
	}
	tokens := hostTokens(look)
	ours := namesMimecast(tokens)
	if ours {
		if code := regionOfTokens(tokens); code != "" {
			region, _ := regionByCode(code)
			return placeOfTokens(region, tokens, api), true
		}
	}
	if host, ok := nearestHost(look); ok {
		return placeOfKnown(host, api), true
	}
	return placeOfRegion(Region{}, api, true), ours
}

// apiHosts are all hosts of both generations that are in use.
func apiHosts() []string {
	regions := Regions()
	hosts := append(make([]string, 0, 5+len(regions)), host20Global, host20US, host20UK, discoveryHost, "jer-api.mimecast.com")
	for i := range regions {
		hosts = append(hosts, regions[i].Host10)
	}
	return hosts
}

func knownHost(host string) (string, bool) {
	for _, known := range apiHosts() {
		if known == host {
			return known, true
		}
	}
	return "", false
}

// placeOfKnown is the place of a host that is in use, or what replaces it for the other generation.
func placeOfKnown(host string, api API) Place {
	if apiOfHost(host) != api {
		return otherGeneration(host, api)
	}
	place, err := placeOfAPIHost(address{host: host}, api, api)
	if err != nil {
		return placeOfRegion(Region{}, api, true)
	}
	return place
}

// placeOfTokens is the place of a region that a host names. An instance of API 2.0 is meant only where the rest of the
// host is of API 2.0 as well.
func placeOfTokens(region Region, tokens []string, api API) Place {
	if api == API20 && hasToken(tokens, "services", "service") {
		for _, place := range Endpoints20() {
			if hasToken(tokens, place.RegionCode) {
				return place
			}
		}
	}
	return placeOfRegion(region, api, true)
}

// skeleton is a host as it looks: without what cannot be seen, in the Latin letters that others resemble.
func skeleton(a address) string {
	host := a.given
	if isASCII(host) && strings.Contains(host, "xn--") {
		if shown, err := idna.Punycode.ToUnicode(host); err == nil {
			host = shown
		}
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(host) {
		switch plain := looksLike(r); {
		case plain != 0:
			b.WriteRune(plain)
		case unicode.Is(unicode.Mn, r), !unicode.IsPrint(r), r == '\u3164', r == '\u2800':
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.ToLower(b.String())
}

// looksLike is the Latin letter or sign that a character of another script can be mistaken for; 0 for none. It has those that
// occur in Mimecast's hosts (Unicode Technical Standard 39, confusables).
func looksLike(r rune) rune {
	for _, one := range [...]struct {
		plain  rune
		others string
	}{
		{'a', "\u0430\u1d00\u0251\u03b1"},
		{'b', "\u03b2\u042c\u044c"},
		{'c', "\u0441\u03f2\u1d04"},
		{'d', "\u0501\u1d05"},
		{'e', "\u0435\u0454\u1d07"},
		{'h', "\u04bb"},
		{'i', "\u0456\u0131\u0269\u03b9"},
		{'j', "\u0458"},
		{'k', "\u03ba\u043a"},
		{'l', "\u04cf"},
		{'m', "\u043c\u1d0d"},
		{'n', "\u0578\u057c"},
		{'o', "\u043e\u03bf\u0585"},
		{'p', "\u0440\u03c1"},
		{'r', "\u0433"},
		{'s', "\u0455\ua731"},
		{'t', "\u03c4\u0442"},
		{'u', "\u1d1c\u057d\u03c5"},
		{'v', "\u0475\u03bd"},
		{'w', "\u03c9\u051d"},
		{'x', "\u0445"},
		{'y', "\u0443"},
		{'z', "\u1d22"},
		{'.', "\u3002\uff0e\uff61\u2024"},
		{'-', "\u2010\u2011\u2012\u2013\u2014\u2212"},
	} {
		if strings.ContainsRune(one.others, r) {
			return one.plain
		}
	}
	return 0
}

// hostTokens are the parts between dots and hyphens, without the top-level domain.
func hostTokens(host string) []string {
	if i := strings.LastIndexByte(host, '.'); i >= 0 {
		host = host[:i]
	}
	return strings.FieldsFunc(host, func(r rune) bool { return r == '.' || r == '-' || r == '_' })
}

func hasToken(tokens []string, wanted ...string) bool {
	for _, token := range tokens {
		for _, w := range wanted {
			if token == w {
				return true
			}
		}
	}
	return false
}

// namesMimecast tells whether the domain is Mimecast's name, or that with a slip of the fingers, or begins with it as it is.
func namesMimecast(tokens []string) bool {
	for i, token := range tokens {
		if typo.Distance(token, "mimecast") > 2*typo.Slip {
			continue
		}
		rest := tokens[i+1:]
		if hasToken(rest, "com") {
			return true
		}
		for len(rest) > 0 && hasToken(rest[:1], "co", "pscom", "us") {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return true
		}
	}
	return false
}

// regionOfTokens is the code of the region that a part of a host names; "" for none.
func regionOfTokens(tokens []string) string {
	for _, names := range [...]struct {
		code  string
		names []string
	}{
		{"uspcom", []string{"uspcom", "usbcom", "pscom", "gov"}},
		{"usb", []string{"usb"}},
		{"us", []string{"us", "usa"}},
		{"eu", []string{"eu", "uk", "gb", "europe", "london"}},
		{"de", []string{"de", "germany"}},
		{"au", []string{"au", "australia"}},
		{"ca", []string{"ca", "canada"}},
		{"za", []string{"za", "sa"}},
		{"je", []string{"je", "jer", "jersey", "off", "offshore"}},
		{"sandbox", []string{"sandbox"}},
	} {
		if hasToken(tokens, names.names...) {
			return names.code
		}
	}
	return ""
}

// nearestHost is the one host that a text is a misspelling of.
func nearestHost(host string) (string, bool) {
	best, found, tie := 2*typo.Slip+1, "", false
	for _, known := range apiHosts() {
		if len(host) > len(known)+2 || len(known) > len(host)+2 {
			continue
		}
		switch d := typo.Distance(host, known); {
		case d < best:
			best, found, tie = d, known, false
		case d == best:
			tie = true
		}
	}
	return found, found != "" && !tie
}
