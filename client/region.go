package client

import "strings"

// Region is one grid of API 1.0. An account lives on exactly one (Mimecast's page "Global Base URLs").
type Region struct {
	// Code is the short name that files and the command line use, such as "us".
	Code string
	Name string
	// Host10 is the API 1.0 host, without a scheme.
	Host10 string
	// Note says what to know before choosing it; "" for most.
	Note string
	// Words are other words for it, lower case, that a person may type: a country, or the city of its data centre.
	Words []string
}

// BaseURL is the API 1.0 base URL of the region.
func (r Region) BaseURL() string { return "https://" + r.Host10 }

// Place makes the region an answer to "where is Mimecast".
func (r Region) Place() Place {
	return Place{API: API10, RegionCode: r.Code, Name: r.Name, BaseURL: r.BaseURL(), Note: r.Note}
}

// DiscoveryURL is the API 1.0 host that tells which region a service user lives in. It answers no other call.
const DiscoveryURL = "https://" + discoveryHost

const discoveryHost = "api.mimecast.com"

// Regions lists the grids of API 1.0, the largest first.
func Regions() []Region {
	return []Region{
		{Code: "us", Name: "United States (A)", Host10: "us-api.mimecast.com"},
		{Code: "usb", Name: "United States (B)", Host10: "usb-api.mimecast.com"},
		{
			Code: "eu", Name: "Europe, United Kingdom", Host10: "eu-api.mimecast.com",
			Words: []string{"uk", "gb", "europe", "united kingdom", "great britain", "england", "london"},
		},
		{Code: "de", Name: "Germany", Host10: "de-api.mimecast.com", Words: []string{"deutschland", "frankfurt"}},
		{Code: "au", Name: "Australia", Host10: "au-api.mimecast.com", Words: []string{"sydney"}},
		{Code: "ca", Name: "Canada", Host10: "ca-api.mimecast.com", Words: []string{"toronto"}},
		{Code: "za", Name: "South Africa", Host10: "za-api.mimecast.com", Words: []string{"johannesburg"}},
		{
			Code: "je", Name: "Offshore (Jersey)", Host10: "je-api.mimecast.com", Words: []string{"jersey", "offshore", "channel islands"},
			Note: "Some guides name jer-api.mimecast.com instead. If this host cannot be found, paste that one.",
		},
		{Code: "uspcom", Name: "United States public sector", Host10: "uspcom-api.mimecast-pscom-us.com", Words: []string{"public sector", "us public sector"}},
		{Code: "sandbox", Name: "Sandbox", Host10: "sandbox-api.mimecast.com"},
	}
}

// Place is an answer to "where is Mimecast": what calls are made to, and what to say about it.
type Place struct {
	API API
	// RegionCode is a code of Regions (API 1.0) or "global", "us", "uk" (API 2.0); "" for a host that is neither.
	RegionCode string
	Name       string
	// BaseURL is what an Endpoint needs.
	BaseURL string
	// Cut are the parts of the given text that were cut off, in words such as "the path"; may be empty.
	Cut string
	// Note is a sentence to show beside it: a warning or a trade-off; may be empty.
	Note string
	// Unlisted tells that Mimecast does not list the host, so that it must be checked by eye.
	Unlisted bool
	// NeedsDiscovery tells that the region is not known yet and BaseURL can only be asked for it (Client.Discover).
	NeedsDiscovery bool
	// Instance is the base URL of the API 2.0 instance of the same country, to offer beside Global; may be empty.
	Instance string
}

// The hosts of API 2.0 (Mimecast KB 41019270938643, "API gateway options").
const (
	host20Global = "api.services.mimecast.com"
	host20US     = "us-api.services.mimecast.com"
	host20UK     = "uk-api.services.mimecast.com"
)

// Endpoints20 lists the three hosts of API 2.0, the recommended one first.
func Endpoints20() []Place {
	return []Place{
		{
			API: API20, RegionCode: "global", Name: "Global", BaseURL: "https://" + host20Global,
			Note: "Recommended. Fails over by itself; during a fail-over data may be processed in another region.",
		},
		{
			API: API20, RegionCode: "us", Name: "US instance", BaseURL: "https://" + host20US,
			Note: "Data is processed in the US only. No fail-over: calls fail while this instance is down.",
		},
		{
			API: API20, RegionCode: "uk", Name: "UK instance", BaseURL: "https://" + host20UK,
			Note: "Data is processed in the UK only. No fail-over: calls fail while this instance is down.",
		},
	}
}

// regionByCode finds a region by its code.
func regionByCode(code string) (Region, bool) {
	for _, r := range Regions() {
		if r.Code == code {
			return r, true
		}
	}
	return Region{}, false
}

// regionByHost finds a region by its API 1.0 host, which is lower case.
func regionByHost(host string) (Region, bool) {
	for _, r := range Regions() {
		if r.Host10 == host {
			return r, true
		}
	}
	return Region{}, false
}

// apiOfHost tells which generation a host belongs to; "" when it is not one that Mimecast lists or that looks like one.
func apiOfHost(host string) API {
	host = strings.ToLower(host)
	switch {
	case host == host20Global || strings.HasSuffix(host, "-"+host20Global):
		return API20
	case host == discoveryHost:
		return API10
	}
	if _, ok := regionByHost(host); ok {
		return API10
	}
	label, ok := strings.CutSuffix(host, ".mimecast.com")
	if ok && !strings.Contains(label, ".") && strings.HasSuffix(label, "-api") {
		return API10
	}
	return ""
}
