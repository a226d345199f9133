package client

import (
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
)

// WrongAPIError means that a host of the other API generation was given. Offer is the place that was most likely meant.
type WrongAPIError struct {
	Got, Want API
	// Host is what was given.
	Host  string
	Offer Place
}

// Error gives one line.
func (e *WrongAPIError) Error() string {
	return fmt.Sprintf("%s is a host of API %s, not of API %s", e.Host, e.Got, e.Want)
}

// Recognise finds the place in whatever was pasted: an API base URL of either generation, the address bar of the console
// (also tenant-branded), an account code such as CUSA00A000, a region's code, or a loopback address for tests. Case, scheme,
// path and text around it do not matter. A host that Mimecast does not list is accepted only as a full https URL, with a
// Note, and only when the text holds nothing that is known. It gives a *WrongAPIError for a host of the other generation, and another error when there is nothing in the text.
func Recognise(text string, api API) (Place, error) {
	words := strings.FieldsFunc(text, isBetweenWords)
	for _, word := range words {
		if place, found, err := recogniseWord(word, api); found {
			return place, err
		}
	}
	if place, ok := placeByName(strings.TrimSpace(text), api); ok {
		return place, nil
	}
	for _, word := range words {
		if place, ok := unlisted(word, api); ok {
			return place, nil
		}
	}
	switch {
	case len(words) == 0:
		return Place{}, errors.New("nothing was given")
	case slices.ContainsFunc(words, hasUserInformation):
		return Place{}, errors.New("a user or a password does not belong into the address; leave out everything up to the @")
	case strings.Contains(text, "@"):
		return Place{}, errors.New("an e-mail address does not tell the region; paste the console's address or an account code")
	default:
		return Place{}, errors.New("no Mimecast address, account code or region in it; a host that Mimecast does not list needs https:// in front")
	}
}

func isBetweenWords(r rune) bool {
	return r <= ' ' || r == '\u00a0' || r == '\u200b' || r == '\ufeff' || strings.ContainsRune("\"'`<>(),;|[]{}“”‘’«»=", r)
}

// recogniseWord looks for a known place in one word. found is false when the word says nothing about one.
func recogniseWord(word string, api API) (place Place, found bool, err error) {
	if region, ok := regionOfAccountCode(word); ok {
		return placeOfRegion(region, api, false), true, nil
	}
	address, ok := splitAddress(word)
	if !ok {
		return Place{}, false, nil
	}
	if isLoopback(address.host) {
		return recogniseLoopback(address, api)
	}
	if got := apiOfHost(address.host); got != "" {
		place, err = placeOfAPIHost(address, got, api)
		return place, true, err
	}
	if code, ok := regionOfConsole(address.host); ok {
		region, _ := regionByCode(code)
		return placeOfRegion(region, api, true), true, nil
	}
	return Place{}, false, nil
}

// unlisted takes any full https URL at its word.
func unlisted(word string, api API) (Place, bool) {
	address, ok := splitAddress(word)
	if !ok || address.scheme != "https" {
		return Place{}, false
	}
	return Place{
		API: api, Name: address.hostPort(), BaseURL: "https://" + address.hostPort(), Unlisted: true,
		Note: address.host + " is not a host that Mimecast lists for API " + string(api) + ". Check it before you go on.",
	}, true
}

func recogniseLoopback(a address, api API) (Place, bool, error) {
	if a.scheme == "" {
		// "localhost" alone may be a word of a sentence; an address with a port is meant.
		if a.port == "" {
			return Place{}, false, nil
		}
		a.scheme = "http"
	}
	return Place{
		API: api, Name: a.hostPort(), BaseURL: a.scheme + "://" + a.hostPort(),
		Note: "An address on this machine.",
	}, true, nil
}

// placeOfRegion is the place for an account that is known to live in a region. The region is empty when a console address
// did not tell.
func placeOfRegion(region Region, api API, console bool) Place {
	if api == API20 {
		place := Endpoints20()[0]
		switch region.Code {
		case "us", "usb":
			place.Instance = "https://" + host20US
			place.Note += " The US instance, us-api.services.mimecast.com, is for accounts whose data must stay in the US."
		case "eu":
			place.Instance = "https://" + host20UK
			place.Note += " The UK instance, uk-api.services.mimecast.com, is for accounts whose data must stay in the UK."
		}
		return place
	}
	if region.Code == "" && console {
		return discoveryPlace()
	}
	return region.Place()
}

func discoveryPlace() Place {
	return Place{
		API: API10, Name: "To be found out", BaseURL: DiscoveryURL, NeedsDiscovery: true,
		Note: "This address does not tell the region. Mimecast can be asked for it with the application ID and the service user's address.",
	}
}

// placeOfAPIHost handles the hosts of both generations, also those that only look like one.
func placeOfAPIHost(a address, got, want API) (Place, error) {
	if got != want {
		return Place{}, &WrongAPIError{Got: got, Want: want, Host: a.host, Offer: otherGeneration(a.host, want)}
	}
	if want == API20 {
		for _, place := range Endpoints20() {
			if place.BaseURL == "https://"+a.host {
				return place, nil
			}
		}
		return Place{
			API: API20, Name: a.host, BaseURL: "https://" + a.host,
			Note: a.host + " is not one of the three hosts that Mimecast lists for API 2.0. Prefer " + host20Global + ".",
		}, nil
	}
	if a.host == discoveryHost {
		return discoveryPlace(), nil
	}
	if region, ok := regionByHost(a.host); ok {
		return region.Place(), nil
	}
	return legacyAlias(a.host), nil
}

// legacyAlias handles names of API 1.0 hosts that are in use but not in Mimecast's list.
func legacyAlias(host string) Place {
	switch host {
	case "jer-api.mimecast.com":
		return Place{
			API: API10, RegionCode: "je", Name: "Offshore (Jersey)", BaseURL: "https://" + host,
			Note: "Mimecast's newer lists name je-api.mimecast.com. If this host cannot be found, use that one.",
		}
	case "uk-api.mimecast.com":
		region, _ := regionByCode("eu")
		place := region.Place()
		place.Note = "uk-api.mimecast.com is not in Mimecast's list; accounts of the United Kingdom are on the Europe grid."
		return place
	default:
		return Place{
			API: API10, Name: host, BaseURL: "https://" + host, Unlisted: true,
			Note: host + " is not in Mimecast's list of API 1.0 hosts. Check it before you go on.",
		}
	}
}

// otherGeneration is what was most likely meant by a host of the wrong generation.
func otherGeneration(host string, want API) Place {
	if want == API20 {
		code, _, _ := strings.Cut(host, "-")
		region, _ := regionByCode(code)
		return placeOfRegion(region, API20, false)
	}
	code := ""
	switch host {
	case host20US:
		code = "us"
	case host20UK:
		code = "eu"
	default:
		if label, ok := strings.CutSuffix(host, "-"+host20Global); ok {
			code = label
		}
	}
	region, _ := regionByCode(code)
	return placeOfRegion(region, API10, true)
}

// placeByName takes a region's code or name, typed alone.
func placeByName(text string, api API) (Place, bool) {
	if api == API20 {
		for _, p := range Endpoints20() {
			if strings.EqualFold(text, p.RegionCode) || strings.EqualFold(text, p.Name) {
				return p, true
			}
		}
	}
	for _, r := range Regions() {
		if strings.EqualFold(text, r.Code) || strings.EqualFold(text, r.Name) {
			return placeOfRegion(r, api, false), true
		}
	}
	return Place{}, false
}

// address is one URL or host, taken apart.
type address struct{ scheme, host, port string }

func (a address) hostPort() string {
	if a.port == "" {
		return a.host
	}
	return a.host + ":" + a.port
}

// splitAddress takes scheme, host and port from a word. It refuses user information: an address with a password in it is
// never a base URL, and the part before @ can imitate another host.
func splitAddress(word string) (address, bool) {
	var a address
	rest := word
	if scheme, after, ok := strings.Cut(word, "://"); ok {
		a.scheme, rest = strings.ToLower(scheme), after
		if a.scheme != "https" && a.scheme != "http" {
			return a, false
		}
	}
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	if strings.Contains(rest, "@") {
		return a, false
	}
	a.host = rest
	if i := strings.LastIndexByte(rest, ':'); i >= 0 {
		a.host, a.port = rest[:i], rest[i+1:]
		if a.port != "" && !isPort(a.port) {
			return a, false
		}
	}
	a.host = strings.TrimSuffix(strings.ToLower(strings.TrimRight(a.host, ".")), ".")
	return a, isHostName(a.host)
}

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

// regionOfConsole tells the region of a console or log-in host: login-us.mimecast.com, acme.login-usb.mimecast.com,
// console-uk-1.mimecast.com. The code is "" for login.mimecast.com, which serves every region.
func regionOfConsole(host string) (code string, ok bool) {
	if host == "mimecast-pscom-us.com" || strings.HasSuffix(host, ".mimecast-pscom-us.com") {
		return "uspcom", true
	}
	labels, ok := strings.CutSuffix(host, ".mimecast.com")
	if !ok {
		return "", false
	}
	label := labels[strings.LastIndexByte(labels, '.')+1:]
	if label == "login" || label == "console" {
		return "", true
	}
	area, ok := strings.CutPrefix(label, "login-")
	if !ok {
		if area, ok = strings.CutPrefix(label, "console-"); !ok {
			return "", false
		}
		area, _, _ = strings.Cut(area, "-")
	}
	switch area {
	case "uk", "eu":
		return "eu", true
	case "jer", "je":
		return "je", true
	case "us", "usb", "de", "za", "au", "ca":
		return area, true
	default:
		return "", true
	}
}

// regionOfAccountCode tells the region from an account code (Mimecast KB 34000632786067): a prefix, then at least one
// digit among up to ten letters and digits.
func regionOfAccountCode(word string) (Region, bool) {
	word = strings.ToUpper(strings.Trim(word, ".:#*"))
	prefixes := [...]struct{ prefix, code string }{
		{"CUSA", "us"}, {"CUSB", "usb"}, {"CCA", "ca"}, {"CUK", "eu"}, {"CDE", "de"}, {"CAU", "au"}, {"CSA", "za"},
	}
	for _, p := range prefixes {
		rest, ok := strings.CutPrefix(word, p.prefix)
		if !ok || len(rest) < 1 || len(rest) > 10 || !strings.ContainsAny(rest, "0123456789") {
			continue
		}
		for _, c := range rest {
			if !isLetterOrDigit(c) {
				return Region{}, false
			}
		}
		return regionByCode(p.code)
	}
	return Region{}, false
}
