package client

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// hostCase is one text that is given as a base URL, in a file or in a wizard.
type hostCase struct {
	api  API
	text string
	// base is the base URL that it comes to; "" when it is refused.
	base string
	// meant is the base URL that the refusal offers; "regions" for the hosts of all regions.
	meant string
	// allow is what has to be allowed for it to be taken nevertheless; "" when nothing can be.
	allow string
}

const (
	globalBase = "https://api.services.mimecast.com"
	regions    = "regions"
)

// hostCases are public mistakes (elastic/integrations #14669, rapid7/insightconnect-plugins #2779, the guides of Swimlane,
// Sumo Logic, WitFoo and gh-tking's modules), what their kind looks like otherwise, and what imitates Mimecast.
func hostCases() []hostCase {
	cases := []hostCase{
		// What is right, and what is cut off.
		{API20, globalBase, globalBase, "", ""},
		{API20, "https://us-api.services.mimecast.com", "https://us-api.services.mimecast.com", "", ""},
		{API20, globalBase + "/", globalBase, "", ""},
		{API20, globalBase + "/oauth/token", globalBase, "", ""},
		{API20, globalBase + "/api", globalBase, "", ""},
		{API20, globalBase + "/?x=1#y", globalBase, "", ""},
		{API20, "https://API.Services.Mimecast.COM", globalBase, "", ""},
		{API20, "api.services.mimecast.com.", globalBase, "", ""},
		{API20, " \"" + globalBase + "\"\n", globalBase, "", ""},
		{API20, "„" + globalBase + "“", globalBase, "", ""},
		{API20, globalBase + ":443", globalBase, "", ""},
		{API10, "https://us-api.mimecast.com/api/login/login", "https://us-api.mimecast.com", "", ""},
		{API10, "uspcom-api.mimecast-pscom-us.com", "https://uspcom-api.mimecast-pscom-us.com", "", ""},
		{API10, "https://jer-api.mimecast.com", "https://jer-api.mimecast.com", "", ""},
		{API20, "http://127.0.0.1:8025", "http://127.0.0.1:8025", "", ""},
		{API20, "http://localhost:8025/", "http://localhost:8025", "", ""},
		{API10, "http://[::1]:8025/api", "http://[::1]:8025", "", ""},

		// Slips of the fingers and of memory, below Mimecast's domains.
		{API10, "https://us.mimecast.com", "", "https://us-api.mimecast.com", "us.mimecast.com"},
		{API20, "https://us.mimecast.com/api2", "", globalBase, "us.mimecast.com"},
		{API20, "developer.services.mimecast.com", "", globalBase, "developer.services.mimecast.com"},
		{API10, "developer.services.mimecast.com", "", regions, "developer.services.mimecast.com"},
		{API20, "https://api.service.mimecast.com", "", globalBase, "api.service.mimecast.com"},
		{API20, "https://api.servcies.mimecast.com", "", globalBase, "api.servcies.mimecast.com"},
		{API20, "https://eu-api.services.mimecast.com", "", globalBase, "eu-api.services.mimecast.com"},
		{API20, "https://de-api.services.mimecast.com", "", globalBase, "de-api.services.mimecast.com"},
		{API20, "https://us.api.services.mimecast.com", "", "https://us-api.services.mimecast.com", "us.api.services.mimecast.com"},
		{API20, "https://api-us.services.mimecast.com", "", "https://us-api.services.mimecast.com", "api-us.services.mimecast.com"},
		{API20, "https://uk.services.mimecast.com", "", "https://uk-api.services.mimecast.com", "uk.services.mimecast.com"},
		{API20, "https://services.api.mimecast.com", "", globalBase, "services.api.mimecast.com"},
		{API20, "https://services.mimecast.com", "", globalBase, "services.mimecast.com"},
		{API20, "https://mimecast.com", "", globalBase, "mimecast.com"},
		{API20, "https://www.mimecast.com/products", "", globalBase, "www.mimecast.com"},
		{API10, "uspcom-api.mimecast.com", "", "https://uspcom-api.mimecast-pscom-us.com", "uspcom-api.mimecast.com"},
		{API10, "https://usbcom-api.mimecast.com", "", "https://uspcom-api.mimecast-pscom-us.com", "usbcom-api.mimecast.com"},
		{API10, "https://api-us.mimecast.com", "", "https://us-api.mimecast.com", "api-us.mimecast.com"},
		{API10, "https://api.us.mimecast.com", "", "https://us-api.mimecast.com", "api.us.mimecast.com"},
		{API10, "https://ue-api.mimecast.com", "", "https://eu-api.mimecast.com", "ue-api.mimecast.com"},
		{API10, "https://us-ap.mimecast.com", "", "https://us-api.mimecast.com", "us-ap.mimecast.com"},
		{API10, "https://germany-api.mimecast.com", "", "https://de-api.mimecast.com", "germany-api.mimecast.com"},
		{API10, "https://offshore-api.mimecast.com", "", "https://je-api.mimecast.com", "offshore-api.mimecast.com"},
		{API10, "https://off-api.mimecast.com", "", "https://je-api.mimecast.com", "off-api.mimecast.com"},
		{API10, "https://gb-api.mimecast.com", "", "https://eu-api.mimecast.com", "gb-api.mimecast.com"},
		{API10, "https://za.mimecast.com", "", "https://za-api.mimecast.com", "za.mimecast.com"},
		{API10, "https://au-api.mimecast.com.au", "", "https://au-api.mimecast.com", "au-api.mimecast.com.au"},

		// Other domains.
		{API20, "https://api.services.mimcast.com", "", globalBase, "api.services.mimcast.com"},
		{API20, "https://api.services.mimecast.co", "", globalBase, "api.services.mimecast.co"},
		{API20, "https://api.services.mimecast.com.evil.example", "", globalBase, "api.services.mimecast.com.evil.example"},
		{API10, "https://us-api.mimecast.net", "", "https://us-api.mimecast.com", "us-api.mimecast.net"},
		{API10, "https://us-api.minecast.com", "", "https://us-api.mimecast.com", "us-api.minecast.com"},
		{API20, "https://gateway.example.org", "", globalBase, "gateway.example.org"},
		{API10, "https://gateway.example.org/mimecast", "", regions, "gateway.example.org"},
		{API20, "https://gateway.example.org:8443", "", globalBase, "gateway.example.org:8443"},
		{API20, "https://mimecast.proxy.example", "", globalBase, "mimecast.proxy.example"},

		// Addresses and ports.
		{API20, "https://203.0.113.7", "", globalBase, "203.0.113.7"},
		{API20, "https://203.0.113.7:8443", "", globalBase, "203.0.113.7:8443"},
		{API20, "https://[2001:db8::7]:8443", "", globalBase, "[2001:db8::7]:8443"},
		{API20, globalBase + ":8443", "", globalBase, "api.services.mimecast.com:8443"},
		{API10, "https://us-api.mimecast.com:80", "", "https://us-api.mimecast.com", "us-api.mimecast.com:80"},

		// Other scripts: Cyrillic, a joiner, an override, a control character, wide letters and dots.
		{API10, "https://us-\u0430pi.mimecast.com", "", "https://us-api.mimecast.com", "xn--us-pi-6ve.mimecast.com"},
		{API20, "https://api.services.mime\u0441ast.com", "", globalBase, "api.services.xn--mimeast-1jg.com"},
		{API10, "https://us\u200d-api.mimecast.com", "", "https://us-api.mimecast.com", ""},
		{API10, "https://\u202eus-api.mimecast.com", "", "https://us-api.mimecast.com", ""},
		{API20, "https://api.services\u009b.mimecast.com", "", globalBase, ""},
		{API20, "https://api．services．mimecast．com", "", globalBase, ""},
		{API20, "https://api\u3002services\u3002mimecast\u3002com", "", globalBase, ""},
		{API20, "https://ａｐｉ.services.mimecast.com", "", globalBase, ""},
		{API20, "https://b\u00fccher.example", "", globalBase, "xn--bcher-kva.example"},
	}
	return cases
}

func TestHosts(t *testing.T) {
	t.Parallel()
	if n := len(hostCases()); n < 60 {
		t.Fatalf("%d hosts", n)
	}
	for _, tt := range hostCases() {
		inFile, errFile := PlaceFor(tt.text, "", tt.api)
		asked, errAsked := Recognise(tt.text, tt.api)
		for front, got := range map[string]struct {
			place Place
			err   error
		}{"file": {inFile, errFile}, "wizard": {asked, errAsked}} {
			if tt.base != "" {
				if got.err != nil || got.place.BaseURL != tt.base {
					t.Errorf("%s: %q gives %+v, %v", front, tt.text, got.place, got.err)
				}
				if bare, _ := url.Parse(tt.text); tt.text != tt.base && tt.text != tt.base+"/" && (bare == nil || bare.Scheme != "") &&
					got.place.Cut == "" && strings.TrimSpace(tt.text) == tt.text {
					t.Errorf("%s: %q is cut without a word", front, tt.text)
				}
				continue
			}
			refusedAs(t, front, tt, got.err)
		}
		if errFile != nil && errAsked != nil && errFile.Error() != errAsked.Error() {
			t.Errorf("%q: a file says %v, a wizard %v", tt.text, errFile, errAsked)
		}
	}
}

// refusedAs checks a refusal, and that both what it offers and what it says to allow is accepted then.
func refusedAs(t *testing.T, front string, tt hostCase, err error) {
	t.Helper()
	var refused *HostError
	if !errors.As(err, &refused) {
		t.Errorf("%s: %q gives %v", front, tt.text, err)
		return
	}
	meant := refused.Meant.BaseURL
	if refused.Meant.NeedsDiscovery {
		meant = regions
	}
	if meant != tt.meant || refused.Allow() != tt.allow {
		t.Errorf("%s: %q offers %q, allows %q", front, tt.text, meant, refused.Allow())
	}
	plainASCII(t, refused.Error()+refused.Instead()+refused.Host+refused.AsIs.Note)
	offersWhatIsAccepted(t, refused.Instead(), tt.api)
	if refused.Allow() == "" {
		return
	}
	place, err := PlaceFor(tt.text, "", tt.api, HostKey(refused.Allow()))
	if err != nil || place != refused.AsIs || place.BaseURL != "https://"+refused.Allow() || !place.Unlisted {
		t.Errorf("%q, allowed, gives %+v, %v", tt.text, place, err)
	}
	if again, err := PlaceFor(place.BaseURL, "", tt.api, refused.Key()); err != nil || again.BaseURL != place.BaseURL {
		t.Errorf("%q, allowed, is not accepted again: %+v, %v", place.BaseURL, again, err)
	}
	if _, err := PlaceFor(tt.text, "", tt.api, "other.example:443"); err == nil {
		t.Errorf("%q is accepted when another host is allowed", tt.text)
	}
}

func plainASCII(t *testing.T, text string) {
	t.Helper()
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		t.Errorf("%q is not printable ASCII", text)
	}
}

// offersWhatIsAccepted checks that every host which a text names is accepted in a file without a question.
func offersWhatIsAccepted(t *testing.T, text string, api API) {
	t.Helper()
	for _, host := range regexp.MustCompile(`(https?://)?[\w-]+(\.[\w-]+)+(:\d+)?`).FindAllString(text, -1) {
		if host == "1.0" || host == "2.0" {
			continue
		}
		if place, err := PlaceFor(host, "", api); err != nil || place.NeedsDiscovery {
			t.Errorf("%q offers %s, which is refused: %v", text, host, err)
		}
	}
}

// TestWhatCannotBeSeenIsRefused puts every kind of character that nobody sees into every part of an address, in a file and in a
// wizard: the address is refused rather than cut off there, and the character is named.
func TestWhatCannotBeSeenIsRefused(t *testing.T) {
	t.Parallel()
	unseen := []rune{
		0x7f, 0x85, 0x9b, 0x9f, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202e, 0x2060,
		0x2066, 0x2069, 0x2800, 0x3164, 0xfe0f, 0xfeff, 0xfffc, 0xe0041, 0xe0100,
	}
	for r := rune(0); r < ' '; r++ {
		if !unicode.IsSpace(r) {
			unseen = append(unseen, r)
		}
	}
	for api, host := range map[API]string{API20: "api.services.mimecast.com", API10: "us-api.mimecast.com"} {
		for _, r := range unseen {
			for _, text := range []string{
				"https://" + host + "\x00", "https://" + host + "\x00.evil.example", "https://evil.example\x00" + host, "https://" + host + "/\x00",
				"ht\x00tps://" + host, "https://\x00" + host, "\x00https://" + host, host + "\x00", host + ":443\x00", "https://" + host[:3] + "\x00" + host[3:],
				"https://" + host + "/?a#\x00", "\"https://" + host + "\x00\"",
			} {
				text = strings.ReplaceAll(text, "\x00", string(r))
				_, errFile := PlaceFor(text, "", api, HostKey("evil.example"))
				_, errAsked := Recognise(text, api)
				for front, err := range map[string]error{"file": errFile, "wizard": errAsked} {
					if err == nil {
						t.Errorf("%s: %+q is accepted", front, text)
						continue
					}
					plainASCII(t, err.Error())
					var refused *HostError
					if !errors.As(err, &refused) || (!strings.Contains(err.Error(), fmt.Sprintf("%U", r)) || refused.Allow() != "") {
						t.Errorf("%s: %+q gives %v", front, text, err)
					}
				}
			}
			if HostKey(host+string(r)) != "" {
				t.Errorf("%U may be part of a host that is allowed", r)
			}
		}
	}
}

// TestHostsOfTheOtherAPI offers for every host that is in use, given for the other API, what is accepted then.
func TestHostsOfTheOtherAPI(t *testing.T) {
	t.Parallel()
	for _, host := range append(apiHosts(), "xy-api.mimecast.com", "eu-api.services.mimecast.com", "uk-api.mimecast.com") {
		got := apiOfHost(host)
		want := API20
		if got == API20 {
			want = API10
		}
		for _, text := range []string{host, "https://" + host + "/x", host + ":8443"} {
			_, errFile := PlaceFor(text, "", want)
			_, errAsked := Recognise(text, want)
			for _, err := range []error{errFile, errAsked} {
				var wrong *WrongAPIError
				if !errors.As(err, &wrong) {
					if text == host+":8443" {
						continue // refused for its port
					}
					t.Errorf("%s for API %s gives %v", text, want, err)
					continue
				}
				offersWhatIsAccepted(t, wrong.Instead(), want)
			}
		}
	}
}

// TestAdviceOffersHostsThatAreAccepted looks at every place and at the advice for every kind of failure.
func TestAdviceOffersHostsThatAreAccepted(t *testing.T) {
	t.Parallel()
	for _, api := range []API{API10, API20} {
		for _, region := range append(Regions(), Region{}) {
			place := placeOfRegion(region, api, true)
			if !place.NeedsDiscovery {
				offersWhatIsAccepted(t, whereIs(api, place), api)
			}
		}
		for _, kind := range Kinds() {
			fix := FixFor(kind, api, nil, "")
			for _, host := range regexp.MustCompile(`[\w-]+(\.[\w-]+)*\.mimecast[\w-]*\.com`).FindAllString(fix, -1) {
				if _, err := Recognise(host, api); err != nil {
					t.Errorf("%s of API %s: %q names %s, which is refused: %v", kind, api, fix, host, err)
				}
			}
		}
	}
}

func TestPlaceForRegion(t *testing.T) {
	t.Parallel()
	place, err := PlaceFor("", "usb", API10)
	if err != nil || place.BaseURL != "https://usb-api.mimecast.com" {
		t.Errorf("a region alone gives %+v, %v", place, err)
	}
	place, err = PlaceFor("http://127.0.0.1:8025", "us", API10)
	if err != nil || place.RegionCode != "us" {
		t.Errorf("a region beside a host without one gives %+v, %v", place, err)
	}
	var contradicts *RegionError
	if _, err = PlaceFor("https://eu-api.mimecast.com", "us", API10); !errors.As(err, &contradicts) || contradicts.OfHost != "eu" {
		t.Errorf("a region that contradicts gives %v", err)
	}
	for _, api := range []API{API10, API20} {
		var unknown *UnknownRegionError
		if _, err = PlaceFor("", "mars", api); !errors.As(err, &unknown) {
			t.Fatalf("an unknown region gives %v", err)
		}
		for _, code := range unknown.Codes() {
			if place, err := PlaceFor("", code, api); err != nil || place.BaseURL == "" {
				t.Errorf("the region %s of API %s is offered and refused: %v", code, api, err)
			}
		}
	}
	for _, text := range []string{"us", "CUSA00A000", "Germany", "", " ", "svc@example.com", "https://u:p@us-api.mimecast.com"} {
		if place, err := PlaceFor(text, "", API10); text != "" && err == nil {
			t.Errorf("%q counts as the base URL %+v", text, place)
		}
	}
}

func TestConsoleIsNoBaseURL(t *testing.T) {
	t.Parallel()
	for text, meant := range map[string]string{
		"https://login-us.mimecast.com/u/login/": "https://us-api.mimecast.com", "acme.login-usb.mimecast.com": "https://usb-api.mimecast.com",
		"https://console-uk-1.mimecast.com": "https://eu-api.mimecast.com", "https://uk-api.mimecast.com": "https://eu-api.mimecast.com",
		"https://login.mimecast.com": regions, "https://login.mimecast-pscom-us.com": "https://uspcom-api.mimecast-pscom-us.com",
	} {
		_, err := PlaceFor(text, "", API10, HostKey(text))
		refusedAs(t, "file", hostCase{api: API10, text: text, meant: meant}, err)
		if _, err := Recognise(text, API10); err != nil {
			t.Errorf("a wizard does not take %q: %v", text, err)
		}
	}
}

func TestHostKey(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Gateway.Example.org": "gateway.example.org:443", "https://gateway.example.org:443/x": "gateway.example.org:443",
		"gateway.example.org.": "gateway.example.org:443", "gateway.example.org:8443": "gateway.example.org:8443",
		"b\u00fccher.example": "xn--bcher-kva.example:443", "203.0.113.7": "203.0.113.7:443", "[2001:db8::7]:8443": "[2001:db8::7]:8443",
		"": "", "gateway": "", "a b.example": "", "user@gateway.example.org": "", "us\u200d-api.mimecast.com": "",
	} {
		if got := HostKey(text); got != want {
			t.Errorf("%q gives %q", text, got)
		}
	}
}

// FuzzHosts gives any text as a base URL: no text that comes back may hold what a terminal acts on, and what is accepted is
// accepted again.
func FuzzHosts(f *testing.F) {
	for _, tt := range hostCases() {
		f.Add(tt.text)
	}
	for _, seed := range []string{"CUSA00A000", "login-uk.mimecast.com", "https://a@b", "[::1]:8", "us", "https://xn--.com", "\xff.com", "https://a..b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, api := range []API{API10, API20} {
			asked, errAsked := Recognise(text, api)
			inFile, errFile := PlaceFor(text, "", api)
			accepted(t, text, api, asked, errAsked)
			if text != "" {
				accepted(t, text, api, inFile, errFile)
			}
		}
	})
}

func accepted(t *testing.T, text string, api API, p Place, err error) {
	t.Helper()
	if err != nil {
		said := err.Error()
		var refused *HostError
		if errors.As(err, &refused) {
			said += refused.Instead() + refused.Allow() + refused.AsIs.Note + refused.AsIs.Name
			offersWhatIsAccepted(t, refused.Instead(), api)
			if key := refused.Key(); refused.Allow() != "" {
				if _, err := PlaceFor(refused.AsIs.BaseURL, "", api, key); key == "" || err != nil {
					t.Fatalf("%q, allowed as %q, gives %v", text, key, err)
				}
			}
		}
		plainASCII(t, said)
		return
	}
	plainASCII(t, p.Name+p.BaseURL+p.Note+p.Cut)
	if err := (Endpoint{BaseURL: p.BaseURL}).Validate(); err != nil {
		t.Fatalf("%q gives the base URL %q: %v", text, p.BaseURL, err)
	}
	again, err := Recognise(p.BaseURL, api)
	if err != nil || again.BaseURL != p.BaseURL || again.RegionCode != p.RegionCode || again.Cut != "" || p.API != api || p.Name == "" {
		t.Fatalf("%q gives %+v, which gives %+v, %v", text, p, again, err)
	}
	u, err := url.Parse(p.BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	if host := u.Hostname(); !isLoopback(host) && !slices.Contains(apiHosts(), host) {
		t.Fatalf("%q gives a host that is not Mimecast's: %q", text, host)
	}
}

// TestUnlistedHostIsSuspectedFirst: a host that cuts every connection is most likely not Mimecast's
// (elastic/integrations #14669).
func TestUnlistedHostIsSuspectedFirst(t *testing.T) {
	t.Parallel()
	for _, kind := range []Kind{Network, TLS, DNS} {
		for host, suspected := range map[string]bool{
			"us.mimecast.com": true, "gateway.example.org:8443": true, "127.0.0.1:9": true, "us-api.mimecast.com:8443": true,
			"[2001:db8::1]": true, "api.services.mimecast.com": false, "us-api.services.mimecast.com": false,
		} {
			for _, api := range []API{API10, API20} {
				fix := Diagnose(&Error{Kind: kind, host: host}, api).Fix
				if got := strings.HasPrefix(fix, "Check the host first: "+host); got != suspected && (apiOfHost(host) == api || suspected) {
					t.Errorf("%s at %s: %q", kind, host, fix)
				}
				if suspected {
					offersWhatIsAccepted(t, strings.ReplaceAll(fix[strings.Index(fix, "API "):], "mimecast.com.", "mimecast.com "), api)
				}
			}
		}
	}
	cut := serve(t, plain, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	_, err := newClient(t, cut.endpoint(t)).Discover(within(t), applicationID, "svc@example.com")
	if d := Diagnose(err, API10); !strings.HasPrefix(d.Fix, "Check the host first: 127.0.0.1:") || d.Where&WhereRegion == 0 {
		t.Errorf("a connection that was cut is explained as %+v", d)
	}
	if d := Diagnose(&Error{Kind: Server, HTTPStatus: 500, host: "us.mimecast.com"}, API20); strings.Contains(d.Fix, "host first") {
		t.Errorf("a host that answers is suspected: %q", d.Fix)
	}
}
