package client

import (
	"errors"
	"fmt"
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

// Instead says which host to use: a sentence whose every host Recognise accepts for the API that is wanted.
func (e *WrongAPIError) Instead() string { return whereIs(e.Want, e.Offer) }

// Recognise finds the place in whatever was pasted: an API base URL of either generation, the address bar of the console
// (also tenant-branded), an account code such as CUSA00A000, a region's code, or a loopback address for tests. Case, scheme,
// path and text around it do not matter; Place.Cut tells what was cut off. A host that Mimecast does not list is a place only
// when allowed has it (see HostKey). It gives a *WrongAPIError for a host of the other generation, a *HostError for one that
// Mimecast does not list, and another error when there is no address in the text. Its errors hold printable ASCII only.
func Recognise(text string, api API, allowed ...string) (Place, error) {
	if word, _, quotes := bareAddress(text); quotes && len(strings.FieldsFunc(word, isBetweenWords)) == 1 {
		place, err := Recognise(word, api, allowed...)
		return place.withCut("the quotes around it"), err
	}
	words := strings.FieldsFunc(text, isBetweenWords)
	for _, word := range words {
		if place, found, err := recogniseWord(word, api, allowed); found {
			return place, err
		}
	}
	if place, ok := placeByName(strings.TrimSpace(text), api); ok {
		return place, nil
	}
	if e := unlisted(words, api); e != nil {
		return Place{}, e
	}
	if api == API10 && slices.Contains([]string{"usa", "united states", "america"}, strings.ToLower(strings.TrimSpace(text))) {
		return Place{}, errors.New("the United States have two regions: us for accounts that begin with CUSA, usb for CUSB")
	}
	switch {
	case len(words) == 0:
		return Place{}, errors.New("nothing was given")
	case slices.ContainsFunc(words, hasUserInformation):
		return Place{}, errUserInformation()
	case strings.Contains(text, "@"):
		return Place{}, errors.New("an e-mail address does not tell the region; paste the console's address or an account code")
	default:
		return Place{}, errors.New("no Mimecast address, account code or region in it; a host that Mimecast does not list needs https:// in front")
	}
}

func errUserInformation() error {
	return errors.New("a user or a password does not belong into the address; leave out everything up to the @")
}

func isBetweenWords(r rune) bool {
	return isBlank(r) || strings.ContainsRune("\"'`<>(),;|{}“”„‘’‚«»=", r)
}

// recogniseWord looks for a known or allowed place in one word. found is false when the word says nothing about one.
func recogniseWord(word string, api API, allowed []string) (place Place, found bool, err error) {
	if region, ok := regionOfAccountCode(word); ok {
		return placeOfRegion(region, api, false), true, nil
	}
	a, ok := splitAddress(word)
	if !ok {
		if a, ok = splitAddress(strings.Trim(word, "[]")); !ok {
			return Place{}, false, nil
		}
	}
	if isASCII(a.given) && isLoopback(a.host) {
		return recogniseLoopback(a, api)
	}
	if place, found, err = listedPlace(a, api); found {
		return place, true, err
	}
	if a.usual() {
		if code, ok := regionOfConsole(a.host); ok {
			region, _ := regionByCode(code)
			return placeOfRegion(region, api, true), true, nil
		}
	}
	if a.scheme != "http" && a.host != "" && slices.Contains(allowed, a.key()) {
		return placeAsIs(a, api), true, nil
	}
	return Place{}, false, nil
}

// unlisted is the error for the first word that is a host and resembles one of Mimecast's, or else is written as an address.
func unlisted(words []string, api API) *HostError {
	var stranger *HostError
	for _, word := range words {
		a, ok := splitAddress(word)
		if !ok {
			continue
		}
		e := strange(a, api)
		switch {
		case e.Near:
			return e
		case stranger == nil && (a.scheme == "https" || !isASCII(a.given)):
			stranger = e
		}
	}
	return stranger
}

// listedPlace finds the place of a host of Mimecast's API that is written as it should be.
func listedPlace(a address, api API) (place Place, found bool, err error) {
	got := apiOfHost(a.host)
	_, known := knownHost(a.host)
	switch {
	case got == "" || !isASCII(a.given):
		return Place{}, false, nil
	case got == api && (!a.usual() || !known && a.host != alias10UK):
		return Place{}, false, nil
	}
	if place, err = placeOfAPIHost(a, got, api); err != nil {
		return Place{}, true, err
	}
	cut := a.cut
	if a.port != "" {
		cut = append(cut, "the port")
	}
	if a.scheme == "http" {
		cut = append(cut, "http:// (https:// is used)")
	}
	return place.withCut(cut...), true, nil
}

// withCut is the place with a note on what was cut off the text that it was found in.
func (p Place) withCut(parts ...string) Place {
	if p.BaseURL == "" || len(parts) == 0 {
		return p
	}
	if p.Cut != "" {
		parts = append([]string{p.Cut}, parts...)
	}
	p.Cut = strings.Join(parts, ", ")
	return p
}

func recogniseLoopback(a address, api API) (Place, bool, error) {
	if a.scheme == "" {
		// "localhost" alone may be a word of a sentence; an address with a port is meant.
		if a.port == "" {
			return Place{}, false, nil
		}
		a.scheme = "http"
	}
	place := Place{
		API: api, Name: a.hostPort(), BaseURL: a.scheme + "://" + a.hostPort(),
		Note: "An address on this machine.",
	}
	return place.withCut(a.cut...), true, nil
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
		return placeAsIs(a, want), nil
	}
	if a.host == discoveryHost {
		return discoveryPlace(), nil
	}
	if region, ok := regionByHost(a.host); ok {
		return region.Place(), nil
	}
	return legacyAlias(a), nil
}

// alias10UK is a name of the European grid that some guides have and Mimecast's list has not.
const alias10UK = "uk-api.mimecast.com"

// legacyAlias handles names of API 1.0 hosts that are in use but not in Mimecast's list.
func legacyAlias(a address) Place {
	switch a.host {
	case "jer-api.mimecast.com":
		return Place{
			API: API10, RegionCode: "je", Name: "Offshore (Jersey)", BaseURL: "https://" + a.host,
			Note: "Mimecast's newer lists name je-api.mimecast.com. If this host cannot be found, use that one.",
		}
	case alias10UK:
		region, _ := regionByCode("eu")
		place := region.Place()
		place.Note = "uk-api.mimecast.com is not in Mimecast's list; accounts of the United Kingdom are on the Europe grid."
		return place
	default:
		return placeAsIs(a, API10)
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

// placeByName reads a region's code or name, typed alone.
func placeByName(text string, api API) (Place, bool) {
	if api == API20 {
		for _, p := range Endpoints20() {
			if strings.EqualFold(text, p.RegionCode) || strings.EqualFold(text, p.Name) {
				return p, true
			}
		}
	}
	for _, r := range Regions() {
		if strings.EqualFold(text, r.Code) || strings.EqualFold(text, r.Name) || slices.Contains(r.Words, strings.ToLower(text)) {
			return placeOfRegion(r, api, false), true
		}
	}
	return Place{}, false
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
