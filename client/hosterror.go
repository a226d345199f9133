package client

import (
	"errors"
	"fmt"
	"net"
	"strings"
)

// HostError means that a host was given which Mimecast does not list for the API. All its texts are printable ASCII.
type HostError struct {
	API API
	// Host is what was given, with its port where that is not usual; other scripts are in punycode. It is escaped, and no
	// host, when it holds characters that no host name has.
	Host string
	// Why is what is wrong with it: the end of a sentence that begins with the host.
	Why string
	// Meant is the place that was most likely meant, or the one to begin with. With NeedsDiscovery the region is not known.
	Meant Place
	// Console tells that Host is where people sign in.
	Console bool
	// Near tells that Host resembles a host of Mimecast's; otherwise it is a stranger, such as a gateway of the person's own.
	Near bool
	// AsIs is the place at Host itself, for a person who insists; its BaseURL is empty where that is not possible.
	AsIs Place
}

// Error gives one line.
func (e *HostError) Error() string { return "the host " + e.Host + " " + e.Why }

// Allow is what has to be allowed, as a person gives it: the host, with its port where that is not usual; "" when nothing
// can be.
func (e *HostError) Allow() string {
	if e.AsIs.BaseURL == "" {
		return ""
	}
	return e.Host
}

// Key is Allow as HostKey gives it.
func (e *HostError) Key() string { return HostKey(e.Allow()) }

// Instead says which host to use: a sentence whose every host Recognise accepts for the API.
func (e *HostError) Instead() string { return whereIs(e.API, e.Meant) }

// whereIs says at which host an API is. Where the region is not known, it names all of them.
func whereIs(api API, place Place) string {
	if place.NeedsDiscovery {
		hosts := make([]string, 0, len(Regions()))
		for _, r := range Regions() {
			hosts = append(hosts, r.Host10)
		}
		return "API 1.0 is at the host of the account's region: " + strings.Join(hosts, ", ")
	}
	text := "API " + string(api) + " is at " + place.BaseURL
	if place.Instance != "" {
		text += ", or at " + place.Instance + " for accounts whose data must stay there"
	}
	return text
}

// strange is the error for a host that Mimecast does not list.
func strange(a address, api API) *HostError {
	e := &HostError{API: api, Host: a.hostPort()}
	e.Meant, e.Near = meantBy(a, api)
	a.scheme = "https"
	_, known := knownHost(a.host)
	switch {
	case a.unseen != "":
		e.Host, e.Near = a.written(), true
		e.Why = "was given with a character that cannot be seen (" + a.unseen + ")"
		return e
	case a.host == "":
		e.Host, e.Near = a.written(), true
		e.Why = "holds characters that no host name has"
		return e
	case !isASCII(a.given) && known:
		e.Near, e.Why = true, fmt.Sprintf(`was written with characters that only look like it ("%s")`, a.written())
		return e
	case !isASCII(a.given):
		e.Why = fmt.Sprintf(`was written "%s" and is not a host that Mimecast lists for API %s`, a.written(), api)
	case known && !a.usual():
		e.Why = "has a port that Mimecast does not use"
	case net.ParseIP(a.host) != nil:
		e.Why = "is an IP address, and Mimecast gives none for API " + string(api)
	default:
		e.Why = "is not a host that Mimecast lists for API " + string(api)
	}
	if !a.isIP() || net.ParseIP(a.host) != nil {
		e.AsIs = placeAsIs(a, api)
	}
	return e
}

// placeAsIs is the place at a host that Mimecast does not list.
func placeAsIs(a address, api API) Place {
	a.scheme = "https"
	place := Place{
		API: api, Name: a.hostPort(), BaseURL: "https://" + a.hostPort(), Unlisted: true,
		Note: a.hostPort() + " is not a host that Mimecast lists for API " + string(api) + ". Check it before you go on.",
	}
	return place.withCut(a.cut...)
}

// RegionError means that a region and a base URL were given that contradict each other.
type RegionError struct {
	// Region is what was given, OfHost the code of the region that the base URL is of.
	Region, OfHost string
}

// Error gives one line.
func (e *RegionError) Error() string {
	return fmt.Sprintf("the base URL is the host of region %q, and the region is %q", e.OfHost, e.Region)
}

// UnknownRegionError means that there is no region of that code.
type UnknownRegionError struct {
	API    API
	Region string
}

// Error gives one line.
func (e *UnknownRegionError) Error() string {
	return fmt.Sprintf("there is no region %q of API %s", e.Region, e.API)
}

// Codes are the codes that there are.
func (e *UnknownRegionError) Codes() []string {
	var codes []string
	if e.API == API20 {
		for _, place := range Endpoints20() {
			codes = append(codes, place.RegionCode)
		}
		return codes
	}
	for _, region := range Regions() {
		codes = append(codes, region.Code)
	}
	return codes
}

// PlaceFor is the place of a base URL and a region that were given as such, for instance in a file; either may be empty.
// Unlike Recognise it accepts nothing but an address: a console's is a *HostError that tells the right one.
// Otherwise its errors are Recognise's, a *RegionError or an *UnknownRegionError. Place.NeedsDiscovery is left to the caller.
func PlaceFor(base, region string, api API, allowed ...string) (Place, error) {
	var known Place
	if region != "" {
		var ok bool
		if known, ok = placeOfCode(region, api); !ok {
			return Place{}, &UnknownRegionError{API: api, Region: region}
		}
	}
	if base == "" {
		return known, nil
	}
	place, err := placeOfBase(base, api, allowed)
	switch {
	case err != nil:
		return Place{}, err
	case region != "" && place.RegionCode != "" && place.RegionCode != region:
		return Place{}, &RegionError{Region: region, OfHost: place.RegionCode}
	case place.RegionCode == "":
		place.RegionCode = region
	}
	return place, nil
}

// placeOfBase reads a base URL and nothing else.
func placeOfBase(base string, api API, allowed []string) (Place, error) {
	word, blanks, quotes := bareAddress(base)
	if hasUserInformation(word) || strings.Contains(word, "@") {
		return Place{}, errUserInformation()
	}
	a, ok := splitAddress(word)
	switch {
	case !ok:
		return Place{}, errors.New("must be https:// and a host, and nothing else")
	case a.scheme == "http" && !isLoopback(a.host):
		if _, _, err := listedPlace(a, api); err != nil {
			return Place{}, err
		}
		return Place{}, errors.New("must begin with https://; http:// is for a loopback address only")
	case a.scheme == "" && isLoopback(a.host):
		return Place{}, errors.New("must begin with http:// or https://")
	}
	place, found, err := recogniseWord(word, api, allowed)
	switch {
	case err != nil:
		return Place{}, err
	case !found:
		return Place{}, strange(a, api)
	case !place.NeedsDiscovery && HostKey(place.BaseURL) != HostKey(word) || place.NeedsDiscovery && a.host != discoveryHost:
		return Place{}, &HostError{
			API: api, Host: a.hostPort(), Console: a.host != alias10UK, Near: true, Meant: place,
			Why: "is an address of the console, or an old name, and not a host of the API",
		}
	}
	if a.scheme == "" {
		place.BaseURL = "https://" + strings.TrimPrefix(place.BaseURL, "https://")
	}
	if quotes {
		place = place.withCut("the quotes around it")
	}
	if blanks {
		place = place.withCut("the blanks around it")
	}
	return place, nil
}

func placeOfCode(code string, api API) (Place, bool) {
	if api == API20 {
		for _, place := range Endpoints20() {
			if place.RegionCode == code {
				return place, true
			}
		}
		return Place{}, false
	}
	region, ok := regionByCode(code)
	return region.Place(), ok
}
